"""The reference of fields: every record of the core and of the plugins that ship with it, and what each field takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.docs.tables import first_paragraph, plain, table
from tests.docs.trial import plugins

from officeops.model.settings import Machine
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record

_HEAD = """\
# Records and fields

Every kind of record in a new installation, with the names that options, files, filters and `--json` use. Each record also
has `id`, `version` and `archived`. *Computed* fields are worked out when you ask; only an action sets a field marked *by
actions*.

How values are kept: a quantity is a whole number of the item's base unit, money a whole number of cents, a price
hundredths of a cent, a duration minutes. JSON and CSV write money and prices as decimal numbers and dates as 2026-01-31.
"""
#: Kinds whose name is not how people call them.
_KINDS = {"yes_no": "yes or no", "instant": "date and time"}


def page() -> str:
    """Return the page of the records."""
    records = records_of(plugins(), Machine()).values()
    return "\n".join([_HEAD, *(_section(record) for record in records)])


def _section(record: type[Record]) -> str:
    meta = record.meta
    command = "" if meta.commandless else f" · command `officeops {meta.noun}`"
    facts = f"Record `{meta.key}`{command} · table `{meta.table}`"
    rows = [*_rows(meta.fields), *_rows(meta.computed, computed=True)]
    fields = table(["field", "kind", "notes", "meaning"], rows)
    return f"## {meta.label}\n\n{first_paragraph(record.__doc__)}\n\n{facts}\n\n{fields}"


def _rows(fields: tuple[Field, ...], *, computed: bool = False) -> Iterator[list[str]]:
    for field in fields:
        yield [
            f"`{field.public_name}`",
            _kind(field),
            ", ".join(_notes(field, computed=computed)),
            plain(field.help),
        ]


def _kind(field: Field) -> str:
    if field.target:
        return f"reference to `{field.target}`"
    if field.kind.name == "choice":
        return "one of " + ", ".join(f"`{choice}`" for choice in field.choices)
    return _KINDS.get(field.kind.name) or field.kind.name.replace("_", " ")


def _notes(field: Field, *, computed: bool) -> Iterator[str]:
    if computed:
        yield "computed"
    elif field.managed:
        yield "by actions"
    elif field.required:
        yield "required"
    elif field.default not in {None, ""}:
        yield f"default {_default(field.default)}"
    if field.unique:
        yield "unique"
    if field.sealed:
        yield "sealed"
    if field.unit:
        yield f"in {field.unit}"
    yield from _limits(field)


def _limits(field: Field) -> Iterator[str]:
    if field.minimum is not None:
        yield f"{field.minimum} or more"
    if field.maximum is not None and field.kind.name == "time_of_day":
        # The only limit that a time takes: the end of the day, in minutes.
        yield "24:00 at the latest"
    elif field.maximum is not None:
        yield f"{field.maximum} or less"


def _default(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"`{value}`"
