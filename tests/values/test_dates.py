"""A date reads the same however it is written; one that may be two is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.values.value_tools import TODAY, US

from officeops.values.conventions import EARLIEST, LATEST, Conventions
from officeops.values.dates import ORDERS, read_date, readings


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["mdy", "dmy"]))
def test_a_date_reads_the_same_however_it_is_written(day: date, order: str) -> None:
    ways = Conventions("USD", order, TODAY)
    american, other = f"{day.month}/{day.day}/{day.year:04}", f"{day.day}/{day.month}/{day.year:04}"
    written = [
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year:04}",
        f"{day.day} {day:%b} {day.year:04}",
        f"{day:%B} {day.day}, {day.year:04}",
    ]
    written.append(american if order == "mdy" else other)
    written.append(f"{day.isoformat()} 00:00:00")
    if day.day > 12:
        written += [american, other]
    assert {read_date(text, ways) for text in written} == {day}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY),
        ("+1m", date(2026, 2, 28)),
        ("+2w", date(2026, 2, 14)),
        ("-1y", date(2025, 1, 31)),
        ("+1d", date(2026, 2, 1)),
        ("1/2/27", date(2027, 1, 2)),
    ],
)
def test_days_from_today(text: str, day: date) -> None:
    assert read_date(text, US) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "13/13/2026",
        "1/2/3",
        "1/2/123",
        "45678",
        "+99999d",
        "+9999y",
        "-9999y",
        "soon",
        "Marble 5, 2026",
        "1.2",
        "٣/٣/٣",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2026-01-31"):
        read_date(text, US)


END = date(2027, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2027-11",
        "2027/11",
        "11/2027",
        "11-2027",
        "Nov 2027",
        "NOV-27",
        "November 2027",
        "NOV2027",
        "Nov '27",
        "2027 Nov",
        "11/27",
        "2027-11-00",
        "20271100",
        "Nov/2027",
        "nov. 2027",
        "11.2027",
    ],
)
def test_a_month_is_its_last_day_where_something_expires_and_asked_about_elsewhere(
    text: str,
) -> None:
    assert read_date(text, US, month_end=True) == END
    with pytest.raises(ValueError, match="without its day; write the day too, such as 2027-11-30"):
        read_date(text, US)


@pytest.mark.parametrize("text", ["15-11", "27-Nov", "Nov 27", "11/12", "270831", "27-08-31"])
def test_what_may_be_two_days_is_refused_with_both(text: str) -> None:
    for month_end in (True, False):
        with pytest.raises(ValueError, match=r"may be .* or "):
            read_date(text, US, month_end=month_end)


@pytest.mark.parametrize(
    "text",
    ["2027-13", "13/2027", "Foo 2027", "2027-11-30 or so", "30/11/2027 x", "0/27", "2027-00-00"],
)
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write 2026-01-31"):
        read_date(text, US, month_end=True)


@pytest.mark.parametrize(
    "text",
    ["0027-08-31", "01/02/0027", "9999-12-31", "1899-12-31", "31 Dec 2201", "+300y", "99991231"],
)
def test_a_day_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not within the years 1900 to 2200"):
        read_date(text, US)


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        ("31/8/2027", {"dmy": date(2027, 8, 31)}),
        ("8/31/2027", {"mdy": date(2027, 8, 31)}),
        ("3/4/2027", {"mdy": date(2027, 3, 4), "dmy": date(2027, 4, 3)}),
        ("3-4-27", {"mdy": date(2027, 3, 4), "dmy": date(2027, 4, 3)}),
        ("27-08-31", {"dmy": date(2031, 8, 27), "ymd": date(2027, 8, 31)}),
        ("31.8.2027", dict.fromkeys(ORDERS, date(2027, 8, 31))),
        ("2027-08-31", dict.fromkeys(ORDERS, date(2027, 8, 31))),
        ("31 Aug 2027", dict.fromkeys(ORDERS, date(2027, 8, 31))),
        ("soon", {}),
        ("", {}),
    ],
)
def test_which_orders_a_written_date_admits(text: str, orders: dict[str, date]) -> None:
    assert readings(text, US) == orders
    for order in ("mdy", "dmy"):
        if order in orders:
            assert read_date(text, US, order=order) == orders[order]
        elif text:
            with pytest.raises(ValueError, match=r"is not a date"):
                read_date(text, US, order=order)
