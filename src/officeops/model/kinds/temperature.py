"""Temperatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.number import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Temperature(Number):
    """A temperature, kept in hundredths of a degree Celsius: 3.5 °C is 350.

    People type and read it in °F or °C, as the office sets (`officeops settings edit --temperature C`);
    `3.5 C` is taken in either.
    """

    name = "temperature"
    hint = "a temperature: 38.5, or with its scale 3.5 C"
    example = "38.5"
    comparison = ">46"
    in_file = ""
    stored_is_plain = False
    takes = frozenset({"minimum", "maximum"})
    noun = "a temperature in whole hundredths of a degree Celsius"

    def number_reader(self, facts: Facts, ways: Conventions) -> Callable[[Any], int | None]:
        from officeops.values.temperatures import read_temperature

        scale = ways.temperature
        return lambda value: read_temperature(value, scale)

    def limits(self, facts: Facts) -> tuple[int | None, int | None]:
        # From absolute zero to the heat of an oven.
        low = -27315 if facts.minimum is None else facts.minimum
        return low, 100_000 if facts.maximum is None else facts.maximum

    def show(self, value: Any, facts: Facts, ways: Conventions) -> str:
        return f"{self.plain(value, facts, ways)} °{ways.temperature}"

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        from officeops.values.temperatures import temperature_text

        return temperature_text(value, ways.temperature)
