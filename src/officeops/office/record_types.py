"""The kinds of record of an office, by key and by noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.commands import ACTIONS, COMMANDS
from officeops.core.records import RECORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


def by_noun(records: Iterable[type[Record]], word: str) -> type[Record] | None:
    """Return the kind of record that a noun names: the one called so now, else the one that was called so."""
    former = None
    for record in records:
        meta = record.meta
        if meta.noun == word:
            return record
        if word in meta.former_nouns or word in meta.former_keys:
            former = record
    return former


def records_of(plugins: Plugins, machine: Machine) -> dict[str, type[Record]]:
    """Return every kind of record by key. Where two share a noun, the second is left out until settings rename it.

    What migrations renamed is known by its earlier names too.
    """
    found: dict[str, type[Record]] = {record.meta.key: record for record in RECORDS}
    nouns = {record.meta.noun: "core" for record in RECORDS}
    taken = {*COMMANDS, *ACTIONS, *(command.name for _, command in plugins.registered("commands"))}
    _know_former_names(plugins)
    for name, record in plugins.registered("records"):
        meta = record.meta
        for key in (*reversed(meta.former_keys), meta.key):
            meta.noun = machine.own.nouns.get(key, meta.noun)
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
    _know_former_nouns(found.values(), {*nouns, *taken})
    _follow_references(found)
    return found


def _know_former_names(plugins: Plugins) -> None:
    """Tell each kind of record what its plugin's migrations renamed of it."""
    from officeops.store.migration import Rename

    steps = [step.up for _, step in plugins.registered("migrations")]
    renamings = [step for step in steps if isinstance(step, Rename)]
    if not renamings:
        return
    for _, record in plugins.registered("records"):
        keys, fields = [record.meta.key], dict[str, str]()
        for renaming in reversed(renamings):
            if renaming.record == keys[-1] and renaming.field:
                fields[renaming.field] = fields.get(renaming.now, renaming.now)
            elif renaming.now == keys[-1] and not renaming.field:
                keys.append(renaming.record)
        meta = record.meta
        meta.former_keys, meta.former_fields = tuple(keys[1:]), fields
        for old, now in fields.items():
            # An import still takes a file with the heading of before.
            if (field := meta.by_name.get(now)) and old not in field.also:
                field.also = (*field.also, old)


def _know_former_nouns(records: Iterable[type[Record]], taken: Collection[str]) -> None:
    """Let the word of an earlier key go on working as a command, unless it is another's now."""
    for record in records:
        meta = record.meta
        words = [key.partition(".")[2] for key in meta.former_keys]
        free = [word for word in words if word not in taken and word not in meta.former_nouns]
        meta.former_nouns = (*meta.former_nouns, *free)


def _follow_references(records: Mapping[str, type[Record]]) -> None:
    """Let a reference to an earlier key, as another plugin still declares it, point to the record of today."""
    former = {
        key: now
        for now, record in records.items()
        for key in record.meta.former_keys
        if key not in records
    }
    if not former:
        return
    for record in records.values():
        for field in record.meta.fields:
            field.target = former.get(field.target, field.target)
