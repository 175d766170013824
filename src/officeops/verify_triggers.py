"""Verify that the triggers which keep history are all there, word for word, and no other beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.store.triggers import of
from officeops.verify import Finding
from officeops.verify_records import every_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office

#: Tables that have no triggers at all.
BARE = ("core_action", "core_change", "core_layout")


def triggers(office: Office) -> Iterator[Finding]:
    """Yield each trigger that is missing, altered or was never ours. Those of plugins that are off are not known."""
    metas = {record.meta.table: record.meta for record in every_kind(office)}
    wanted = {name: (sql, meta.key) for meta in metas.values() for name, sql in of(meta)}
    rows = office.rows("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = {name: (table, sql) for name, table, sql in rows}
    for name, (sql, key) in wanted.items():
        if name not in there:
            yield Finding(
                "trigger", f"The trigger {name} is missing: writes to {key} may be without history.", record=key
            )
        elif there[name][1] != sql:
            yield Finding(
                "trigger", f"The trigger {name} was altered: writes to {key} may be without history.", record=key
            )
    for name, (table, _) in there.items():
        if name not in wanted and (table in metas or table in BARE):
            key = metas[table].key if table in metas else table
            yield Finding("trigger", f"The trigger {name} on {key} is not of officeops.", record=key)
