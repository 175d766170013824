"""Renamed records: the earlier keys, nouns, columns and choices by which a record is still known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.plugins.manager import Plugins
    from officeops.store.migration import Rename


def know_former_names(plugins: Plugins) -> None:
    """Give each kind of record the names that its plugin's migrations replaced."""
    from officeops.store.migration import Rename

    steps = [step.up for _, step in plugins.registered("migrations")]
    renamings = [step for step in steps if isinstance(step, Rename)]
    if not renamings:
        return
    for _, record in plugins.registered("records"):
        _follow_renamings(record.meta, renamings)


def _follow_renamings(meta: Meta, renamings: Sequence[Rename]) -> None:
    """Walk back from today's names of one record: the last renaming first."""
    keys, fields = [meta.key], dict[str, str]()
    choices: dict[str, dict[str, str]] = {}
    for renaming in reversed(renamings):
        if renaming.record == keys[-1] and renaming.choice:
            codes = choices.setdefault(fields.get(renaming.field, renaming.field), {})
            codes[renaming.choice] = codes.get(renaming.now, renaming.now)
        elif renaming.record == keys[-1] and renaming.field:
            fields[renaming.field] = fields.get(renaming.now, renaming.now)
        elif renaming.now == keys[-1] and not renaming.field:
            keys.append(renaming.record)
    meta.former_keys, meta.former_fields = tuple(keys[1:]), fields
    for old, now in fields.items():
        field = meta.by_name.get(now)
        if field is not None and old not in field.also:
            # An import still takes a file with the earlier heading.
            field.also = (*field.also, old)
    for column, codes in choices.items():
        if column in meta.by_name:
            meta.by_name[column].former_choices = codes


def know_former_nouns(records: Iterable[type[Record]], taken: Collection[str]) -> None:
    """Keep the word of an earlier key as a command, unless another record or command has it now."""
    for record in records:
        meta = record.meta
        words = [key.partition(".")[2] for key in meta.former_keys]
        free = [word for word in words if word not in taken and word not in meta.former_nouns]
        meta.former_nouns = (*meta.former_nouns, *free)


def follow_references(records: Mapping[str, type[Record]]) -> None:
    """Point references to an earlier key, as another plugin declares it, to today's record."""
    former: dict[str, str] = {}
    for now, record in records.items():
        for key in record.meta.former_keys:
            if key not in records:
                former[key] = now
    if not former:
        return
    for record in records.values():
        for field in record.meta.fields:
            field.target = former.get(field.target, field.target)
