"""Renamed records: their earlier keys, nouns, columns and choices, which are still known."""

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

    renamings = []
    for _, step in plugins.registered("migrations"):
        if isinstance(step.up, Rename):
            renamings.append(step.up)
    if not renamings:
        return
    for _, record in plugins.registered("records"):
        _follow_renamings(record.meta, renamings)


def _follow_renamings(meta: Meta, renamings: Sequence[Rename]) -> None:
    """Walk back from today's names of one record: the last renaming first."""
    earliest_key = meta.key
    former_keys: list[str] = []
    #: Names of today, by the former ones: of fields, and of choices by today's field.
    fields: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    for renaming in reversed(renamings):
        # A renaming names its record and its field as they were called at that time.
        is_of_record = renaming.record == earliest_key
        if is_of_record and renaming.choice:
            column = fields.get(renaming.field, renaming.field)
            codes = choices.setdefault(column, {})
            codes[renaming.choice] = codes.get(renaming.now, renaming.now)
        elif is_of_record and renaming.field:
            fields[renaming.field] = fields.get(renaming.now, renaming.now)
        elif renaming.now == earliest_key and not renaming.field:
            earliest_key = renaming.record
            former_keys.append(earliest_key)
    meta.former_keys = tuple(former_keys)
    meta.former_fields = fields
    _take_former_names(meta, fields, choices)


def _take_former_names(
    meta: Meta, fields: Mapping[str, str], choices: Mapping[str, dict[str, str]]
) -> None:
    """Have the fields of a record answer to their former names, and take their former choices."""
    for former, now in fields.items():
        field = meta.by_name.get(now)
        if field is not None and former not in field.also:
            # An import still takes a file with the earlier heading.
            field.also = (*field.also, former)
    for column, codes in choices.items():
        if column in meta.by_name:
            meta.by_name[column].former_choices = codes


def know_former_nouns(records: Iterable[type[Record]], taken: Collection[str]) -> None:
    """Keep the word of an earlier key as a command, unless another record or command has it now."""
    for record in records:
        meta = record.meta
        for key in meta.former_keys:
            word = key.partition(".")[2]
            if word not in taken and word not in meta.former_nouns:
                meta.former_nouns = (*meta.former_nouns, word)


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
