"""Verify that the triggers which keep history are all there, word for word, and no other beside them, on any table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from officeops.history.finding import Finding
from officeops.history.verify_records import texts
from officeops.store.triggers import digest, of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.store.stored_office import StoredOffice

#: What the upgrades of a plugin, and of the core, are called in the history.
_UPGRADE = "core.migrate."


def triggers(office: StoredOffice) -> Iterator[Finding]:
    """Yield each trigger that is missing, altered or was never ours.

    What those of a plugin that is off must be, its last upgrade put on record. An upgrade of officeops 0.1 did not:
    of such a plugin only a trigger that is not named after its table is told of.
    """
    metas = {record.meta.table: record.meta for record in office.plugins.kinds()}
    wanted = {name: (digest(sql), meta.key) for meta in metas.values() for name, sql in of(meta)}
    off = {
        name: each
        for name, each in _recorded(office).items()
        if name not in {m.plugin for m in metas.values()}
    }
    wanted |= {
        name: (made, plugin) for plugin, each in off.items() for name, made in (each or {}).items()
    }
    rows = texts(office, "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = {name: (table, sql) for name, table, sql in rows}
    for name, (made, key) in wanted.items():
        if name not in there or digest(there[name][1]) != made:
            code = "trigger-altered" if name in there else "trigger-missing"
            yield Finding(code, record=key, facts={"trigger": name})
    unknown = tuple(f"{plugin.replace('-', '_')}_" for plugin, each in off.items() if each is None)
    for name, (table, _) in there.items():
        if name not in wanted and not (table.startswith(unknown) and name.startswith(f"{table}_")):
            key = metas[table].key if table in metas else table
            yield Finding("trigger-foreign", record=key, facts={"trigger": name})


def _recorded(office: StoredOffice) -> dict[str, dict[str, str] | None]:
    """Return the digests of each plugin's triggers by their names, as its last upgrade had them; None where none had."""
    found: dict[str, dict[str, str] | None] = {}
    upgrades = f"SELECT verb, ifnull(arguments, '') FROM core_action WHERE verb GLOB '{_UPGRADE}*' ORDER BY id"
    for verb, said in texts(office, upgrades):
        plugin = verb.removeprefix(_UPGRADE)
        try:
            found[plugin] = dict(json.loads(said)["triggers"])
        except (KeyError, TypeError, ValueError):
            # There was nothing to say, or it is no longer what was said, of which the chain tells.
            found.setdefault(plugin, None)
    return found
