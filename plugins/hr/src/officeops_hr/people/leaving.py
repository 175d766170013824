"""Leaving: the last day on which a person worked here, from which laws count how long records are kept."""

from __future__ import annotations

from typing import Final

from officeops import Retention, computed

#: The last day of the person of the row `t`; NULL while they work here, or where nobody knows.
LAST_DAY: Final = """(SELECT iif(count(*) = count(e.last_day), max(e.last_day), NULL)
FROM hr_employment e WHERE e.person_id = t.person_id AND e.archived_at IS NULL)"""
#: The same for a purge, to which a day that nobody can say is far away: the thirty years of somebody
#: who still works here have not begun, however long ago the record was archived.
LEAVING: Final = computed(
    "leaving", f"ifnull({LAST_DAY}, '9999-12-31')", kind="date", hidden=True, label="Left on"
)
#: How long medical records and those of exposures are kept.
MEDICAL: Final = Retention(
    years=30,
    after="leaving",
    why="29 CFR 1910.1020(d): employment and 30 years",
)
