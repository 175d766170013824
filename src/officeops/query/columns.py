"""Columns: the fields of a list, by their names or those that are shown without any."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from officeops.model.about import as_one, filled_by
from officeops.model.errors import Forbidden, UsageProblem
from officeops.model.fields import Field
from officeops.query.terms import MOST

if TYPE_CHECKING:
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


#: The most kinds of record whose columns are kept: an order is shown with lines of a few kinds.
_KINDS: Final = 64
#: Columns of a higher rank are left to `--columns`, JSON and CSV.
SHOWN = 6
#: The computed column of records with an end, by which views find those that Today watches.
_WATCHED = "watched"
#: The column of a record's tags (`query.tags`), which is shown where it is asked for.
_TAGS = "tags"


def chosen_columns(
    office: Office,
    record: type[Record],
    names: str,
    *,
    everything: bool = False,
) -> list[Field]:
    """Return the columns asked for; without names, those a table shows, or all readable ones."""
    meta, away = record.meta, office.withheld(record)
    if names:
        asked = names.split(",")
        if len(asked) > MOST:
            raise UsageProblem(
                f"{len(asked):,} fields are asked for; {MOST} is the most.", code="too-many"
            )
        chosen = [_column(office, meta, name.strip()) for name in asked]
        for field in chosen:
            if field.name in away:
                office.allow(f"{field.first_child or meta.guarded[field.name]}.view")
        return chosen
    if everything:
        return _all_columns(meta, away)
    shown = [field for field in meta.list_fields if field.name not in away]
    return [field for field in shown if field.list_rank <= SHOWN]


def comparable_field(
    meta: Meta,
    name: str,
    withheld: frozenset[str],
) -> Field:
    """Find the field that a filter or an order names.

    Raises Forbidden for one that is withheld, or UsageProblem naming the fields there are.
    """
    field = meta.field(name)
    if field is None:
        why = f"{meta.plural} have no field {name!r}. They have {comparable_names(meta)}."
        raise UsageProblem(why, code="unknown-field")
    if field.name in withheld:
        raise Forbidden(
            f"{field.label} of {meta.many} is not yours to see, nor to filter or sort by."
        )
    return field


def comparable_names(meta: Meta) -> str:
    """Name the fields that a filter may compare."""
    return ", ".join(field.public_name for field in meta.list_fields)


def is_exported(field: Field) -> bool:
    """Whether an export writes a field by default, and not only repeats a row's own columns.

    An import takes a reference by its name, and would report the column of ids as not used.
    """
    # Of children, an export has columns of its own.
    if field.first_child:
        return False
    # Another office watches by its own stock and documents, so an import would report the difference.
    return field.sql != f"t.{field.name}" and field.name != _WATCHED


def _all_columns(meta: Meta, away: frozenset[str]) -> list[Field]:
    """List all fields but those withheld, each reference with its id behind it."""
    columns, names = _every_column(meta)
    if not away:
        return [*columns]
    return [column for column, name in zip(columns, names, strict=True) if name not in away]


@lru_cache(maxsize=_KINDS)
def _every_column(meta: Meta) -> tuple[list[Field], list[str]]:
    """List the columns, and of each the name of the field that it belongs to."""
    columns: list[Field] = []
    names: list[str] = []
    subject = meta.subject if meta.about else None
    for field in as_one((*meta.fields, *meta.computed), subject):
        columns.append(field)
        if field.target:
            columns.append(_plain_id(field))
        if field is subject:
            columns += map(_plain_part, filled_by(field))
        names += [field.name] * (len(columns) - len(names))
    return columns, names


def _column(
    office: Office,
    meta: Meta,
    name: str,
) -> Field:
    field = meta.field(name)
    if field is None and name == _TAGS:
        from officeops.query.tags import is_tag, tag_field

        if is_tag(meta, name):
            office.allow("core.tag.view")
            return tag_field(meta)
    if field is None:
        fields = (*meta.fields, *meta.computed)
        known = ", ".join(known_field.public_name for known_field in fields)
        raise UsageProblem(
            f"{meta.plural} have no field {name!r}. They have {known}.", code="unknown-field"
        )
    return field


def _plain_id(reference: Field) -> Field:
    label = f"{reference.label} id"
    number = Field("number", default=None, label=label, sql=f"t.{reference.name}")
    return number.named(reference.name, "")


def _plain_part(part: Field) -> Field:
    """Return a column of the record that a row is about, which the one of both repeats."""
    plain = Field(part.kind, default=None, label=part.label, sql=f"t.{part.name}")
    return plain.named(part.name, "")
