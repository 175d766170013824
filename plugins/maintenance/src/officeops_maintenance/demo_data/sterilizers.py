"""The sterilizers of the made-up practice: two years of loads and spore tests, and one positive."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_maintenance.demo_data.spore_failure import play_failure
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Days from today: the first load, the first spore test, and the positive one, two seasons ago.
_FIRST: Final = -728
_TESTED: Final = -726
_POSITIVE: Final = -180
#: The week whose test nobody did, counted from the first.
_MISSED: Final = 41
_WEEK: Final = 7
_DAY: Final = timedelta(days=1)
#: The first cycle number of each sterilizer.
_CYCLE: Final = 801
_CONTENTS: Final = (
    "4 exam sets",
    "6 specula",
    "2 suture sets",
    "Scissors and forceps",
    "3 biopsy sets",
)
_CLEAN: Final = {
    "test_vial": "no_growth",
    "control_vial": "growth",
    "mechanical": "pass",
    "chemical": "pass",
}


class SterilizersPast:
    """Two years of loads and tests, in two parts: a positive test locked one in between.

    Each part leaves out the days on which a unit was down, so the repairs of that part come first.
    """

    def __init__(self, office: Office, seed: int) -> None:
        self._demo, self._office = Demo(office, seed, "sterilizers"), office
        self._units = list(office.all(Equipment, "spore_procedure IS NOT NULL", order="id"))
        #: The latest cycle number of each unit.
        self._cycles = dict.fromkeys((unit.id for unit in self._units), _CYCLE - 1)
        self.positive_on = self._open_again(self._demo.day(_POSITIVE))

    def begin(self) -> None:
        """Write what came before the positive test, and then that, step by step."""
        self._write(_FIRST, self.positive_on)
        if self._units:
            play_failure(self._demo, self._units[0], self.positive_on, _CLEAN)

    def go_on(self) -> None:
        """Write what came after it, up to yesterday."""
        self._write((self.positive_on - self._demo.today).days, self._demo.today)

    def _write(self, first: int, until: date) -> None:
        # Read once: to ask the office for its calendar takes a query.
        calendar = self._office.calendar
        days = [day for day in map(self._demo.day, range(first, 0)) if calendar.is_open(day)]
        with self._demo.writing():
            for unit in self._units:
                ran = self._ran(unit, [day for day in days if day < until])
                self._office.add_many(Load, list(self._loads(unit, ran)))
                self._office.add_many(SporeTest, list(self._tests(unit, {*ran})))

    def _ran(self, unit: Equipment, days: list[date]) -> list[date]:
        """Return the days on which a sterilizer ran: it was neither locked nor broken."""
        day_of = self._office.ways.day_of
        downtimes = [
            (day_of(down.started_at), day_of(down.ended_at) if down.ended_at else date.max)
            for down in self._office.all(Downtime, "equipment_id = ?", unit.id)
        ]
        # The test of that day is the positive one, whose loads nobody would run twice.
        if unit is self._units[0]:
            downtimes.append((self.positive_on, self.positive_on + _DAY))
        return [day for day in days if not any(first <= day < last for first, last in downtimes)]

    def _open_again(self, day: date) -> date:
        """Return a day, or the next one on which the office is open, as the plan moves its dates."""
        calendar = self._office.calendar
        while not calendar.is_open(day):
            day += _DAY
        return day

    def _loads(self, unit: Equipment, ran: list[date]) -> Iterator[dict[str, Any]]:
        chance = self._demo.random(f"{unit.name} {self._cycles[unit.id]}")
        for day in ran:
            self._cycles[unit.id] += 1
            moment = self._office.ways.moment(day, 12 * 60 + chance.randint(0, 50))
            person = chance.choice(("mia", "luis"))
            yield {
                "equipment_id": unit.id,
                "number": str(self._cycles[unit.id]),
                "run_at": moment.isoformat(),
                "contents": chance.choice(_CONTENTS),
                "program": "Wrapped 132 °C",
                "mechanical": "pass",
                "chemical": "pass",
                "run_by": person,
                "state": "released",
                "released_by": person,
                "released_at": (moment + timedelta(minutes=55)).isoformat(),
            }

    def _tests(self, unit: Equipment, ran: set[date]) -> Iterator[dict[str, Any]]:
        """Yield a negative test of each week, but for the missed one."""
        for week, number in enumerate(range(_TESTED, 0, _WEEK)):
            day = self._open_again(self._demo.day(number))
            if week == _MISSED or day not in ran:
                continue
            moment = self._office.ways.moment(day, 8 * 60 + 10)
            yield {
                "equipment_id": unit.id,
                "run_at": moment.isoformat(),
                "indicator_lot": "2203A",
                "run_by": "luis",
                "state": "negative",
                "read_at": (moment + _DAY).isoformat(),
                "result_by": "luis",
                **_CLEAN,
            }
