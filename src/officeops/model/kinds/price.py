"""Prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.kinds.money import Money

if TYPE_CHECKING:
    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Price(Money):
    """A price in hundredths of a minor unit: vendors quote fractions of a cent."""

    name = "price"
    hint = "a price: 12.50, or 0.125"
    noun = "a price in hundredths of a minor unit"

    def places(self, facts: Facts, ways: Conventions) -> int:
        return ways.places + 2

    def written(self, value: int, ways: Conventions) -> str:
        from officeops.values.amounts import price_text

        return price_text(value, ways.places)
