"""Hours: lengths of time of which people say the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.duration import Duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Hours(Duration):
    """A length of time, kept in minutes, whose plain numbers are hours: 8 and 7.5 are 8:00 and 7:30."""

    name = "hours"
    hint = "hours: 8, 7.5, 7:30, 90m"
    example = "7:30"
    comparison = ">8"
    # In a file 480 would be read back as so many hours.
    stored_is_plain = False

    def number_reader(self, facts: Facts, ways: Conventions) -> Callable[[Any], int | None]:
        from officeops.values.hours import read_hours

        return read_hours

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        return self.show(value, facts, ways)
