"""Numbers with a fixed count of decimals, such as a temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.number import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Decimal(Number):
    """A number kept in whole parts: with `scale=2` 5.31 is kept as 531, and so are its limits."""

    name = "decimal"
    hint = "a number: 12.5"
    example = "12.5"
    stored_is_plain = False
    takes = Number.takes | {"scale"}
    noun = "a number in its smallest parts"

    def places(self, facts: Facts, ways: Conventions) -> int:
        """Return how many decimals a value has."""
        return facts.scale

    def number_reader(self, facts: Facts, ways: Conventions) -> Callable[[Any], int | None]:
        from officeops.values.quantities import read_decimal

        places = self.places(facts, ways)
        return lambda value: read_decimal(value, places)

    def show(self, value: Any, facts: Facts, ways: Conventions) -> str:
        from officeops.values.amounts import money_text

        return money_text(value, self.places(facts, ways))

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        return self.show(value, facts, ways)
