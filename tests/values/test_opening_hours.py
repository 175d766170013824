"""Opening hours in one line: what is written is what is read, and what is none is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.values.test_calendar import hours

from officeops.values.opening_hours import read_hours, read_weekdays, show_hours, show_weekdays

if TYPE_CHECKING:
    from officeops.values.calendar import Hours


@tried(200)
@given(st.lists(hours(), min_size=1, max_size=9, unique=True))
def test_hours_read_as_they_are_shown(some: list[Hours]) -> None:
    assert read_hours(show_hours(some)) == sorted(some)


@tried(100)
@given(st.sets(st.integers(0, 6)))
def test_weekdays_read_as_they_are_shown(some: set[int]) -> None:
    assert read_weekdays(show_weekdays(some)) == some


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mon-fri 8:00-17:00", "Mon-Fri 8:00-17:00"),
        ("Monday, Tuesday 8:00-12:00, 13:00-17:00", "Mon-Tue 8:00-12:00 13:00-17:00"),
        ("Sat-Mon 10:00-24:00", "Mon 10:00-24:00; Sat-Sun 10:00-24:00"),
        ("Mon 8am-noon; Wed 8:30-4pm;", "Mon 8:00-12:00; Wed 8:30-16:00"),
    ],
)
def test_hours_as_people_write_them(text: str, shown: str) -> None:
    assert show_hours(read_hours(text)) == shown


@pytest.mark.parametrize(
    "text",
    ["", "Mon", "8:00-17:00", "Mon 17:00-8:00", "Mon 8:00", "Mo 8:00-9:00", "Mon 8:00-25:00"],
)
def test_what_is_no_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write|closes"):
        read_hours(text)
