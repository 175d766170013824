"""The text of a day: what people type means what the list shows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops_hr.roster.clock import read_times, span, times
from officeops_hr.roster.rules.shift import DAY, Shift
from officeops_hr.roster.week.cell_text import Wanted, read_cell, write_cell
from officeops_hr.roster.week.differences import difference
from officeops_hr.roster.week.templates import Template

ROLES = {1: "MA", 2: "FD", 3: "PA"}
starts = st.integers(0, DAY - 1)
lengths = st.integers(1, DAY)
kinds = st.sampled_from(["work", "on_call", "training"])


def _shift(
    number: int,
    start: int,
    length: int,
    role: int,
    pause: int,
    kind: str,
) -> Shift:
    day = date(2026, 3, 2)
    return Shift(number, 1, day, start, start + length, role, 1, pause, kind)


shifts = st.builds(
    _shift,
    st.integers(1, 9),
    starts,
    lengths,
    st.sampled_from(sorted(ROLES)),
    st.integers(0, 90),
    kinds,
)
days = st.lists(shifts, max_size=3)


@tried(500)
@given(starts, lengths)
def test_the_shortest_text_of_times_is_read_back(start: int, length: int) -> None:
    """Every start and end, also over midnight, also of a whole day."""
    assert read_times(times(start, start + length)) == (start, start + length)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("7-3", "07:00-15:00"),
        ("730-5", "07:30-17:00"),
        ("7:30-15:30", "07:30-15:30"),
        ("1-5", "13:00-17:00"),
        ("12-8", "12:00-20:00"),
        ("8 – 8", "08:00-20:00"),
        ("19:00-7", "19:00-07:00"),
        ("5a-8a", "05:00-08:00"),
        ("7 pm-7 am", "19:00-07:00"),
    ],
)
def test_times_are_read_as_people_type_them(text: str, means: str) -> None:
    assert span(*read_times(text)) == means


@tried(500)
@given(days.filter(bool), st.sampled_from((None, 5, 6)))
def test_a_day_is_read_as_it_is_written(planned: list[Shift], room: int | None) -> None:
    """Several shifts, each with its break, its role or kind, and its room."""
    rooms = {5: "room3", 6: "lab"}
    day = [one._replace(room=room) for one in planned]
    text = write_cell(day, ROLES, pauses=True, rooms=rooms)
    wanted = [
        Wanted(
            one.start,
            one.end,
            one.pause,
            ROLES[one.role] if one.kind == "work" else "",
            one.kind,
            rooms.get(room or 0, ""),
        )
        for one in day
    ]
    assert read_cell(text, [], ROLES.values(), rooms.values()) == sorted(wanted)


@tried(500)
@given(days, days)
def test_a_cell_becomes_what_was_typed_and_nothing_else_is_touched(
    before: list[Shift], after: list[Shift]
) -> None:
    """Every shift of before stays, changes or goes; those after are the typed ones."""
    new = [one._replace(id=0) for one in after]
    cell = difference(before, new)
    assert sorted(one._replace(id=0) for one in cell.after) == sorted(new)
    went = [*cell.kept, *(old for old, _ in cell.edited), *cell.dropped]
    assert sorted(went) == sorted(before)


def test_a_digit_is_a_usual_shift_and_what_is_none_says_what_to_type() -> None:
    usual = [Template(480, 1020, 60, 1)]
    assert read_cell("1", usual) == [Wanted(480, 1020, 60)]
    assert read_cell("off", usual) == read_cell("x", usual) == []
    for text in ("2", "7-", "abc", "8-5 ZZ", "25-3", "8-5/"):
        with pytest.raises(ValueError, match=r"no shift|no role|no time"):
            read_cell(text, usual, ROLES.values())
