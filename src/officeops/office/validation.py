"""Checking: what is wrong with a record before it is written, and what the file refused, as sentences."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.model.errors import Problem, Refused
from officeops.model.sealed_value import Sealed
from officeops.model.sql_values import to_sql
from officeops.model.text_folding import seems_blank
from officeops.plugins.hook_results import problem_in
from officeops.query.lookup import named_apart
from officeops.store.folded_identities import TAKEN, twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


def check(
    office: Office, record: Record, changed: Mapping[str, object] | None = None, about: str = ""
) -> None:
    """Raise Refused with every problem of a record that is about to be written; of an edit's fields, those that it changes.

    `about` names the record to people, where it is on record already.
    """
    problems = [*fields_in_order(office, record, changed), *own_rules(office, record)]
    if problems:
        raise Refused(problems, about or record.meta.label)


def own_rules(office: Office, record: Record) -> list[Problem]:
    """Return what the record's own `check` finds wrong. Raises PluginFault where that code fails."""
    problems: list[Problem] = []
    if record.meta.fixed:
        from officeops.office.fixed_references import moved

        problems += moved(office, record)
    with office.answering(record.meta.plugin, f"check() of the record {record.meta.key}"):
        problems += [problem_in(problem) for problem in record.check(office)]
    return problems


def fields_in_order(
    office: Office, record: Record, changed: Mapping[str, object] | None = None
) -> Iterable[Problem]:
    """Yield what is wrong with each field by itself: blank where it is needed, of another kind, beyond its limits."""
    from officeops.values.field_rules import wrong_with

    for each in record.meta.fields:
        if changed is not None and each.name not in changed:
            continue
        value = getattr(record, each.name)
        if isinstance(value, Sealed):
            if not value.is_typed:
                continue  # it was checked when it was typed, and is not opened for this
            value = value.typed
        if value is None or (isinstance(value, str) and seems_blank(value)):
            if each.required or each.default is not None:
                yield Problem("is needed", each.public_name)
        elif wrong_with(each, value):
            yield Problem(wrong_with(each, value, office.ways), each.public_name)
        elif each.kind == "reference":
            yield from _reference(office, each.target, each.public_name, value)


def columns_in_order(office: Office, meta: Meta, columns: Mapping[str, Sequence[Any]]) -> None:
    """Raise Refused for the first of many rows, as SQLite keeps them, with a value that its field does not take.

    Columns are looked at whole: of a hundred thousand rows in order none is looked at by itself.
    """
    from officeops.values.field_rules import unfit

    for field in meta.fields:
        column = columns.get(field.name, ())
        for place, wrong in unfit(field, column, lambda: office.ways):
            number = f", row {place + 1:,} of {len(column):,}" if len(column) > 1 else ""
            raise Refused([Problem(wrong, field.public_name)], f"{meta.label}{number}")


def _reference(office: Office, target: str, name: str, id: int) -> Iterable[Problem]:  # noqa: A002 - the column's name
    record = office.records.get(target)
    if record is None:
        yield Problem(f"the plugin {target.partition('.')[0]} is off, so it cannot be set", name)
    elif not office.value(f"SELECT 1 FROM {record.meta.table} WHERE id = ?", id):
        yield Problem(f"there is no {record.meta.label.lower()} #{id}", name)


@contextmanager
def explained(
    office: Office,
    meta: Meta,
    values: Mapping[str, object],
    id: int = 0,  # noqa: A002
) -> Iterator[None]:
    """Turn SQLite's refusals into sentences about the record; `id` is its own, where it has one."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Refused(explain(office, error, meta, values, id), meta.label) from error


def explain(
    office: Office,
    error: sqlite3.IntegrityError,
    meta: Meta,
    values: Mapping[str, object],
    id: int = 0,  # noqa: A002 - the column's name
) -> list[Problem]:
    """Return what a constraint of the file refuses, as sentences."""
    text = str(error)
    if text.startswith(TAKEN):
        return list(taken(office, meta, values, id)) or [
            Problem("there is one just like it already")
        ]
    if text.startswith("UNIQUE"):
        names = [part.rpartition(".")[2].strip() for part in text.partition(":")[2].split(",")]
        if sealed := next((f for f in meta.sealed if f.index_column in names), None):
            return [Problem(f"is taken by another {meta.label.lower()}", sealed.name)]
        name = next((n for n in names if n in meta.by_name), "")
        if name:
            return [Problem(f"{values.get(name)!r} is taken by another {meta.label.lower()}", name)]
        return [Problem("there is one just like it already")]
    if text.startswith("FOREIGN KEY"):
        return [Problem("it refers to a record that is not there")]
    # A trigger of the record's own may name the field.
    name, colon, why = text.partition(": ")
    return [
        Problem(why, meta.by_name[name].public_name)
        if colon and name in meta.by_name
        else Problem(text)
    ]


def explain_many(
    office: Office,
    error: sqlite3.IntegrityError,
    meta: Meta,
    rows: Mapping[int, Mapping[str, object]],
) -> list[Problem]:
    """Return why the file refuses many new rows, by their ids: what is wrong with the first that is refused."""
    for id_, row in rows.items():
        if problems := list(taken(office, meta, row, id_)):
            return problems
    return explain(office, error, meta, {})


def taken(
    office: Office,
    meta: Meta,
    values: Mapping[str, object],
    id: int = 0,  # noqa: A002
) -> Iterator[Problem]:
    """Yield each identity of a record that another live one has, naming that one and what to do."""
    values = {name: to_sql(value) for name, value in values.items() if name in meta.by_name}
    for identity in meta.identities:
        value = identity.of(values) if identity.unique else None
        if value is None:
            continue
        with office.lifted():
            other = office.value(f"SELECT o.id FROM {twins(meta, identity, '?', '?')}", value, id)
        if other:
            yield Problem(_taken_by(office, meta, identity, values, other), identity.columns[-1])


def _taken_by(
    office: Office, meta: Meta, identity: Identity, values: Mapping[str, object], other: int
) -> str:
    record = office.records[meta.key]
    there = f"{meta.label.lower()} #{other}"
    if office.may_view(record) and not office.withheld(record).intersection(identity.columns):
        there = f"{meta.label.lower()} {named_apart(office, office.get(record, other))}"
    if len(identity.columns) > 1:
        labels = " and ".join(meta.by_name[column].label.lower() for column in identity.columns)
        return f"there is one with the same {labels}: {there}. Change that one, or archive it first"
    value = values[identity.columns[0]]
    return f"{value!r} is taken by another {meta.label.lower()}: {there}. Use that one, or give this one another"
