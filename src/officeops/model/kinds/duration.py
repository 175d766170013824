"""Durations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.number import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Duration(Number):
    """A length of time, kept in minutes."""

    name = "duration"
    hint = "a duration: 90, 1:30, 1.5h"
    example = "1:30"
    comparison = ""
    in_file = ""
    noun = "whole minutes"

    def number_reader(self, facts: Facts, ways: Conventions) -> Callable[[Any], int | None]:
        from officeops.values.quantities import read_duration

        return read_duration

    def show(self, value: Any, facts: Facts, ways: Conventions) -> str:
        sign = "-" if value < 0 else ""
        hours, minutes = divmod(abs(value), 60)
        return f"{sign}{hours}:{minutes:02}"

    def typed(self, value: Any, facts: Facts, ways: Conventions) -> str:
        return self.show(value, facts, ways)
