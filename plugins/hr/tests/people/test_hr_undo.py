"""Any sequence of what people do with people keeps to the rules, and is taken back step by step."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.separation import hire, separate
from officeops_hr.people.status import status_on

if TYPE_CHECKING:
    from officeops.office.office import Office

KINDS: Final = (Person, Employment, Position, Pay)
FIRST: Final = date(2026, 1, 1)
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(("hire", "separate", "position", "pay", "manager", "archive")),
        st.sampled_from(("ben", "lea", "mia")),
        st.integers(0, 120),
    ),
    min_size=1,
    max_size=10,
)


def _rows(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every live row, without its version: a row that came back has a new one."""
    tables = {}
    for kind in KINDS:
        columns = ", ".join(field.name for field in kind.meta.fields)
        sql = f"SELECT id, {columns} FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        tables[kind.meta.key] = office.rows(sql)
    return tables


def _carry_out(
    office: Office,
    person: Person,
    verb: str,
    number: int,
) -> None:
    day = FIRST + timedelta(days=number)
    if verb == "hire":
        office.do(hire, person, on=day)
    elif verb == "separate":
        office.do(separate, person, on=day)
    elif verb == "archive":
        with office.acting("test"):
            office.archive(next(iter(office.all(Position, "person_id = ?", person.id))))
    elif verb == "pay":
        with office.acting("test"):
            office.add(Pay(person_id=person.id, starts_on=day, amount=number))
    else:
        manager = 1 + number % 6 if verb == "manager" else None
        with office.acting("test"):
            office.add(Position(person_id=person.id, role_id=7, starts_on=day, manager_id=manager))


def _in_order(office: Office, people: dict[str, Person]) -> None:
    """Nobody works here twice on one day, and the status never goes back to what it was before."""
    for person in people.values():
        spans = list(office.all(Employment, "person_id = ?", person.id, order="hired_on"))
        for earlier, later in itertools.pairwise(spans):
            assert earlier.last_day is not None
            assert earlier.last_day < later.hired_on
        days = [FIRST + timedelta(days=number) for number in range(-900, 200, 50)]
        seen = [status_on(spans, day) for day in days]
        # Without a rehire, somebody is to come, then here, then gone.
        if len(spans) == 1:
            order = [("future", "active", "left").index(status) for status in seen]
            assert order == sorted(order)


def test_any_sequence_keeps_to_the_rules_and_is_taken_back(
    office: Office, crew: dict[str, Person]
) -> None:
    @tried(60)
    @given(STEPS)
    def back_and_forth(sequence: list[tuple[str, str, int]]) -> None:
        states = [_rows(office)]
        for verb, login, number in sequence:
            try:
                _carry_out(office, office.get(Person, crew[login].id), verb, number)
            except (OfficeError, StopIteration):
                # Refused: nothing was written.
                assert _rows(office) == states[-1]
                continue
            states.append(_rows(office))
        _in_order(office, crew)
        for before in states[-2::-1]:
            undo(office)
            assert _rows(office) == before
        if len(states) > 1:
            redo(office)
            assert _rows(office) == states[1]
            undo(office)

    back_and_forth()
