"""Former keys: what a person, a script or another plugin calls a record or field by an old name.

A migration renames; the names of before stay in command lines and in code that nobody changed. A
name that something has today always counts as that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.records import Record


def key_of_today(records: Mapping[str, type[Record]], key: str) -> str:
    """Return the key that a kind of record has today; an unknown key stays as it is."""
    if key in records:
        return key
    for record in records.values():
        if key in record.meta.former_keys:
            return record.meta.key
    return key


def due_key_of_today(records: Mapping[str, type[Record]], due_key: str) -> str:
    """Return the key of a due item, such as `keys.key:5:2030-01-01`, by its record's key of today."""
    key, colon, rest = due_key.partition(":")
    return f"{key_of_today(records, key)}{colon}{rest}"


def permission_of_today(records: Mapping[str, type[Record]], name: str) -> str:
    """Return a permission, or a pattern of some, by the names of today.

    `keys.key.view` and `keys.key.*` follow the record, `keys.key.holder.view` the field too.
    """
    plugin, _, rest = name.partition(".")
    word, dot, verb = rest.partition(".")
    record = records.get(key_of_today(records, f"{plugin}.{word}")) if dot else None
    if record is None:
        return name
    meta = record.meta
    field, dot, last = verb.partition(".")
    if dot and field not in meta.by_name:
        field = meta.former_fields.get(field, field)
    return f"{meta.key}.{field}{dot}{last}"
