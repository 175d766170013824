"""The kinds of record of an office, by key and by noun."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING

from officeops.model.errors import Broken
from officeops.plugins.resting import at_rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


def by_noun(records: Iterable[type[Record]], word: str) -> type[Record] | None:
    """Find the kind of record with a noun; a present noun counts before another's former one."""
    former = None
    for record in records:
        meta = record.meta
        if meta.noun == word:
            return record
        if word in meta.former_nouns or word in meta.former_keys:
            former = record
    return former


class Records(MutableMapping[str, "type[Record]"]):
    """Every kind of record by key.

    While the plugins rest, one that has a home is imported alone, and any other question wakes
    them.
    """

    def __init__(self, plugins: Plugins, machine: Machine) -> None:
        self._plugins, self._machine = plugins, machine
        self._all: dict[str, type[Record]] | None = None

    def __getitem__(self, key: str) -> type[Record]:
        # A field that refers to nothing asks for a blank key, which must not wake the plugins.
        if not key:
            raise KeyError(key)
        kept = at_rest(self._plugins) if self._all is None else None
        if kept is not None and (record := kept.record(key)):
            return record
        return self._known()[key]

    def __contains__(self, key: object) -> bool:
        kept = at_rest(self._plugins) if self._all is None else None
        return (kept is not None and key in kept.homes) or key in self._known()

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def __setitem__(self, key: str, record: type[Record]) -> None:
        self._known()[key] = record

    def __delitem__(self, key: str) -> None:
        del self._known()[key]

    def _known(self) -> dict[str, type[Record]]:
        if self._all is None:
            self._all = records_of(self._plugins, self._machine)
        return self._all


def record_called(
    plugins: Plugins,
    machine: Machine,
    word: str,
) -> type[Record] | None:
    """Find the kind of record whose command is a word, or was before."""
    kept = at_rest(plugins)
    if kept is not None and (record := kept.record(kept.nouns.get(word, ""))):
        return record
    records = records_of(plugins, machine).values()
    return by_noun((record for record in records if not record.meta.commandless), word)


def records_of(plugins: Plugins, machine: Machine) -> dict[str, type[Record]]:
    """List every kind of record by key.

    Where two have the same noun, the second is left out until the settings rename it. A record that
    a migration renamed is known by its earlier names too.
    """
    from officeops.core.commands import ACTIONS, COMMANDS
    from officeops.core.records import RECORDS
    from officeops.office.renamed_records import (
        follow_references,
        know_former_names,
        know_former_nouns,
    )

    know_former_names(plugins)
    _give_way(plugins)
    records: dict[str, type[Record]] = {record.meta.key: record for record in RECORDS}
    # A word has one meaning on the command line, so the first owner keeps it: what ships with
    # officeops, then the plugins in the order in which they were turned on.
    owners = {record.meta.noun: "core" for record in RECORDS}
    for word in (*COMMANDS, *ACTIONS):
        owners.setdefault(word, "officeops")
    former_owners = {word: "core" for record in RECORDS for word in _earlier_nouns(record)}
    for plugin in ("core", *plugins.manifests):
        _claim_commands(plugins, plugin, owners, former_owners)
        own = [record for owner, record in plugins.registered("records") if owner == plugin]
        for record in own:
            _claim_noun(plugins, machine, record, records, owners, former_owners)
        for record in own:
            # Claimed after every present noun of the plugin, which counts before a former one.
            for word in _earlier_nouns(record):
                former_owners.setdefault(word, plugin)
    know_former_nouns(records.values(), owners)
    follow_references(records)
    return records


def _claim_commands(
    plugins: Plugins,
    plugin: str,
    owners: dict[str, str],
    former_owners: Mapping[str, str],
) -> None:
    """Give a plugin the words of its commands; a command of another's word is left out."""
    for owner, command in list(plugins.registered("commands")):
        if owner != plugin or command.of:
            continue
        # Scripts still use an earlier noun: only its own plugin may give it another meaning.
        holder = owners.get(command.name) or former_owners.get(command.name, plugin)
        if holder in {plugin, "officeops"}:
            owners.setdefault(command.name, plugin)
            continue
        plugins.leave_out("commands", plugin, command)
        why = f"the word {command.name!r} belongs to {holder} already; give the command another"
        plugins.note(plugin, "commands", why, check="command-word")


def _claim_noun(
    plugins: Plugins,
    machine: Machine,
    record: type[Record],
    records: dict[str, type[Record]],
    owners: dict[str, str],
    former_owners: Mapping[str, str],
) -> None:
    """Give a record its noun; one whose noun is another's is left out until it is renamed."""
    meta = record.meta
    plugin = meta.plugin
    # The present key last: its noun in the settings wins over that of a former key.
    for key in (*reversed(meta.former_keys), meta.key):
        meta.noun = machine.own.nouns.get(key, meta.noun)
    owner = owners.get(meta.noun) or former_owners.get(meta.noun, plugin)
    if meta.noun not in owners and owner == plugin:
        owners[meta.noun] = plugin
        records[meta.key] = record
        return
    plugins.note(
        plugin,
        "records",
        f"the word {meta.noun!r} belongs to {owner} already{_as_noun(records, meta.noun)}; "
        f'declare another noun, or add [nouns] "{meta.key}" = "another word" to {machine.shown}',
        check="record-noun",
    )


def _give_way(plugins: Plugins) -> None:
    """Give the core's newer nouns another word where a plugin has the word: it had it first."""
    from officeops.core.records import NEWER

    taken: set[str] = set()
    for _, record in plugins.registered("records"):
        if not record.meta.commandless:
            taken.add(record.meta.noun)
    for record in NEWER:
        own_word = record.meta.key.partition(".")[2]
        record.meta.noun = f"record-{own_word}" if own_word in taken else own_word


def _as_noun(records: Mapping[str, type[Record]], word: str) -> str:
    """Name the record that has a noun, which may have no command; blank for a word of another use."""
    holder = by_noun(records.values(), word)
    return f", for its record {holder.meta.key}" if holder else ""


def _earlier_nouns(record: type[Record]) -> list[str]:
    """List the nouns that a record had before, by declaration or by a renaming of its key."""
    meta = record.meta
    return [*meta.former_nouns, *[key.partition(".")[2] for key in meta.former_keys]]


def must_be_usable(
    meta: Meta,
    records: Mapping[str, type[Record]],
    plugins: Plugins,
) -> None:
    """Raise Broken for a record of a refused plugin: its table may be missing, or lack a column."""
    if meta.key in records:
        return
    why = plugins.why_refused(meta.plugin)
    if why:
        raise Broken(f"The plugin {meta.plugin} is not in order: {why.rstrip('.')}.")
