"""Rooms: who works in one is at its place, and a rule keeps a room from two at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants

from officeops import Location, Refused, default_location
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.lay_out import lay_out
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.published import changes_since
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import ShiftPattern
from officeops_hr.roster.telling.calendar_file import calendar_file

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person


@pytest.fixture
def room(office: Office, crew: dict[str, Person]) -> int:
    """Room 3, in which Ben and Cyd both are on Mondays from 10 to 12; two are needed then."""
    assistants(office, crew)
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    with office.acting("test.rooms"):
        default_location(office)
        room = office.add(Location(name="Room 3", kind="room")).id
        for login, begin in (("ben", 480), ("cyd", 600)):
            office.add(
                ShiftPattern(
                    person_id=crew[login].id,
                    weekday="monday",
                    role_id=role,
                    starts_at=begin,
                    ends_at=begin + 240,
                    room_id=room,
                )
            )
        office.add(CoverageRule(name="Two", people=2, role_id=role, starts_at=600, ends_at=720))
        office.add(CoverageRule(name="Room 3", kind="most", people=1, room_id=room))
        lay_out(office, MONDAY, MONDAY)
    return room


def test_a_room_is_not_double_booked_and_who_is_in_it_counts_for_the_place(
    office: Office, room: int
) -> None:
    """The rule of the place is kept; that of the room is broken while both are in it."""
    plan = Plan(office, 1, MONDAY, MONDAY)
    gaps = [(plan.rule(gap).name, gap.start, gap.end, gap.have) for gap in plan.gaps]
    assert gaps == [("Room 3", 600, 720, 2)]
    with office.acting("test.move"):
        office.edit(next(iter(office.all(Shift, "starts_at = 600"))), room_id=None)
    assert Plan(office, 1, MONDAY, MONDAY).gaps == []
    with office.acting("test.needs"), pytest.raises(Refused, match="at most so many in it"):
        office.add(CoverageRule(name="Needs", people=1, room_id=room))


def test_another_room_is_news_and_the_week_keeps_it_while_times_are_typed(
    office: Office, crew: dict[str, Person], cli: Cli, room: int
) -> None:
    """It is published, and a change of it concerns who is in it; typing a time leaves it alone."""
    office.do(publish_schedule, week=MONDAY)
    who = cli("roster", "who", str(MONDAY), "--json").json
    assert {row["room"] for row in who} == {"Room 3"}
    plan = ("roster", "plan", "--week", str(MONDAY))
    assert cli(*plan, "Cyd Stone", "mon=1-5", "--reason", "Asked").code == 0
    assert {shift.room_id for shift in office.all(Shift)} == {room}
    with office.acting("test.move"):
        office.edit(next(iter(office.all(Shift, "starts_at = 480"))), room_id=None)
    changed = changes_since(office, 1, MONDAY)
    assert [(one.kinds, one.people) for one in changed] == [
        (("place",), [crew["ben"].id]),
        (("time",), [crew["cyd"].id]),
    ]
    assert changed[0].on - MONDAY == timedelta(0)


def test_a_copied_week_a_typed_shift_and_a_calendar_carry_the_room(
    office: Office, crew: dict[str, Person], cli: Cli, room: int
) -> None:
    week = MONDAY + timedelta(days=7)
    plan = ("roster", "plan", "--week", str(week))
    assert cli(*plan, "--copy", "--reason", "As last week").code == 0
    copies = list(office.all(Shift, "day = ?", week.isoformat()))
    assert [shift.room_id for shift in copies] == [room, room]
    assert cli(*plan, "Ben Stone", "tue=8-12@room3", "--reason", "Asked").code == 0
    tuesday = office.first(Shift, "day = ?", (week + timedelta(days=1)).isoformat())
    assert tuesday is not None
    assert tuesday.room_id == room
    ran = cli(*plan, "Ben Stone", "wed=8-12@room9", "--reason", "Asked")
    assert (ran.code, "'room9' is no room: room3" in ran.err) == (1, True), ran.err
    office.do(publish_schedule, week=week, despite="Two in one room")
    text = calendar_file(office, crew["ben"].id).decode()
    assert text.count("Room 3") == 2
