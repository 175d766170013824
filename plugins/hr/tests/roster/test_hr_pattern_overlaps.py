"""Two patterns of one person never plan them twice: the second is refused as it is saved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.roster.cover_tools import assistants
from tests.effort import tried

from officeops_hr.roster.overlaps import shared_day
from officeops_hr.roster.shift_pattern import WEEKDAYS, ShiftPattern

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

_START: Final = date(2026, 1, 5)
#: More than the weeks after which two cycles of up to eight weeks meet again.
_LONG: Final = 7 * 60
_DAY: Final = 1440


@st.composite
def _patterns(draw: st.DrawFn) -> ShiftPattern:
    cycle = draw(st.integers(1, 8))
    first = draw(st.none() | st.integers(0, 40))
    days = draw(st.none() | st.integers(0, 30))
    begin = None if first is None else _START + timedelta(days=first)
    return ShiftPattern(
        person_id=1,
        # Neighbors more often than not: a night reaches into the next day.
        weekday=draw(st.sampled_from(WEEKDAYS[:3])),
        starts_at=draw(st.sampled_from((0, 420, 720, 1320))),
        ends_at=draw(st.sampled_from((360, 720, 1080))),
        role_id=1,
        location_id=1,
        cycle=cycle,
        week=draw(st.integers(1, cycle)),
        first_day=begin,
        last_day=None if days is None else (begin or _START) + timedelta(days=days),
    )


def _minutes(pattern: ShiftPattern) -> set[int]:
    """Return the minutes of all its shifts, a quarter of an hour each, since a Monday."""
    taken: set[int] = set()
    for number in range(_LONG + 60):
        if pattern.is_on(_START + timedelta(days=number)):
            end = pattern.ends_at + (_DAY if pattern.ends_at <= pattern.starts_at else 0)
            taken |= {number * _DAY + at for at in range(pattern.starts_at, end, 15)}
    return taken


@tried(400)
@given(_patterns(), _patterns())
def test_two_patterns_share_a_day_where_they_share_a_minute(
    one: ShiftPattern, other: ShiftPattern
) -> None:
    shared = _minutes(one) & _minutes(other)
    day = shared_day(one, other)
    assert (day is not None) == bool(shared)
    if day is not None:
        # The shift that begins on that day has one of the minutes, and none before it has.
        assert min(shared) // _DAY in {(day - _START).days, (day - _START).days + 1}


@pytest.mark.usefixtures("office")
def test_the_second_of_two_is_refused_with_both_named(
    office: Office, crew: dict[str, Person], cli: Cli
) -> None:
    assistants(office, crew)
    words = ("shift-pattern", "add", "--person", "P-4", "--role", "MA", "--weekday")
    assert cli(*words, "monday", "--starts-at", "8:00", "--ends-at", "12:00").code == 0
    ran = cli(*words, "monday", "--starts-at", "11:00", "--ends-at", "15:00", "--cycle", "2")
    said = "shares time with pattern #1, 08:00-12:00, on Mon 2026-01-05"
    assert (ran.code, said in ran.err) == (1, True), ran.err
    # What only touches is two shifts of one day.
    assert cli(*words, "monday", "--starts-at", "12:00", "--ends-at", "15:00").code == 0


def test_two_rows_of_one_file_are_refused_as_well(
    office: Office, crew: dict[str, Person], cli: Cli, tmp_path: Path
) -> None:
    assistants(office, crew)
    rows = ["person,weekday,from,until,role,cycle,week"]
    rows += ["P-4,monday,8:00,12:00,MA,2,1", "P-4,monday,11:00,15:00,MA,1,1"]
    path = tmp_path / "patterns.csv"
    path.write_text("\n".join(rows))
    key = ("--key", "person,role,weekday,starts_at")
    ran = cli("shift-pattern", "import", str(path), *key)
    assert (ran.code, "shares time with an earlier row" in ran.err) == (1, True), ran.err
    assert office.value("SELECT count(*) FROM hr_shift_pattern") == 0
