"""One person: the records that are somebody's, with those that were merged into theirs.

Entries of a ledger that never changes keep the record that went, so its sums ask by all of them.
"""

from __future__ import annotations

from typing import Final

#: The SQL of the numbers of a person: their own, and those merged into it.
RECORDS: Final = """(WITH RECURSIVE same(id) AS (
    SELECT ? UNION SELECT d.about_id FROM core_duplicate d JOIN same ON d.other = same.id
    WHERE d.about_key = 'hr.person' AND d.answer = 'merged' AND d.archived_at IS NULL
) SELECT id FROM same)"""
