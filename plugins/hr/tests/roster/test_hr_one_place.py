"""Nobody is in two places, by whatever road a shift comes into the plan, or hours into a week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants
from plugins.hr.tests.roster.schedule_oracle import double_bookings
from tests.effort import tried

from officeops import Refused, default_location
from officeops.history.undo import undo
from officeops_hr.roster.actions import drop
from officeops_hr.roster.lay_out import lay_out, lay_out_schedule
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import WEEKDAYS, ShiftPattern
from officeops_hr.worked.handing_in import submit_time
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

_SIX_HOURS: Final = 360


@pytest.fixture
def planned(office: Office, crew: dict[str, Person]) -> tuple[Office, int, int]:
    """An office with assistants, one of them, and their role."""
    assistants(office, crew)
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    return office, crew["ben"].id, role


def _shift(
    planned: tuple[Office, int, int],
    starts_at: int,
) -> Shift:
    office, ben, role = planned
    ends_at = (starts_at + _SIX_HOURS) % 1440
    with office.acting("test.add"):
        return office.add(
            Shift(
                day=MONDAY,
                person_id=ben,
                role_id=role,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        )


#: A weekday, a start and a length by hours, and a week of two.
patterns = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.integers(0, 23),
        st.integers(1, 12),
        st.integers(1, 2),
    ),
    min_size=2,
    max_size=6,
)


def _values(line: ShiftPattern) -> dict[str, Any]:
    return {field.name: getattr(line, field.name) for field in line.meta.fields}


@tried(40)
@given(patterns, st.integers(0, 23))
def test_patterns_that_overlap_never_book_anybody_twice(
    planned: tuple[Office, int, int],
    lines: list[tuple[int, int, int, int]],
    start: int,
) -> None:
    """Laid out at once or day by day, and beside a shift that was there."""
    office, ben, role = planned
    for shift in office.all(Shift, "NOT dropped"):
        office.do(drop, shift)
    with office.acting("test.clean"):
        for pattern in office.all(ShiftPattern):
            office.archive(pattern)
    _shift(planned, start * 60)
    with office.acting("test.patterns"):
        for weekday, begin, length, week in lines:
            line = ShiftPattern(
                person_id=ben,
                role_id=role,
                weekday=WEEKDAYS[weekday],
                starts_at=begin * 60,
                ends_at=(begin + length) % 24 * 60,
                cycle=2,
                week=week,
                location_id=default_location(office),
            )
            # An office may have some from before they were refused.
            office.add_many(ShiftPattern, [_values(line)])
        lay_out(office, MONDAY, MONDAY + timedelta(days=1))
        lay_out(office, MONDAY, MONDAY + timedelta(days=14))
    assert double_bookings(office) == []


def test_a_pattern_that_is_left_out_is_named(planned: tuple[Office, int, int]) -> None:
    office, ben, role = planned
    _shift(planned, 480)
    with office.acting("test.pattern"):
        office.add(
            ShiftPattern(
                person_id=ben,
                role_id=role,
                weekday="monday",
                starts_at=600,
                ends_at=900,
            )
        )
    said = office.do(
        lay_out_schedule,
        until=MONDAY + timedelta(days=13),
    )
    assert "1 shift laid out" in str(said)
    assert f"P-4 Ben Stone on {MONDAY}" in str(said)


def test_a_shift_comes_back_only_where_its_person_is_free(
    planned: tuple[Office, int, int],
) -> None:
    """By `unarchive` and by an undo of what was done before."""
    office, *_ = planned
    for puts_away in ("archive", "drop"):
        first = _shift(planned, 480)
        if puts_away == "drop":
            office.do(drop, first)
        else:
            with office.acting("hr.shift.archive"):
                office.archive(first)
        done = int(office.value("SELECT max(id) FROM core_action") or 0)
        second = _shift(planned, 600)
        with pytest.raises(Refused, match="works already then"):
            undo(office, done)
        if puts_away == "archive":
            gone = office.get(Shift, first.id)
            with office.acting("test.back"), pytest.raises(Refused, match="works already then"):
                office.unarchive(gone)
            assert gone.archived_at
        assert double_bookings(office) == []
        # Once the other one is gone, it comes back.
        with office.acting("test.gone"):
            office.archive(second)
        undo(office, done)
        with office.acting("test.gone"):
            office.archive(office.get(Shift, first.id))


def test_hours_do_not_come_back_into_a_week_that_was_handed_in(
    planned: tuple[Office, int, int],
    freeze_today: Callable[..., None],
) -> None:
    office, ben, _ = planned
    freeze_today(MONDAY + timedelta(days=7))
    with office.acting("test.hours"):
        for starts_at in (480, 780):
            entry = TimeEntry(
                person_id=ben,
                day=MONDAY,
                starts_at=starts_at,
                ends_at=starts_at + 120,
            )
            second = office.add(entry)
        office.archive(second)
    office.do(
        submit_time,
        week=MONDAY,
        person_id=ben,
    )
    with office.acting("test.back"), pytest.raises(Refused, match="timesheet return"):
        office.unarchive(second)


@pytest.mark.parametrize("noun", ["shift", "time-entry"])
@pytest.mark.parametrize(("second", "code"), [("9:00", 1), ("11:00", 1), ("12:00", 0)])
def test_rows_of_one_file_are_compared_with_each_other(
    planned: tuple[Office, int, int],
    cli: Cli,
    tmp_path: Path,
    noun: str,
    second: str,
    code: int,
) -> None:
    """All of the file or nothing: touching times are in order."""
    office, *_ = planned
    role = "Role," if noun == "shift" else ""
    mine = "MA," if role else ""
    file = tmp_path / "times.csv"
    rows = [
        f"{MONDAY},P-4,{mine}8:00,12:00",
        f"{MONDAY},P-4,{mine}{second},16:00",
    ]
    file.write_text("\n".join([f"Day,Person,{role}From,Until", *rows]), encoding="utf-8")
    ran = cli(noun, "import", str(file))
    assert ran.code == code, ran
    table = "hr_shift" if role else "hr_time_entry"
    count = office.value(f"SELECT count(*) FROM {table}")
    assert count == (0 if code else 2)
    if not code:
        assert "2 unchanged" in cli(noun, "import", str(file)).err
