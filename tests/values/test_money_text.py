"""An amount and a price as text: sign, decimals of the currency, and further ones of a price."""

from __future__ import annotations

import pytest

from officeops.values.amounts import money_text, price_text


@pytest.mark.parametrize(
    ("minor", "places", "text"),
    [
        (0, 2, "0.00"),
        (5, 2, "0.05"),
        (-5, 2, "-0.05"),
        (1234, 2, "12.34"),
        (-1234, 2, "-12.34"),
        (1, 3, "0.001"),
        (0, 0, "0"),
        (-1234, 0, "-1234"),
    ],
)
def test_an_amount_has_a_sign_only_below_zero_and_a_digit_before_the_point(
    minor: int, places: int, text: str
) -> None:
    assert money_text(minor, places) == text


@pytest.mark.parametrize(
    ("price", "places", "text"),
    [
        (0, 2, "0.00"),
        (-1, 2, "-0.0001"),
        (1200, 2, "0.12"),
        (1205, 2, "0.1205"),
        (100, 0, "1"),
        (105, 0, "1.05"),
    ],
)
def test_a_price_keeps_the_decimals_of_its_currency_and_drops_further_zeros(
    price: int, places: int, text: str
) -> None:
    assert price_text(price, places) == text
