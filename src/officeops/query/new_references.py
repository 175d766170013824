"""New references: which records a field may come to point to. Those it points to already stay.

Every road of a value into the file asks here: records added and edited, many written at once, the
rows of an import, what a person types in a form or a command, and what pickers and shells offer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Problem
from officeops.model.sql_values import id_list, to_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


def misfits(
    office: Office,
    meta: Meta,
    field: Field,
    numbers: Iterable[object],
    row: Mapping[str, object] | None = None,
) -> dict[object, Problem]:
    """Return why a field must not come to point to some of these records, by their numbers.

    One look-up for each rule, however many there are. The values of the `row` that refers to them
    say where an archived one may stay, such as in an entry that takes out of it.
    """
    wanted = sorted({number for number in numbers if isinstance(number, int)})
    target = office.records.get(field.target)
    if target is None:
        return dict.fromkeys(wanted, _off(field))
    problems: dict[object, Problem] = {}
    for number, code in _codes(office, field, target, wanted):
        if code == "not-found":
            problems[number] = _absent(field, target, number)
        elif code == "archived":
            if row is None or not _may_be_archived(office, meta, field, row):
                problems[number] = _kept_away(office, field, target, number)
        else:
            problems[number] = unfit(office, field, target, number)
    return problems


def misfit(
    office: Office,
    key: str,
    column: str,
    number: int,
) -> str:
    """Return the code of why a field must not come to point to a record; blank where it may.

    SQL of an action asks it, by a trigger (`store.sql_triggers`).
    """
    meta = office.records[key].meta
    field = meta.by_name[column]
    target = office.records.get(field.target)
    if target is None:
        # Without its plugin nobody can say what the record is.
        return "plugin-off"
    return next((code for _, code in _codes(office, field, target, [number])), "")


def rows_decide(meta: Meta) -> bool:
    """Whether other values of a row say if its references may be archived, as in a ledger."""
    return any(isinstance(field.archived, str) for field in meta.fields)


def _may_be_archived(
    office: Office,
    meta: Meta,
    field: Field,
    row: Mapping[str, object],
) -> bool:
    """Whether a row may refer to an archived record, by the SQL that its field declares."""
    if not isinstance(field.archived, str):
        return field.archived
    names = [known.name for known in meta.fields if not known.sealed]
    columns = ", ".join(names)
    marks = ", ".join("?" for _ in names)
    # The condition is a trigger's, so the row has the name that it has there.
    sql = f"WITH NEW ({columns}) AS (VALUES ({marks})) SELECT {field.archived} FROM NEW"
    return bool(office.value(sql, *(to_sql(row.get(name)) for name in names)))


def _codes(
    office: Office,
    field: Field,
    target: type[Record],
    numbers: Sequence[int],
) -> Iterator[tuple[int, str]]:
    """Yield those of some records that a field must not come to point to, with a code of why."""
    archived = _archived(office, target, numbers)
    fitting = set(fitting_among(office, field, target, numbers))
    for number in numbers:
        if number not in archived:
            yield number, "not-found"
        elif archived[number] and field.archived is not True:
            yield number, "archived"
        elif number not in fitting:
            yield number, "not-allowed-here"


def misfits_in(
    office: Office,
    meta: Meta,
    columns: Mapping[str, Sequence[object]],
    own: range = range(0),
) -> Iterator[tuple[Field, dict[int, Problem]]]:
    """Yield the references of many new rows that point where they must not, field by field.

    `columns` are the rows' values by the names of fields, and each problem has the place of its row.
    `own` are the ids that the rows will have, to which others of them may refer.
    """
    for field in meta.fields:
        if not field.is_asked or field.name not in columns:
            continue
        column = columns[field.name]
        # A row of these is not there yet; the file itself refuses one that never comes.
        others = set(column).difference(own if field.target == meta.key else ())
        problems = misfits(office, meta, field, others)
        by_place = {}
        for place, number in enumerate(column):
            problem = problems.get(number)
            if problem and not _stays(office, meta, field, problem, columns, place):
                by_place[place] = problem
        if by_place:
            yield field, by_place


def _stays(
    office: Office,
    meta: Meta,
    field: Field,
    problem: Problem,
    columns: Mapping[str, Sequence[object]],
    place: int,
) -> bool:
    """Whether one of many rows may refer to an archived record."""
    if problem.code != "archived":
        return False
    row = {name: column[place] for name, column in columns.items()}
    return _may_be_archived(office, meta, field, row)


def fitting_among(
    office: Office,
    field: Field,
    target: type[Record],
    numbers: Sequence[int],
) -> Sequence[int]:
    """Return those of some records that the field's filter finds: all of them without a filter."""
    if not (field.where and numbers):
        return numbers
    # A person who may set the field learns yes or no, also of fields that they may not see.
    with office.trusted():
        return office.among(target, field.where, numbers)


def narrowed(
    office: Office,
    field: Field,
    target: type[Record],
    numbers: Sequence[int],
) -> Sequence[int]:
    """Return those of several records of one name that the field's filter finds; all if it finds none."""
    if len(numbers) < 2:
        return numbers
    return fitting_among(office, field, target, numbers) or numbers


def unfit(
    office: Office,
    field: Field,
    target: type[Record],
    number: int,
) -> Problem:
    """Return the problem of a record that the field's filter does not find."""
    name = f"the {target.meta.one} {office.label(target, number)}"
    why = f"{name} is not one with {field.where}; name another"
    lacking = target.meta.by_name.get(field.where.removesuffix("!="))
    if lacking is not None:
        why = f"{name} has no {lacking.words}; enter it, or name another"
    elif target.life is not None and _is_of_state(target, field.where):
        # The state alone, which lists show too: no other column of it.
        state = str(getattr(office.get(target, number), target.life.column)).replace("_", " ")
        why = f"{name} is {state}; name another, one with {field.where}"
    facts = {"where": field.where}
    return Problem(why, field.public_name, code="not-allowed-here", facts=facts)


def _is_of_state(target: type[Record], where: str) -> bool:
    """Whether a filter is about the state, by itself or by a computed field that nobody sees."""
    life = target.life
    unseen = [known.name for known in target.computed if known.hidden]
    return life is not None and any(name in where for name in (life.column, *unseen))


def _archived(
    office: Office,
    target: type[Record],
    numbers: Sequence[int],
) -> dict[int, bool]:
    """Tell of the records that are there whether they are archived."""
    column = "NULL" if target.meta.derived else "archived_at"
    sql = f"SELECT id, {column} FROM {target.meta.table} WHERE id"
    # Most writes are of one record.
    if len(numbers) == 1:
        rows = office.rows(f"{sql} = ?", numbers[0])
    else:
        rows = office.rows(f"{sql} IN (SELECT value FROM json_each(?))", id_list(numbers))
    return {number: at is not None for number, at in rows}


def _off(field: Field) -> Problem:
    plugin = field.target.partition(".")[0]
    why = f"the plugin {plugin} is off, so it cannot be set"
    return Problem(why, field.public_name, code="plugin-off")


def _absent(
    field: Field,
    target: type[Record],
    number: int,
) -> Problem:
    facts = {"kind": target.meta.noun, "text": f"#{number}"}
    why = f"there is no {target.meta.one} #{number}"
    return Problem(why, field.public_name, code="not-found", facts=facts)


def _kept_away(
    office: Office,
    field: Field,
    target: type[Record],
    number: int,
) -> Problem:
    name = f"{target.meta.one} {office.label(target, number)}"
    why = f"the {name} is archived; choose another, or unarchive it"
    return Problem(why, field.public_name, code="archived")
