"""The problems of a plugin's records, as sentences that name file, class and field."""

from __future__ import annotations

import sqlite3
from inspect import get_annotations
from typing import TYPE_CHECKING

from officeops.authoring.check_lifecycle import lifecycle_problems
from officeops.authoring.check_scopes import scope_problems
from officeops.authoring.source_place import located, place
from officeops.model.declarations import Query
from officeops.model.error_words import told
from officeops.model.errors import OfficeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.plugins.manifest import Plugin


def record_problems(
    office: Office,
    record: type[Record],
    manifest: Plugin,
) -> Iterator[str]:
    """Yield the problems of one record."""
    here = place(record, record.__name__)
    if not (record.__doc__ or "").strip():
        help_of = f"its first line is the help of `officeops {record.meta.noun}`"
        yield f"{here}: it has no docstring; {help_of}"
    for field in record.meta.fields:
        yield from located(f"{here}.{field.name}", _field(office, record, field, manifest))
    yield from located(here, [*_words(record), *lifecycle_problems(office, record)])
    yield from located(here, scope_problems(office, record))
    if record.ledger is not None:
        yield from located(here, record.ledger.faults(office))
    # One query over everything that the list would ask for.
    try:
        office.select(record, record.meta.list_fields, Query())
    except (sqlite3.Error, OfficeError) as error:
        yield f"{here}: it cannot be listed (its display, its sort or a computed field): {told(error)}"


def _field(
    office: Office,
    record: type[Record],
    field: Field,
    manifest: Plugin,
) -> Iterator[str]:
    # What the core adds, as the entries of a ledger have it, has none.
    annotation = str(get_annotations(record).get(field.name, ""))
    if field.default is None and annotation and "None" not in annotation:
        yield f"it may be blank, so its type is `{annotation} | None`"
    has_default = not field.required and field.default is not None
    if field.choices and has_default and field.default not in field.choices:
        yield f"its default {field.default!r} is none of its choices"
    if field.target:
        yield from reference(office, field, manifest)


def reference(office: Office, field: Field, manifest: Plugin) -> Iterator[str]:
    """Yield the problems of a reference: its name, and a target that may be missing."""
    if not field.name.endswith("_id"):
        yield "the name of a reference ends in _id"
    target, owner = field.target, field.target.partition(".")[0]
    named = {*manifest.requires, *manifest.after, *manifest.bridges}
    if owner not in {manifest.name, "core", *named}:
        yield f"it points to {target}, so the manifest names {owner} in `after` or `requires`"
        return
    if field.where and target in office.records:
        try:
            office.query(office.records[target]).where(field.where)
        except OfficeError as error:
            yield f"its where={field.where!r} cannot be read: {error}"
    # A plugin in `after` need not be on; then nobody can say what it declares.
    is_on = owner in {manifest.name, "core"} or owner in office.plugins.manifests
    if is_on and target not in office.records:
        yield f"it points to {target}, which {owner} does not declare"


def _words(record: type[Record]) -> Iterator[str]:
    """Yield the names in the declarations of the class that are no usable field."""
    meta = record.meta
    for word, name in _named_fields(record):
        field = meta.field(name)
        if field is None and name not in {"id", *meta.by_name}:
            yield f"its {word} names {name!r}, which is no field of it"
        elif field and field.sealed:
            yield f"its {word} names {name!r}, which is sealed: nothing is worked out from it"


def _named_fields(record: type[Record]) -> Iterator[tuple[str, str]]:
    """Yield each declaration of a class that names fields, with a field that it names."""
    meta = record.meta
    yield "display", meta.display
    for part in meta.sort.split(","):
        yield "sort", part.strip().lstrip("-")
    for names in meta.unique_together:
        for name in names:
            yield "unique_together", name
    if record.expiry:
        for name in filter(None, (record.expiry.ends, record.expiry.superseded)):
            yield "expiry", name
    # Every record has the moment at which it was archived, which is no declared field.
    if record.retention and record.retention.after != "archived_at":
        yield "retention", record.retention.after
    if record.life:
        yield "life", record.life.column
