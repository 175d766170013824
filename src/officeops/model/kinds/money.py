"""Money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.decimals import Decimal
from officeops.model.kinds.number import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Money(Decimal):
    """An amount in the office's currency, kept in minor units (cents)."""

    name = "money"
    hint = "money: 12.50"
    example = "12.50"
    comparison = ">100"
    measures = "money"
    takes = Number.takes | {"doubt", "doubtful"}
    noun = "an amount in whole minor units"

    def places(self, facts: Facts, ways: Conventions) -> int:
        return ways.places

    def number_reader(self, facts: Facts, ways: Conventions) -> Callable[[Any], int | None]:
        from officeops.values.quantities import read_money

        places, currency = self.places(facts, ways), ways.currency
        return lambda value: read_money(value, places, currency)

    def show(self, value: Any, facts: Facts, ways: Conventions) -> str:
        if isinstance(value, str):
            return self._with_doubt(value, facts, ways)
        return self.written(value, ways)

    def written(self, value: int, ways: Conventions) -> str:
        """Return an amount as a decimal string."""
        from officeops.values.amounts import money_text

        return money_text(value, ways.places)

    def _with_doubt(self, value: str, facts: Facts, ways: Conventions) -> str:
        """Return a sum of which some parts are not known: 6.20 + 1 unpriced."""
        from officeops.values.amounts import DOUBT

        known, _, count = value.partition(DOUBT)
        amount = self.written(int(known), ways) if known else facts.unknown
        return f"{amount} + {count} {facts.doubtful}"
