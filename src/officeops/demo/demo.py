"""Demo: one plugin's part of a made-up practice, with its days, its people and its chance."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from officeops.office.made_up_time import made_up_time
from officeops.values.zones import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.demo.told_plan import Ending, ToldTask
    from officeops.model.office import Office
    from officeops.model.records import Record

#: The people of the practice by login, with what they do there. None of them is a user of its file.
PEOPLE: Final = {
    "ann": "office manager",
    "dana": "front desk",
    "luis": "medical assistant",
    "priya": "nurse",
}
#: The clock at which something was done, where nobody says.
_MORNING: Final = time(8, 10)


class Demo:
    """A plugin's part of the made-up practice; all of it follows from the seed and from today."""

    def __init__(
        self,
        office: Office,
        seed: int,
        part: str,
    ) -> None:
        self.office, self.part, self.today = office, part, office.today
        self._seed = seed

    def random(self, word: str) -> Random:
        """Return the chance of one thing, such as an item: what else is drawn does not change it."""
        return Random(f"{self._seed}/{word}")  # noqa: S311 - made-up data

    def day(self, days: int | str) -> date:
        """Return the day so many days from today, before it where that is below zero."""
        return self.today + timedelta(days=int(days))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write the part's rows inside, as one action.

        Their history follows at its end, all at once.
        """
        what = f"building the demo's {self.part}"
        with self.office.acting("demo.build", {"plugin": self.part}, bulk=what):
            self.office.defer()
            yield
            self.office.write_deferred()

    def tell(
        self,
        plan: Record,
        last: date,
        ending: Ending,
    ) -> list[ToldTask]:
        """Add a plan with its tasks of the past up to a day, inside `writing()`.

        `ending` says what became of each date: None leaves its task open.
        """
        from officeops.demo.told_plan import tell_plan

        return tell_plan(self.office, plan, last, ending)

    @contextmanager
    def at(
        self,
        day: date,
        person: str,
        clock: time = _MORNING,
    ) -> Iterator[None]:
        """Let a person act inside on a day of the past: actions, stamps and the history say so.

        Raises Broken in a file that is no demo: the clock of an office is nobody's to set.
        """
        zone = zone_of(self.office.facts.time_zone or "")
        moment = datetime.combine(day, clock, zone)
        if moment.date() == datetime.now(zone).date() and moment > datetime.now(zone):
            # A demo that is made before the office opens has no history of later today.
            moment = datetime.combine(day, time.min, zone)
        with made_up_time(self.office, moment, person):
            yield
