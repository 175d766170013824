"""The day sheet on the screen: exceptions typed, the rest confirmed at once, by the command's rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan
from tests.effort import tried

from officeops import Refused
from officeops.core.office_record import Facts
from officeops.tui.testing import Terminal
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.worked.confirming import confirm_time
from officeops_hr.worked.day_sheet import day_lines
from officeops_hr.worked.hour_text import hours
from officeops_hr.worked.pay_week import first_day_of
from officeops_hr.worked.sheet.day_sheet import DaySheet
from officeops_hr.worked.sheet.day_text import entries_of, shifts_of, times_of, wrong
from officeops_hr.worked.sheet.worked_day import WorkedDay
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory
    from officeops_hr.people.person import Person

TUESDAY = MONDAY + timedelta(days=1)
_STORED = """
SELECT p.name, e.how, e.starts_at, e.ends_at, e.unpaid FROM hr_time_entry e
JOIN hr_person p ON p.id = e.person_id WHERE e.archived_at IS NULL ORDER BY p.name, e.starts_at
"""


@pytest.fixture
def worked(
    office: Office,
    crew: dict[str, Person],
    freeze_today: Callable[[date | str], None],
) -> dict[str, Person]:
    """Ben and Cyd worked on Monday and Tuesday, from 8 to 5; now it is Wednesday."""
    assistants(office, crew)
    rows = [(day, crew[login].id, 480, 1020) for day in range(2) for login in ("ben", "cyd")]
    plan(office, rows)
    office.do(publish_schedule, week=MONDAY)
    # An office that only plans is not asked for hours.
    with office.acting("test.first"):
        before = MONDAY - timedelta(days=1)
        office.add(TimeEntry(person_id=crew["lea"].id, day=before, starts_at=480, ends_at=500))
    freeze_today(MONDAY + timedelta(days=2))
    return crew


def _stored(office: Office) -> list[tuple[object, ...]]:
    return [tuple(row) for row in office.rows(_STORED) if row[0] != "Lea Stone"]


def _due(terminal: Terminal) -> Terminal:
    while "Hours are missing" not in terminal.current:
        terminal.press("down")
    return terminal


@pytest.mark.usefixtures("worked")
def test_a_day_is_confirmed_from_today_with_one_exception_typed(office: Office) -> None:
    """From the line of Today; one works until 6, all others as rostered; `u` takes all of it back."""
    with Terminal(office) as terminal:
        _due(terminal).press("enter")
        assert "Day sheet Mon 2026-03-02" in terminal.crumbs
        terminal.press(*"8-6", "enter", "*")
        assert "9:00" in terminal.line("Cyd Stone")
        terminal.press(*"ddy")
        words = "1 day confirmed as rostered, 1 day entered. Missing next: Tue 2026-03-03."
        assert words in " ".join(terminal.prompt.split())
        assert _stored(office) == [
            ("Ben Stone", "entered", 480, 1080, 0),
            ("Cyd Stone", "as_rostered", 480, 1020, 0),
        ]
        terminal.press("u", "y")
        assert "missing" in terminal.line("Cyd Stone")
    assert _stored(office) == []


def test_who_was_off_stays_out_and_today_waits_until_tomorrow(
    office: Office,
    worked: dict[str, Person],
) -> None:
    """The rules of `confirm-time` and of `time-entry add` are those of the sheet."""
    with office.acting("test.out"):
        office.add(
            CallOut(
                person_id=worked["ben"].id,
                first_day=MONDAY,
                last_day=MONDAY,
                called_at=office.now(),
                taken_by="ann",
            )
        )
    plan(office, [(2, worked["cyd"].id, 480, 1020)])
    office.do(publish_schedule, week=MONDAY)
    with Terminal(office) as terminal:
        terminal.press(*":day-sheet", "enter", "*")
        assert terminal.line("Ben Stone").split()[-1] == "off"
        terminal.press("]", "]", "*", *"dd")
        refused = " ".join(terminal.press("y").prompt.split())
        assert "P-5 Cyd Stone on 2026-03-04: today is confirmed tomorrow" in refused
    assert _stored(office) == []


@pytest.mark.usefixtures("worked")
def test_a_person_enters_their_own_from_me_and_nobody_elses(office_factory: OfficeFactory) -> None:
    """A dropped line loses nothing; colleagues are neither on the sheet nor added to it."""
    office = office_factory("hr", login="ben")
    with Terminal(office) as terminal:
        terminal.type(":me").press("enter", *":hours", "enter").type("8-5").press("right").type(
            "Flu shots"
        )
        terminal.press("enter")
    with Terminal(office) as terminal:
        terminal.type(":me").press("enter", *":hours", "enter")
        assert "1 day typed at" in terminal.prompt
        assert "Flu shots" in terminal.line("2026-03-02")
        terminal.press(*"ddy")
        assert _stored(office) == [("Ben Stone", "entered", 480, 1020, 0)]
        terminal.type(":day-sheet").press("enter")
        assert "Cyd" not in terminal.text
        terminal.press("n").type("P-5").press("enter")
        assert "P-5" in terminal.prompt
        assert "Cyd" not in terminal.text


def test_a_day_of_absence_is_one_entry_on_any_road(
    office: Office,
    worked: dict[str, Person],
) -> None:
    """A second absence is refused, and a day that was confirmed becomes one."""
    ben = worked["ben"].id
    office.do(confirm_time, day=MONDAY, person_id=ben)
    with Terminal(office) as terminal:
        terminal.press(*":day-sheet", "enter", "x", "enter", *"ddy")
    assert _stored(office) == [("Ben Stone", "absent", None, None, 0)]
    with office.acting("test.add"), pytest.raises(Refused, match="there is one with the same"):
        office.add(TimeEntry(person_id=ben, day=MONDAY, how="absent"))


#: Two stretches of a day by quarters of an hour, with or without a break.
quarters = st.lists(st.integers(24, 92), min_size=2, max_size=4, unique=True).map(sorted)


@tried(60)
@given(quarters, st.integers(0, 14))
def test_the_times_of_a_day_are_read_as_they_are_written(marks: list[int], unpaid: int) -> None:
    day = WorkedDay(1, "Ben", MONDAY, [], [], is_off=False, closed="")
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    words = [f"{_clock(start)}-{_clock(end)}/{unpaid}" for start, end in pairs]
    entries = entries_of(day, ", ".join(words))
    assert [(entry.starts_at, entry.ends_at) for entry in entries] == [
        (start * 15, end * 15) for start, end in pairs
    ]
    minutes = [shift.planned for shift in shifts_of(entries)]
    assert sum(minutes) == sum((end - start) * 15 - unpaid for start, end in pairs)
    again = entries_of(day, times_of(entries))
    assert [entry.starts_at for entry in again] == [entry.starts_at for entry in entries]
    assert not wrong(times_of(entries))


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


#: The nights before and in which Chicago's clocks go forward, and back.
nights = st.sampled_from(
    (date(2025, 3, 8), date(2025, 3, 9), date(2025, 11, 1), date(2025, 11, 2)),
)


@tried(200)
@given(nights, st.integers(0, 95), st.integers(1, 48), st.integers(0, 8))
def test_a_day_has_the_hours_that_the_payroll_gets_also_when_the_clocks_change(
    in_chicago: tuple[Office, int],
    night: date,
    start: int,
    length: int,
    pause: int,
) -> None:
    """One sum for the command, the screen and the week; a break never takes more than all of it."""
    office, ben = in_chicago
    entry = TimeEntry(
        person_id=ben,
        day=night,
        starts_at=start * 15,
        ends_at=(start + length) * 15 % 1440,
        unpaid=pause * 15,
    )
    try:
        with office.acting("test.add"):
            stored = office.add(entry)
    except Refused:
        return
    with office.acting("test.archive"):
        weeks = {first_day_of(office, night), first_day_of(office, night + timedelta(days=1))}
        paid = sum(WorkedWeek(office, ben, week).minutes.all for week in weeks)
        (line,) = day_lines(office, night)
        sheet = DaySheet(night)
        (row,) = sheet.rows(office, ())
        office.archive(stored)
    assert line.minutes == paid > 0
    assert sheet.beside(row, None) == hours(paid)


@pytest.fixture
def in_chicago(office: Office, crew: dict[str, Person]) -> tuple[Office, int]:
    """An office whose clocks change, and one of its people."""
    with office.acting("test.zone"):
        office.add(Facts(name="Elm", time_zone="America/Chicago"))
    return office, crew["ben"].id
