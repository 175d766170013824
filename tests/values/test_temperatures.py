"""Temperatures in °F and °C come back as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeops.values.temperatures import read_temperature, rounded_temperature, temperature_text

DEGREES = st.integers(-9999, 99999)


@given(tenths=DEGREES)
def test_tenths_of_fahrenheit_come_back_as_typed(tenths: int) -> None:
    typed = temperature_text(tenths * 10, "C")
    degrees = read_temperature(typed, "F")
    assert degrees is not None
    assert temperature_text(degrees, "F") == typed


@given(hundredths=DEGREES)
def test_hundredths_of_celsius_come_back_as_typed(hundredths: int) -> None:
    assert read_temperature(temperature_text(hundredths, "C"), "C") == hundredths


@given(degrees=DEGREES, scale=st.sampled_from("FC"))
def test_the_text_of_a_kept_temperature_is_read_as_the_same_one(degrees: int, scale: str) -> None:
    assert read_temperature(temperature_text(degrees, scale), scale) == degrees


@given(typed=st.from_regex(r"-?\d{1,3}\.\d{1,4}", fullmatch=True), scale=st.sampled_from("FC"))
def test_what_would_come_back_otherwise_is_refused(typed: str, scale: str) -> None:
    try:
        degrees = read_temperature(typed, scale)
    except ValueError:
        return
    assert degrees is not None
    assert float(temperature_text(degrees, scale)) == float(typed)


@given(low=DEGREES, high=DEGREES)
def test_the_warmer_one_stays_the_warmer_one(low: int, high: int) -> None:
    low, high = sorted((low, high))
    texts = [temperature_text(low, "F"), temperature_text(high, "F")]
    assert float(texts[0]) <= float(texts[1])


@pytest.mark.parametrize(
    ("cell", "scale", "degrees"),
    [
        ("38", "F", 333),
        ("38.3", "F", 350),
        (38.3, "F", 350),
        (36, "F", 222),
        ("46", "F", 778),
        ("3,5", "C", 350),
        ("3.5 °C", "F", 350),
        ("38.3°F", "C", 350),
        ("38.3 f", "C", 350),
        ("+8.0", "C", 800),
        ("\N{MINUS SIGN}15", "C", -1500),
        ("-58", "F", -5000),
        ("", "F", None),
        (None, "C", None),
    ],
)
def test_temperatures_as_people_write_them(cell: object, scale: str, degrees: int | None) -> None:
    assert read_temperature(cell, scale) == degrees


@pytest.mark.parametrize("cell", ["warm", "38.33", "3.555 C", "3.5 K", "--3", "1e3", "٣" * 9, True])
def test_what_is_no_temperature_is_refused_with_the_cure(cell: object) -> None:
    with pytest.raises(ValueError, match=r"temperature|one decimal"):
        read_temperature(cell, "F")


def test_a_device_may_be_finer_than_is_kept() -> None:
    assert rounded_temperature("38.335", "F") == 352
    assert rounded_temperature("4.4375", "C") == 444
