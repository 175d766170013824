"""The problems of a record's fields and references."""

from __future__ import annotations

from inspect import get_annotations
from typing import TYPE_CHECKING, Final

from officeops.authoring.checks import Finding
from officeops.authoring.trial import references_of
from officeops.model.errors import OfficeError
from officeops.model.kinds.decimals import Decimal
from officeops.model.kinds.number import Number
from officeops.values.field_example import ANY_TEXT, taken_by, why_not_taken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from officeops.model.declarations import Part
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.plugins.manager import Plugins
    from officeops.plugins.manifest import Plugin

#: The kinds of number that mean nothing without a unit or a word of help.
_BARE: Final = frozenset({Number, Decimal})


def field_problems(
    office: Office,
    record: type[Record],
    field: Field,
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield the problems of one field."""
    # What the core adds, as the entries of a ledger have it, has none.
    annotation = str(get_annotations(record).get(field.name, ""))
    if field.default is None and annotation and "None" not in annotation:
        why = f"it may be blank, so its type is `{annotation} | None`"
        yield Finding("field-blank", why)
    has_default = not field.required and field.default is not None
    if field.choices and has_default and field.default not in field.choices:
        yield Finding("field-default", f"its default {field.default!r} is none of its choices")
    if annotation and type(field.kind) in _BARE and not (field.unit or field.help or field.hidden):
        yield Finding(
            "field-unit", "it is a bare number; give it a unit, or a help that says of what"
        )
    yield from example(field)
    if field.target:
        yield from reference(office, field, manifest)
        yield from within(field, record.meta.fields)


def example(field: Field) -> Iterator[Finding]:
    """Yield that a help has no example that the field takes. That of a reference is somebody's record."""
    if field.target or field.managed or field.sql or field.kind.is_file:
        return
    if field.example:
        if why := why_not_taken(field, field.example):
            sentence = f"its example {field.example!r} is none that it takes: {why}"
            yield Finding("field-example", sentence)
    elif why_not_taken(field, taken_by(field, ANY_TEXT)):
        sentence = "no value that it takes is known for its help; declare an `example`"
        yield Finding("field-example", sentence)


def reference(
    office: Office,
    field: Field,
    manifest: Plugin,
) -> Iterator[Finding]:
    """Yield the problems of a reference: its name, and a target that may be missing."""
    if not field.name.endswith("_id"):
        yield Finding("reference-name", "the name of a reference ends in _id")
    target, owner = field.target, field.target.partition(".")[0]
    named = {*manifest.requires, *manifest.after, *manifest.bridges}
    if owner not in {manifest.name, "core", *named}:
        why = f"it points to {target}, so the manifest names {owner} in `after` or `requires`"
        yield Finding("reference-plugin", why)
    if field.where and target in office.records:
        try:
            office.query(office.records[target]).where(field.where)
        except OfficeError as error:
            yield Finding("reference-filter", f"its where={field.where!r} cannot be read: {error}")
    if target in office.records or is_off(office.plugins, target):
        return
    if is_nobody(office.plugins, target):
        # With `after` the plugin says that it goes on without the other one.
        if field.required or not is_optional(manifest, target):
            yield Finding("reference-record", f"it points to {target}, {nobody(target)}")
    else:
        yield _undeclared(target, owner)


def within(field: Field, beside: Sequence[Field]) -> Iterator[Finding]:
    """Yield that `within` names no reference beside it: then nothing narrows the look-up."""
    names = {other.name for other in beside if other.target}
    if field.within and field.within not in {"id", *names}:
        why = f"its within={field.within!r} is no reference beside it, and is not 'id'"
        yield Finding("reference-within", why)


def is_nobody(plugins: Plugins, target: str) -> bool:
    """Whether the key of a record is of a plugin that is not installed."""
    owner = target.partition(".")[0]
    return owner != "core" and owner not in _installed(plugins)


def is_optional(manifest: Plugin, target: str) -> bool:
    """Whether a plugin names the one of a record's key as one that it can do without."""
    return target.partition(".")[0] in {*manifest.after, *manifest.bridges}


def is_off(plugins: Plugins, target: str) -> bool:
    """Whether the key of a record is of an installed plugin that is off: nothing of it is known."""
    owner = target.partition(".")[0]
    return owner in _installed(plugins) and owner not in plugins.manifests


def _installed(plugins: Plugins) -> set[str]:
    """Return the names of the plugins that are there, on or off."""
    return {plugin.name for plugin in plugins.found if plugin.module}


def nobody(target: str) -> str:
    """Say of a record whose plugin is not installed how to go on."""
    owner = target.partition(".")[0]
    return f"and there is no plugin {owner}: install it, or write the key of a record that is there"


def undeclared(
    plugins: Plugins,
    name: str,
    owners: Collection[str],
) -> Iterator[Finding]:
    """Yield what leads from a plugin to records or fields that these plugins do not declare.

    References of its records and actions, and parts of its records, are looked at.
    """
    known = {record.meta.key: record for _, record in plugins.registered("records")}
    for place, field in references_of(plugins, name):
        owner = field.target.partition(".")[0]
        if owner in owners and field.target not in known:
            yield _undeclared(field.target, owner).at(f"{place}.{field.name}")
    for declaring, record in plugins.registered("records"):
        if declaring != name:
            continue
        for part in record.parts:
            owner = part.record.partition(".")[0]
            if owner in owners:
                yield from _part(part, known.get(part.record), owner, record.meta.key)


def _part(
    part: Part,
    kind: type[Record] | None,
    owner: str,
    key: str,
) -> Iterator[Finding]:
    """Yield that the kind of a part, or a field that it names, is not declared."""
    if kind is None:
        why = f"its part is {part.record}, which {owner} does not declare"
        yield Finding("record-parts", why).at(key)
        return
    for name in (part.field, *part.columns):
        if kind.meta.field(name) is None:
            why = f"its part names {name!r}, which is no field of {part.record}"
            yield Finding("record-parts", why).at(key)


def _undeclared(target: str, owner: str) -> Finding:
    return Finding("reference-record", f"it points to {target}, which {owner} does not declare")
