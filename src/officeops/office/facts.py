"""The facts of the whole office, its day, and how it writes values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.office_record import Facts
from officeops.values.conventions import Conventions
from officeops.values.office_day import day_in

if TYPE_CHECKING:
    from datetime import date

    from officeops.office.reader import Reader


class OfficeFacts:
    """Reads the facts once, and works out the office's day and conventions from them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._facts: Facts | None = None
        self._day: date | None = None

    def set_day(self, day: date | None) -> None:
        """Let a day be today, while a demo's past is made up; None is the day of the clock."""
        self._day = day

    @property
    def facts(self) -> Facts:
        """The one record of facts; a blank one in a file that has none yet."""
        if self._facts is None:
            self._facts = next(self._reader.all(Facts), None) or Facts(name="Office")
        return self._facts

    def forget(self) -> None:
        """Read the facts again when they are next asked for."""
        self._facts = None

    @property
    def today(self) -> date:
        """Today at the office.

        `OFFICEOPS_TODAY` sets another day, for reports of the past and for tests.

        Raises UsageProblem where that is no day.
        """
        return self._day or day_in(self.facts.time_zone)

    def today_text(self) -> str:
        """Give today to SQLite's function `office_today()`, once for each statement."""
        return self.today.isoformat()

    @property
    def conventions(self) -> Conventions:
        """How this office writes money, dates and times."""
        facts = self.facts
        zone, scale = facts.time_zone or "", facts.temperature
        return Conventions(facts.currency, facts.date_order, self.today, zone, scale)
