"""The kinds of record of an office, by key and by noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.commands import ACTIONS, COMMANDS
from officeops.core.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


def by_noun(records: Iterable[type[Record]], word: str) -> type[Record] | None:
    """Return the kind of record that a noun names: the one called so now, else the one that was called so."""
    former = None
    for record in records:
        if record.meta.noun == word:
            return record
        if word in record.meta.former_nouns:
            former = record
    return former


def records_of(plugins: Plugins, machine: Machine) -> dict[str, type[Record]]:
    """Return every kind of record by key. Where two share a noun, the second is left out until settings rename it."""
    found: dict[str, type[Record]] = {record.meta.key: record for record in RECORDS}
    nouns = {record.meta.noun: "core" for record in RECORDS}
    taken = {*COMMANDS, *ACTIONS, *(command.name for _, command in plugins.registered("commands"))}
    for name, record in plugins.registered("records"):
        meta = record.meta
        meta.noun = machine.own.nouns.get(meta.key, meta.noun)
        if meta.noun in nouns or meta.noun in taken:
            owner = nouns.get(meta.noun, "officeops")
            plugins.note(
                name,
                "records",
                f'the word {meta.noun!r} is {owner}\'s already; add [nouns] "{meta.key}" = "another word" to {machine.file}',
            )
            continue
        nouns[meta.noun] = name
        found[meta.key] = record
    return found
