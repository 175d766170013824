"""New subjects: which record a row may come to be about. One that it is about already stays.

Rows that are added, edited, imported or written by SQL of an action ask here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.about import KEY, NUMBER
from officeops.model.errors import Problem
from officeops.model.sql_values import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record


def problem(
    office: Office,
    meta: Meta,
    key: str | None,
    number: int | None,
) -> Problem | None:
    """Return the problem of a row that would be about a record; None where it may be.

    To the person who writes it, a record that they do not reach is not there. What an entry of a
    ledger is about is not theirs to say, so that one need only be there.
    """
    # The kind alone, or the number alone, would name another record after the next edit.
    column = fault(office, key, number)
    if column and (key is None or number is None):
        return Problem("is needed beside the other one", column, code="needed")
    kind = office.records.get(key or "")
    is_asked = bool(meta.about)
    if key is not None and (kind is None or (is_asked and not office.may_view(kind))):
        facts: dict[str, object] = {"kind": "record", "text": key}
        why = f"there is no kind of record {key!r}; say its key, such as core.location"
        return Problem(why, KEY, code="not-found", facts=facts)
    if kind is None or number is None:
        return None
    if column or (is_asked and not office.in_reach(kind, number)):
        facts = {"kind": kind.meta.noun, "text": f"#{number}"}
        why = f"there is no {kind.meta.one} #{number}"
        return Problem(why, NUMBER, code="not-found", facts=facts)
    return None


def fault(
    office: Office,
    key: str | None,
    number: int | None,
) -> str:
    """Return the column that names no record; blank where both do, or where both are blank.

    SQL of an action asks it, by a trigger (`store.sql_triggers`).
    """
    if key is None:
        return "" if number is None else KEY
    if number is None:
        return NUMBER
    kind = office.records.get(key)
    if kind is None:
        return KEY
    return "" if number in _present(office, kind, [number]) else NUMBER


def problems_in(
    office: Office, meta: Meta, columns: Mapping[str, Sequence[object]]
) -> Iterator[tuple[int, Problem]]:
    """Yield the place and the problem of each of many new rows that is about no record.

    `columns` are the rows' values by the names of fields.
    """
    if KEY not in meta.by_name or not (KEY in columns or NUMBER in columns):
        return
    blanks = [None] * max(map(len, columns.values()))
    subjects = list(zip(columns.get(KEY, blanks), columns.get(NUMBER, blanks), strict=True))
    # Thousands of rows are about a few records: each is looked up once.
    absent = _absent(office, subjects)
    for place, subject in enumerate(subjects):
        if subject not in absent:
            continue
        key, number = subject
        if why := problem(office, meta, key, number):  # type: ignore[arg-type] # they were checked
            yield place, why


def _absent(
    office: Office, subjects: Iterable[tuple[object, object]]
) -> set[tuple[object, object]]:
    """Return the different ones that name no record within reach, by a look-up for each kind."""
    different = set(subjects) - {(None, None)}
    numbers: dict[object, set[int]] = {}
    for key, number in different:
        if isinstance(number, int):
            numbers.setdefault(key, set()).add(number)
    reached: set[tuple[object, object]] = set()
    for key, wanted in numbers.items():
        kind = office.records.get(str(key))
        if kind is None or not office.may_view(kind):
            continue
        present = _present(office, kind, sorted(wanted)) - office.out_of_reach(kind, wanted)
        reached.update((key, number) for number in present)
    return different - reached


def _present(
    office: Office,
    kind: type[Record],
    numbers: Sequence[int],
) -> set[int]:
    sql = f"SELECT id FROM {kind.meta.table} WHERE id"
    # Most writes are of one row.
    if len(numbers) == 1:
        rows = office.rows(f"{sql} = ?", numbers[0])
    else:
        rows = office.rows(f"{sql} IN (SELECT value FROM json_each(?))", id_list(numbers))
    return {number for (number,) in rows}
