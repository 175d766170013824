"""The week on one screen at 80x24: typed, copied, published, with the keys counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops import default_location
from officeops.tui.testing import Terminal
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import WEEKDAYS
from officeops_hr.roster.wishes.availability import Availability

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

#: The Monday of the week of the fixture's day.
MONDAY = date(2026, 3, 2)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_STORED = """
SELECT day, starts_at, ends_at FROM hr_shift WHERE NOT dropped AND archived_at IS NULL AND person_id = ? ORDER BY day, starts_at
"""


@pytest.fixture
def planned(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben and Cyd are assistants this week, from 8 to 5; two are needed. Next week is empty."""
    role = office.value("SELECT id FROM hr_job_role WHERE code = 'MA'")
    hours: dict[str, Any] = dict.fromkeys(WEEKDAYS[:5], 480)
    with office.acting("test.plan"):
        place = default_location(office)
        for login in ("ben", "cyd"):
            person = crew[login].id
            office.add(WorkPattern(person_id=person, **hours))
            for number in range(5):
                office.add(
                    Shift(
                        day=MONDAY + number * DAY,
                        person_id=person,
                        role_id=role,
                        starts_at=480,
                        ends_at=1020,
                        unpaid=60,
                        location_id=place,
                    )
                )
        office.add(
            CoverageRule(
                name="Assistants",
                people=2,
                role_id=role,
                starts_at=480,
                ends_at=1020,
                weekdays="mon tue wed thu fri",
            )
        )
    return crew


def _stored(office: Office, person: Person, week: date = MONDAY) -> list[str]:
    days = {str(week + number * DAY) for number in range(7)}
    rows = office.rows(_STORED, person.id)
    return [f"{day[-2:]} {start}-{end}" for day, start, end in rows if day in days]


def _text(terminal: Terminal) -> str:
    """Return the text without its line breaks."""
    return " ".join(terminal.text.split())


def _on(terminal: Terminal, name: str) -> Terminal:
    while name not in terminal.current:
        terminal.press("down")
    return terminal


def test_a_week_is_copied_changed_and_published_by_twenty_keys(
    office: Office, planned: dict[str, Person]
) -> None:
    """From Today: next week, like this one but for two days; each step is taken back by one `u`."""
    with Terminal(office) as terminal:
        keys = [
            *":sch",
            "tab",
            "enter",
            "]",
            "=",
            "down",
            *"9-5",
            "enter",
            "x",
            "enter",
            *"ddy",
            "S",
            "y",
        ]
        assert len(keys) <= 20
        terminal.press(*keys)
        assert "Week of 2026-03-09 is published, revision 1: 9 shifts" in terminal.prompt
        ben = terminal.line("MA Ben Stone").split()[-8:]
        assert ben[:5] == ["9-5", "·", "[8-5]", "8-5", "8-5"]
        assert _stored(office, planned["ben"], MONDAY + WEEK)[:2] == ["09 540-1020", "11 480-1020"]
        terminal.press("u", "y")
        assert terminal.crumbs.endswith("not published")
        terminal.press("u", "y")
        assert _stored(office, planned["ben"], MONDAY + WEEK) == []


def test_conflicts_and_gaps_arise_with_their_reasons_while_typing(
    office: Office, planned: dict[str, Person]
) -> None:
    """Ben is late on Monday: the gap and everybody of the role; then an hour too many."""
    with Terminal(office) as terminal:
        _on(terminal.press(*":schedule", "enter"), "MA Ben Stone").type("10-5").press(
            "enter", "left"
        )
        assert terminal.line("Gaps").split()[1:3] == ["1", "–"]
        gap = "Mon 2026-03-02 08:00-10:00 Assistants: 1 of 2: Ben Stone: works at another time"
        assert gap in _text(terminal)
        assert "Cyd Stone: works already" in terminal.text
        terminal.press("right").type("7-8 9-1RN").press("enter", "left")
        assert "!7-8,9" in terminal.press("right").current
        terminal.press("left")
        assert "cannot work then: does not work as RN" in _text(terminal)
        terminal.press("right").type("7-").press("enter")
        assert "no shift" in terminal.prompt
        terminal.press("x").press("right").type("7-7").press("enter")
        assert "Nothing was booked" in terminal.press("d", "d", "y").prompt
    assert len(_stored(office, planned["ben"])) == 5


@pytest.mark.usefixtures("planned")
def test_a_rule_that_warns_wants_a_reason_which_is_kept(office: Office) -> None:
    """Saturday is not one of Ben's days."""
    with Terminal(office) as terminal:
        _on(terminal.press(*":schedule", "enter"), "MA Ben Stone").press(*["right"] * 5).type(
            "8-12"
        ).press("enter")
        assert "44:00+" in terminal.current
        terminal.press("left")
        assert "but: not one of their times, 4:00 overtime" in _text(terminal)
        assert "Ben Stone, Sat needs a reason (w)" in terminal.press("d", "d", "y").prompt
        terminal.press("escape", "w").type("inventory day").press("enter", "d", "d", "y")
        assert "1 shift of 1 line changed" in terminal.prompt
    (saturday,) = office.all(Shift, "day = ?", str(MONDAY + 5 * DAY))
    assert saturday.despite == "inventory day"


def test_a_dropped_line_loses_nothing_and_a_second_session_is_not_written_over(
    office: Office, planned: dict[str, Person], cli: Cli
) -> None:
    """What was typed is there again; what somebody else booked meanwhile is agreed to first."""
    with Terminal(office) as terminal:
        _on(terminal.press(*":schedule", "enter"), "MA Ben Stone").type("9-5").press("down")
    shift = next(iter(office.all(Shift, "person_id = ?", planned["ben"].id, order="id DESC")))
    assert cli("shift", "drop", f"#{shift.id}").code == 0
    with Terminal(office) as terminal:
        assert "1 line typed at" in terminal.press(*":schedule", "enter").prompt
        assert "+9-5" in terminal.line("MA Ben Stone")
        assert "changed" in terminal.line("MA Ben Stone")
        assert "Nothing was booked" in terminal.press("d", "d").prompt
        terminal.press("space", "d", "y")
        assert "1 shift of 1 line changed" in terminal.prompt
    assert _stored(office, planned["ben"])[0] == "02 540-1020"
    assert len(_stored(office, planned["ben"])) == 4


def _reasons(office: Office, person: int, week: date) -> dict[str, str | None]:
    """Return the reasons of somebody's shifts of a week, by day."""
    last = week + 6 * DAY
    shifts = office.all(Shift, "day BETWEEN ? AND ? AND NOT dropped", str(week), str(last))
    return {f"{shift.day:%a}": shift.despite for shift in shifts if shift.person_id == person}


def test_a_copied_week_brings_the_reason_for_the_same_doubt_and_asks_once_for_another(
    office: Office, planned: dict[str, Person]
) -> None:
    """Ben has a long Friday, and two hours of overtime; a week later he cannot come on Monday."""
    ben = planned["ben"].id
    friday = next(iter(office.all(Shift, "person_id = ? AND day = ?", ben, str(MONDAY + 4 * DAY))))
    with office.acting("test.friday"):
        office.edit(friday, managed=True, ends_at=1140, despite="flu clinic")
    with Terminal(office) as terminal:
        terminal.press(*":schedule", "enter", "]", "=")
        assert "Why" not in terminal.prompt
        terminal.press(*"ddy")
    assert _reasons(office, ben, MONDAY + WEEK) == dict.fromkeys(WORKDAYS, "flu clinic")
    later = MONDAY + 2 * WEEK
    with office.acting("test.school"):
        office.add(Availability(person_id=ben, first_day=later, last_day=later))
    with Terminal(office) as terminal:
        terminal.press(*":schedule", "enter", "]", "]", "=")
        assert "Why (Ben Stone: " in terminal.prompt
        assert "copied, not booked" in terminal.type("agreed with Ben").press("enter").prompt
        terminal.press(*"ddy")
    assert _reasons(office, ben, later) == dict.fromkeys(WORKDAYS, "agreed with Ben")


@pytest.mark.usefixtures("planned")
def test_the_day_under_the_cursor_opens_as_its_day_sheet_and_back(office: Office) -> None:
    """As it was published: what nobody was told of, nobody was rostered for."""
    office.do(publish_schedule, week=MONDAY)
    with Terminal(office) as terminal:
        _on(terminal.press(*":schedule", "enter"), "MA Ben Stone").press(
            "right", *":worked", "enter"
        )
        assert "Day sheet Tue 2026-03-03" in terminal.crumbs
        assert "Rostered" in terminal.lines[1]
        assert " 8-5 " in terminal.line("Ben Stone")
        terminal.press("escape")
        assert "Week of 2026-03-02" in terminal.crumbs


@pytest.mark.usefixtures("planned")
def test_a_break_that_nobody_typed_says_which_rule_it_is_from(office: Office) -> None:
    """The settings without a rule; with a confirmed one, the rule by its name."""
    with Terminal(office) as terminal:
        _on(terminal.press(*":schedule", "enter"), "MA Ben Stone").press(*["right"] * 5).type(
            "8-3"
        ).press("enter")
        assert "30 min unpaid, default above 6:00" in _text(terminal.press("left"))
    with office.acting("test.rule"):
        rule = ScheduleRule(name="Meal", kind="meal_after", minutes=450, confirmed=True)
        office.add(rule)
    with Terminal(office) as terminal:
        _on(terminal.press(*":schedule", "enter", "x", "y"), "MA Ben Stone").press(*["right"] * 5)
        assert "unpaid" not in _text(terminal.type("8-3").press("enter", "left"))
        assert "default above 7:30 (Meal)" in _text(terminal.type("8-4").press("enter", "left"))
