"""Whole numbers, money and durations, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.values.value_tools import CURRENCIES, read

from officeops.values.amounts import money_text, price_text
from officeops.values.conventions import Conventions
from officeops.values.quantities import in_unit, read_duration, read_money, read_whole


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,000", 1000),
        ("1'000'000", 1000000),
        ("12.0", 12),
        ("(5)", -5),
        ("+7", 7),
        (3.0, 3),
        ("1 000", 1000),
    ],
)
def test_whole_numbers(cell: object, value: int) -> None:
    assert read("number", cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        "1.000",
        "1.5",
        "1,5,0",
        "twelve",
        "1e3",
        "--5",
        "0x10",
        True,
        float("nan"),
        float("inf"),
        "9" * 25,
        "½",
    ],
)
def test_what_is_no_whole_number_or_could_be_two_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"not a|not money|may be|too large|finer"):
        read("number", cell)


@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_money_shown_reads_back_to_the_minor_unit(minor: int, currency: str) -> None:
    places = Conventions(currency).places
    assert read_money(money_text(minor, places), places) == minor
    assert read_money(price_text(minor, places), places + 2) == minor


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("$1,234.50", 123450),
        ("1234.5", 123450),
        ("12 USD", 1200),
        ("-3.10", -310),
        ("(3.10)", -310),
        ("-$3.10", -310),
        (".5", 50),
        (1.1, 110),
        ("12,50", 1250),
    ],
)
def test_money_as_people_write_it(cell: object, cents: int) -> None:
    assert read("money", cell) == cents


@pytest.mark.parametrize(
    "cell",
    [
        "1.234",
        "0.005",
        "1,23,4",
        "12,345,67",
        "$",
        "--1",
        "-(5)",
        "-+5",
        True,
        "1.2.3",
        "1234,567",
        "12.345,678,9",
    ],
)
def test_money_that_is_too_fine_or_could_be_two_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"not a|not money|may be|too large|finer"):
        read("money", cell)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("1:30", 90),
        ("1h30m", 90),
        ("1.5h", 90),
        ("0,25 hours", 15),
        ("2d", 2880),
        ("1 h 5 min", 65),
        (90.0, 90),
        ("100:00", 6000),
    ],
)
def test_durations(text: object, minutes: int) -> None:
    assert read("duration", text) == minutes


@pytest.mark.parametrize(
    "text", ["1:99", "1:5", "half an hour", "10000000000000000000d", "1.5", "-5"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|not money|may be|too large|finer"):
        read("duration", text)


@pytest.mark.parametrize("text", ["€5", "5 EUR", "£ 5", "CHF 5"])
def test_another_currency_than_the_offices_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not in USD"):
        read_money(text, 2, "USD")


@pytest.mark.parametrize("text", ["$5", "5 USD", "-$5", "($5)", "USD 5.00"])
def test_the_offices_own_currency_is_read(text: str) -> None:
    assert abs(read_money(text, 2, "USD") or 0) == 500


def test_the_unit_of_a_field_may_follow_its_number() -> None:
    read = in_unit(read_whole, "months")
    assert [read(text) for text in ("12", "12 months", "1 Month", 3)] == [12, 12, 1, 3]
    with pytest.raises(ValueError, match="word beside its number"):
        read("12 weeks")


def test_a_part_of_an_hour_that_is_no_whole_minute_is_refused() -> None:
    with pytest.raises(ValueError, match="no whole number of minutes"):
        read_duration("1.33h")
