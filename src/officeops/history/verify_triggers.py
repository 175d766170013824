"""Verify that the triggers which write the history are all there, word for word, and no others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops.history.finding import Finding
from officeops.history.verify_records import texts
from officeops.store import blobs, dataset_tables
from officeops.store.arming import TABLE
from officeops.store.triggers import digest, guards_of, of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.store.stored_office import StoredOffice

    #: Triggers by name: the digest of each one's SQL, and the record or plugin that has it.
    Expected = dict[str, tuple[str, str]]

#: The beginning of the name of an upgrade's action, before the plugin.
_UPGRADE = "core.migrate."
#: All triggers of a file, those in its schema and those that rest: name, table and SQL.
_PRESENT: Final = (
    "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' "
    "UNION ALL SELECT name, record, sql FROM {resting}"
)


def triggers(office: StoredOffice) -> Iterator[Finding]:
    """Yield each trigger that is missing, altered or never was ours.

    For a plugin that is off, its last upgrade recorded the triggers. An upgrade of officeops 0.1
    did not: of such a plugin only a trigger not named after its table is a finding.
    """
    expected, unrecorded = _expected(office)
    tables: dict[str, str] = {}
    present: dict[str, list[str]] = {}
    for name, table, trigger_sql in texts(office, _PRESENT.format(resting=_resting(office))):
        tables[name] = table
        present.setdefault(name, []).append(digest(trigger_sql))
    for name, (sql_digest, owner) in expected.items():
        facts = {"trigger": name}
        if name not in present:
            yield Finding("trigger-missing", record=owner, facts=facts)
        elif present[name] != [sql_digest]:
            yield Finding("trigger-altered", record=owner, facts=facts)
    keys = {record.meta.table: record.meta.key for record in office.plugins.kinds()}
    for name, table in tables.items():
        may_be_ours = table.startswith(unrecorded) and name.startswith(f"{table}_")
        if name not in expected and not may_be_ours:
            facts = {"trigger": name}
            yield Finding("trigger-foreign", record=keys.get(table, table), facts=facts)


def _resting(office: StoredOffice) -> str:
    """Return the table in which triggers rest, or one without rows in a file from before it."""
    has_table = f"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{TABLE}'"
    nothing = "(SELECT '' AS name, '' AS record, '' AS sql WHERE 0)"
    return TABLE if list(texts(office, has_table)) else nothing


def _expected(office: StoredOffice) -> tuple[Expected, tuple[str, ...]]:
    """Work out the triggers that must be there.

    Also returns the table prefixes of plugins that recorded none.
    """
    expected: Expected = {}
    plugins_on: set[str] = set()
    for record in office.plugins.kinds():
        plugins_on.add(record.meta.plugin)
        for name, sql in (*of(record.meta), *guards_of(record.meta)):
            expected[name] = digest(sql), record.meta.key
    if blobs.is_there(office.store.db):
        for name, sql in blobs.triggers():
            expected[name] = digest(sql), blobs.TABLE
    for name, sql in dataset_tables.triggers(office.store.db):
        expected[name] = digest(sql), name.rpartition("_")[0]
    unrecorded: list[str] = []
    for plugin, digests in _recorded(office).items():
        if plugin in plugins_on:
            continue
        if digests is None:
            unrecorded.append(plugin.replace("-", "_") + "_")
            continue
        for name, sql_digest in digests.items():
            expected[name] = sql_digest, plugin
    return expected, tuple(unrecorded)


def _recorded(office: StoredOffice) -> dict[str, dict[str, str] | None]:
    """Read the digests of each plugin's triggers, by name; None where it recorded none."""
    recorded: dict[str, dict[str, str] | None] = {}
    upgrades = (
        "SELECT verb, ifnull(arguments, '') FROM core_action "
        f"WHERE verb GLOB '{_UPGRADE}*' ORDER BY id"
    )
    for verb, arguments in texts(office, upgrades):
        plugin = verb.removeprefix(_UPGRADE)
        try:
            recorded[plugin] = dict(json.loads(arguments)["triggers"])
        except (KeyError, TypeError, ValueError):
            # The upgrade recorded none, or its words were altered, which the chain shows.
            recorded.setdefault(plugin, None)
    return recorded
