"""Where nobody can cover: who could if somebody else took theirs; and a doubt keeps its reason."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan
from tests.effort import tried

from officeops import Refused
from officeops.history.undo import undo
from officeops.tui.testing import Terminal
from officeops_hr.people.position import Position
from officeops_hr.roster.actions import assign
from officeops_hr.roster.covering import answers
from officeops_hr.roster.rules.cover import CAN, MOVING, Candidate, who_can
from officeops_hr.roster.rules.limits import Contract, Limits
from officeops_hr.roster.rules.moving import who_can_or_moves
from officeops_hr.roster.rules.shift import Shift as PlannedShift
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops_hr.people.person import Person


@pytest.fixture
def busy(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Shift 1 is open all Monday; Ben has its morning, Cyd its afternoon."""
    assistants(office, crew)
    ben, cyd = crew["ben"].id, crew["cyd"].id
    plan(office, [(0, None, 480, 1020), (0, ben, 480, 720), (0, cyd, 780, 1020)])
    return crew


def _people(office: Office) -> list[int | None]:
    return [shift.person_id for shift in office.all(Shift, order="id")]


def test_somebody_is_free_once_another_takes_theirs_as_one_action(
    office: Office, busy: dict[str, Person]
) -> None:
    """Both are said before; without a yes to both nothing happens, and one undo takes back both."""
    ben, cyd = busy["ben"].id, busy["cyd"].id
    seat = office.get(Shift, 1)
    first, second, *_ = answers(office, seat)
    assert (first.person, first.group) == (ben, MOVING)
    assert first.reasons == ("leaves their 08:00-12:00 to Cyd Stone",)
    assert (second.person, second.group) == (cyd, MOVING)
    with pytest.raises(Refused, match="--moves"):
        office.do(assign, seat, person_id=ben)
    before = _people(office)
    said = office.do(assign, seat, person_id=ben, moves=True)
    assert "and Cyd Stone has the 08:00-12:00 of Ben Stone" in said
    assert _people(office) == [ben, cyd, cyd]
    undo(office)
    assert _people(office) == before


def test_the_one_list_shows_it_of_the_plan_and_of_the_typed_week(
    office: Office, busy: dict[str, Person]
) -> None:
    """Of the plan, a yes writes both; in the week, Enter types both."""
    ben, cyd = busy["ben"].id, busy["cyd"].id
    with Terminal(office) as terminal:
        terminal.press(*":schedule", "enter")
        while not terminal.current.startswith("MA Open"):
            terminal.press("down")
        terminal.press("l")
        assert "By moving (2)" in terminal.text
        assert terminal.current.startswith("Ben Stone")
        terminal.press("enter")
        assert "8-5" in terminal.line("MA Ben")
        assert "8-12" in terminal.line("MA Cyd")
        terminal.press("d", "d", "y")
    assert sorted(_live(office)) == sorted([(ben, 480, 1020), (cyd, 480, 720), (cyd, 780, 1020)])


def _live(office: Office) -> list[tuple[int | None, int, int]]:
    rows = office.all(Shift, "NOT dropped")
    return [(row.person_id, row.starts_at, row.ends_at) for row in rows]


def test_a_doubt_of_the_coverage_view_keeps_its_reason(
    office: Office, crew: dict[str, Person]
) -> None:
    """Ben works 20 hours; the reason is asked in place of a yes, and it is in the plan."""
    assistants(office, crew)
    with office.acting("test.hours"):
        position = office.first(Position, "person_id = ?", crew["ben"].id)
        assert position is not None
        office.edit(position, weekly=240)
        office.edit(crew["cyd"], managed=True, barred_on=MONDAY)
    (seat,) = plan(office, [(0, None, 480, 1020)])
    with Terminal(office) as terminal:
        terminal.press(*":schedule", "enter")
        while not terminal.current.startswith("MA Open"):
            terminal.press("down")
        terminal.press("l")
        assert "over their contract" in terminal.current
        terminal.press("enter").type("asked for it").press("enter", "right")
        assert "~8-5" in terminal.line("MA Ben")
        terminal.press("d", "d", "y")
    assert (office.get(Shift, seat.id).dropped, _despite(office)) == (True, ["asked for it"])


def _despite(office: Office) -> list[str | None]:
    return [row.despite for row in office.all(Shift, "NOT dropped")]


class _Everybody:
    """Everybody may work at any time."""

    def stops(self, person: int, shift: PlannedShift) -> list[str]:  # noqa: ARG002 - the protocol's
        return []

    def is_available(self, person: int, shift: PlannedShift) -> bool:  # noqa: ARG002 - the protocol's
        return True


_SPANS = st.sampled_from([(480, 720), (720, 1020), (480, 1020)])


@tried(500)
@given(st.lists(_SPANS, min_size=1, max_size=4), _SPANS)
def test_a_move_is_offered_just_where_trying_all_of_them_finds_one(
    has: list[tuple[int, int]],
    wanted: tuple[int, int],
) -> None:
    """Compared with each pair of people: one leaves the only shift, the other one is free for it."""
    shifts = [_shift(number, number, span) for number, span in enumerate(has, 1)]
    candidates = [
        Candidate(shift.person or 0, str(shift.person), Contract(), (shift,)) for shift in shifts
    ]
    seat = _shift(0, None, wanted)
    found = who_can_or_moves(seat, candidates, _Everybody(), Limits())
    moving = {one.person for one in found if one.group == MOVING}
    if any(one.group == CAN for one in who_can(seat, candidates, _Everybody(), Limits())):
        assert not moving
        return
    expected = {
        own.person
        for own, other in permutations(shifts, 2)
        if own.clashes(seat) and not own.clashes(other)
    }
    assert moving == expected


def _shift(
    number: int,
    person: int | None,
    span: tuple[int, int],
) -> PlannedShift:
    return PlannedShift(number, person, MONDAY, *span, role=1, place=1)


def test_a_shift_of_the_plan_is_covered_by_two_keys(
    office: Office, busy: dict[str, Person]
) -> None:
    """Enter and yes, with both shifts in the question."""
    with Terminal(office) as terminal:
        terminal.press(":").type("shift").press("enter", "enter", "M")
        assert terminal.current.startswith("Ben Stone")
        terminal.press("enter")
        assert "leaves their 08:00-12:00 to Cyd Stone" in terminal.text
        terminal.press("y")
    assert _people(office)[:2] == [busy["ben"].id, busy["cyd"].id]
