"""Times of day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.number import Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class TimeOfDay(Number):
    """A time by the clock on the wall, kept in minutes after midnight: 9:15 is 555.

    The end of the day, 24:00, is taken where the field says `maximum=1440`.
    """

    name = "time_of_day"
    hint = "a time: 9:15, 16:00, 4 pm"
    example = "9:15"
    comparison = "<12:00"
    in_file = ""
    stored_is_plain = False
    noun = "a time of day in minutes after midnight"

    def number_reader(self, facts: Facts, ways: Conventions) -> Callable[[Any], int | None]:
        from officeops.values.times import read_time

        return read_time

    def limits(self, facts: Facts) -> tuple[int | None, int | None]:
        # The last minute of a day, or its end.
        high = 1439 if facts.maximum is None else min(facts.maximum, 1440)
        return max(facts.minimum or 0, 0), high

    def show(self, value: Any, facts: Facts, ways: Conventions) -> str:
        hours, minutes = divmod(value, 60)
        return f"{hours}:{minutes:02}"

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        hours, minutes = divmod(value, 60)
        return f"{hours:02}:{minutes:02}"
