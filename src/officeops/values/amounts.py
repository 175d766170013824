"""Amounts: money, prices and other decimals as texts, and the cost of a quantity."""

from __future__ import annotations

from typing import Final

#: A price is kept in this many parts of a minor unit.
PRICE_PARTS: Final = 100
#: Between an amount and how many of its parts are not known, in a value that lists for people read.
DOUBT: Final = "+"


def money_text(minor: int, places: int) -> str:
    """Return minor units, or other smallest parts, as a decimal string: 1234 is 12.34."""
    if not places:
        return str(minor)
    sign = "-" if minor < 0 else ""
    digits = str(abs(minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def price_text(price: int, places: int) -> str:
    """Return a price as a decimal string, with the currency's decimals and any further ones."""
    whole, fraction = money_text(price, places + 2).split(".")
    # The currency's own decimals stay, though they are zeros: 2.50, and 2.505 of a finer price.
    decimals = fraction[:places] + fraction[places:].rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def amount(price: int, count: int, of: int = 1) -> int:
    """Return the cost of `count` units at a price for `of`, in minor units, a half rounded up."""
    parts = PRICE_PARTS * of
    # In whole numbers: twice the cost and one half more, without its remainder.
    return (2 * price * count + parts) // (2 * parts)
