"""What is wrong with a plugin's records, as sentences that name file, class and field."""

from __future__ import annotations

import sqlite3
from inspect import get_annotations
from typing import TYPE_CHECKING

from officeops.authoring.source_place import place
from officeops.model.declarations import Query
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.plugins.manifest import Plugin


def record_problems(office: Office, record: type[Record], manifest: Plugin) -> Iterator[str]:
    """Yield what is wrong with one record."""
    here = place(record, record.__name__)
    if not (record.__doc__ or "").strip():
        yield f"{here}: it has no docstring; its first line is the help of `officeops {record.meta.noun}`"
    for each in record.meta.fields:
        yield from (
            f"{here}.{each.name}: {what}" for what in _field(office, record, each, manifest)
        )
    yield from (f"{here}: {what}" for what in _words(record))
    try:
        office.select(record, record.meta.list_fields, Query())
    except (sqlite3.Error, OfficeError) as error:
        yield f"{here}: it cannot be listed (its display, its sort or a computed field): {error}"


def _field(office: Office, record: type[Record], field: Field, manifest: Plugin) -> Iterator[str]:
    annotation = str(get_annotations(record).get(field.name, "str"))
    if field.default is None and "None" not in annotation:
        yield f"it may be blank, so its type is `{annotation} | None`"
    if (
        field.choices
        and not field.required
        and field.default is not None
        and field.default not in field.choices
    ):
        yield f"its default {field.default!r} is none of its choices"
    if field.kind == "reference":
        yield from reference(office, field, manifest)


def reference(office: Office, field: Field, manifest: Plugin) -> Iterator[str]:
    """Yield what is wrong with a reference: its name, and whether what it points to can be there."""
    if not field.name.endswith("_id"):
        yield "the name of a reference ends in _id"
    owner = field.target.partition(".")[0]
    if owner not in {manifest.name, "core", *manifest.requires, *manifest.after, *manifest.bridges}:
        yield f"it points to {field.target}, so the manifest names {owner} in `after` or `requires`"
    elif field.target not in office.records and (
        owner in {manifest.name, "core"} or owner in office.plugins.manifests
    ):
        yield f"it points to {field.target}, which {owner} does not declare"


def _words(record: type[Record]) -> Iterator[str]:
    """Yield the words of the class that name no field."""
    meta, known = record.meta, {"id", *record.meta.by_name}
    named = [
        ("display", meta.display),
        *(("sort", part.strip().lstrip("-")) for part in meta.sort.split(",")),
    ]
    named += [("unique_together", name) for names in meta.unique_together for name in names]
    if record.expiry:
        named += [
            ("expiry", name) for name in (record.expiry.ends, record.expiry.superseded) if name
        ]
    if record.retention and record.retention.after != "archived_at":
        named.append(("retention", record.retention.after))
    if record.life:
        named.append(("life", record.life.column))
    for word, name in named:
        field = meta.field(name)
        if name not in known and not field:
            yield f"its {word} names {name!r}, which is no field of it"
        elif field and field.sealed:
            yield f"its {word} names {name!r}, which is sealed: nothing is worked out from it"
