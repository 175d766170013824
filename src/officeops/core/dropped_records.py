"""Dropped records: kinds that no plugin has any more, because a migration dropped their table.

Their rows are gone, but the history still has their contents, until it is purged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.meta import table_of
from officeops.store.former_names import FormerNames
from officeops.store.renamings import FormerName

if TYPE_CHECKING:
    from officeops.model.office import Office
    from officeops.store.stored_office import StoredOffice

_DROPPED: Final = """
SELECT 1 FROM core_change c JOIN core_action a ON a.id = c.action_id
WHERE {changes} AND c.after IS NULL AND c.destroyed IS NULL AND a.verb GLOB 'core.migrate.*'
AND NOT EXISTS (SELECT 1 FROM sqlite_master m WHERE m.name = ?)
LIMIT 1
"""
_RENAMED: Final = "SELECT record, field_name, now, action, change FROM core_former_name ORDER BY id"

#: The records that ended before a day, by their last change, whose contents are still there.
_ENDED: Final = """
SELECT last.record_id FROM (
    SELECT c.record_id, max(c.id) AS id FROM core_change c WHERE {changes} GROUP BY c.record_id
) last
JOIN core_change c ON c.id = last.id
JOIN core_action a ON a.id = c.action_id
WHERE c.after IS NULL AND c.destroyed IS NULL AND substr(a.at, 1, 10) < ?
ORDER BY last.record_id
"""


def is_dropped(office: Office, key: str) -> bool:
    """Tell whether a migration dropped a kind of record whose contents the history still has."""
    if key in office.records:
        return False
    table = table_of(key)
    with office.lifted():
        # A kind may have been renamed before it was dropped, even in the same upgrade.
        former = FormerNames(FormerName(*row) for row in office.rows(_RENAMED))
        changes = former.condition(table)
        return office.value(_DROPPED.format(changes=changes), table) is not None


def ended_before(
    office: StoredOffice,
    key: str,
    day: str,
) -> list[int]:
    """List the ids of dropped records that ended before a day, such as 2019-12-31."""
    changes = office.store.former.condition(table_of(key))
    return [number for (number,) in office.rows(_ENDED.format(changes=changes), day)]
