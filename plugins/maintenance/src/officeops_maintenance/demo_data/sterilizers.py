"""The sterilizers of the made-up practice: two years of loads and spore tests, and one positive."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.failure_life import FAILURE
from officeops_maintenance.sterilizer.failure_steps import review
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.reading import read
from officeops_maintenance.sterilizer.recall import decide_all
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Days from today: the first load, the first spore test, and the positive one, two seasons ago.
_FIRST: Final = -728
_TESTED: Final = -726
POSITIVE: Final = -180
#: The week whose test nobody did, counted from the first.
_MISSED: Final = 41
_WEEK: Final = 7
_DAY: Final = timedelta(days=1)
#: Autoclave 1 rests after the positive test until it is released.
_RESTS: Final = timedelta(days=3)
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


def build_sterilizers(office: Office, seed: int) -> None:
    """Write the loads and the weekly tests, and then the positive one, step by step."""
    demo = Demo(
        office,
        seed,
        "sterilizers",
    )
    units = list(
        office.all(
            Equipment,
            "spore_procedure IS NOT NULL",
            order="id",
        )
    )
    failed = _open_again(demo, demo.day(POSITIVE))
    with demo.writing():
        for unit in units:
            days = _Days(
                demo,
                unit,
                failed if unit is units[0] else None,
            )
            office.add_many(
                Load,
                list(
                    _loads(
                        demo,
                        unit,
                        days,
                    )
                ),
            )
            office.add_many(
                SporeTest,
                list(
                    _tests(
                        demo,
                        unit,
                        days,
                    )
                ),
            )
    if units:
        _failure(
            demo,
            units[0],
            failed,
        )


def _open_again(demo: Demo, day: date) -> date:
    """Return a day, or the next one on which the office is open, as the plan moves its dates."""
    calendar = demo.office.calendar
    while not calendar.is_open(day):
        day += _DAY
    return day


class _Days:
    """The days on which a sterilizer ran: open ones, on which it was neither locked nor broken."""

    def __init__(
        self,
        demo: Demo,
        unit: Equipment,
        failed: date | None,
    ) -> None:
        # Read once: to ask the office for its calendar takes a query.
        self._calendar, self._failed, self._ways = demo.office.calendar, failed, demo.office.ways
        self._down = list(
            demo.office.all(
                Downtime,
                "equipment_id = ?",
                unit.id,
            )
        )

    def has(self, day: date) -> bool:
        """Whether it ran on a day."""
        if not self._calendar.is_open(day) or any(self._is_down(one, day) for one in self._down):
            return False
        return self._failed is None or not self._failed <= day <= self._failed + _RESTS

    def _is_down(
        self,
        downtime: Downtime,
        day: date,
    ) -> bool:
        first = self._ways.day_of(downtime.started_at)
        ended = downtime.ended_at
        return first <= day and (ended is None or day < self._ways.day_of(ended))


def _loads(
    demo: Demo,
    unit: Equipment,
    days: _Days,
) -> Iterator[dict[str, Any]]:
    chance = demo.random(unit.name)
    ran = filter(days.has, map(demo.day, range(_FIRST, 0)))
    for number, day in enumerate(ran, start=801):
        moment = demo.office.ways.moment(day, 12 * 60 + chance.randint(0, 50))
        person = chance.choice(("mia", "luis"))
        yield {
            "equipment_id": unit.id,
            "number": str(number),
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


def _tests(
    demo: Demo,
    unit: Equipment,
    days: _Days,
) -> Iterator[dict[str, Any]]:
    """Yield a negative test of each week, but for the missed one and that of the positive one."""
    for week, number in enumerate(
        range(
            _TESTED,
            0,
            _WEEK,
        )
    ):
        day = _open_again(demo, demo.day(number))
        if week == _MISSED or day >= demo.today or not days.has(day):
            continue
        moment = demo.office.ways.moment(day, 8 * 60 + 10)
        yield {
            "equipment_id": unit.id,
            "run_at": moment.isoformat(),
            "indicator_lot": "2203A",
            "run_by": "luis",
            "state": "negative",
            "read_at": (moment + timedelta(days=1)).isoformat(),
            "result_by": "luis",
            **_CLEAN,
        }


def _failure(
    demo: Demo,
    unit: Equipment,
    day: date,
) -> None:
    """Read the positive test, review, repeat it as often as is asked, decide, and release."""
    office, step = demo.office, timedelta(hours=3)
    start = office.ways.moment(day, 8 * 60)
    _tested(
        demo,
        unit,
        start,
        {"test_vial": "growth", "control_vial": "growth"},
    )
    failure = office.first(
        Failure,
        "equipment_id = ?",
        unit.id,
    )
    if failure is None:
        return
    next_day = day + timedelta(days=1)
    with demo.at(next_day, "ann"):
        office.do(
            review,
            failure,
            findings="Overloaded: pouches on top of each other",
        )
    for number in range(failure.repeats):
        _tested(
            demo,
            unit,
            office.ways.moment(next_day, 8 * 60) + number * step,
            _CLEAN,
        )
    after = day + 2 * timedelta(days=1)
    with demo.at(after, "ann"):
        reason = "Mechanical and chemical indicators passed, no implants, the repeats are negative"
        known = office.get(Failure, failure.id)
        office.do(
            decide_all,
            known,
            decision="none",
            decided_by="Dr. Hahn",
            reason=reason,
        )
        office.do(FAILURE.action(Failure, "release"), office.get(Failure, failure.id))


def _tested(
    demo: Demo,
    unit: Equipment,
    moment: datetime,
    shown: dict[str, str],
) -> None:
    office = demo.office
    with demo.at(office.ways.day_of(moment) + timedelta(days=1), "luis"):
        with office.acting("maintenance.spore-test.add"):
            test = office.add(
                SporeTest(
                    equipment_id=unit.id,
                    run_at=moment,
                    indicator_lot="2203A",
                )
            )
        office.do(
            read,
            test,
            **shown,
        )
