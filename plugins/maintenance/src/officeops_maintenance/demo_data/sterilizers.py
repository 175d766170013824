"""The sterilizers of the made-up practice: weeks of loads and spore tests, and one that was positive."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo, working_before
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

#: Days from today: the first load, the positive test, and the test that was missed. Autoclave 1 rests until it is released.
_FIRST: Final = -84
_POSITIVE: Final = -38
_MISSED: Final = -10
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
    failed = working_before(demo.day(_POSITIVE))
    with demo.writing():
        for unit in units:
            rests = unit is units[0]
            office.add_many(
                Load,
                list(
                    _loads(
                        demo,
                        unit,
                        failed if rests else None,
                    )
                ),
            )
            office.add_many(
                SporeTest,
                list(
                    _tests(
                        demo,
                        unit,
                        failed if rests else None,
                    )
                ),
            )
    if units:
        _failure(
            demo,
            units[0],
            failed,
        )


def _days(demo: Demo, failed: date | None) -> Iterator[date]:
    """Yield the open days on which a sterilizer ran, up to yesterday."""
    for number in range(-_FIRST):
        day = demo.day(_FIRST + number)
        is_locked = failed is not None and failed <= day <= failed + _RESTS
        if demo.office.calendar.is_open(day) and not is_locked:
            yield day


def _loads(
    demo: Demo,
    unit: Equipment,
    failed: date | None,
) -> Iterator[dict[str, Any]]:
    chance = demo.random(unit.name)
    for number, day in enumerate(_days(demo, failed), start=1801):
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
    failed: date | None,
) -> Iterator[dict[str, Any]]:
    """Yield a negative test of each week, but for that of the positive one."""
    weeks: dict[tuple[int, int], date] = {}
    for day in _days(demo, failed):
        # The plan of the demo has missed the last one.
        if day >= demo.day(_MISSED):
            break
        weeks.setdefault(day.isocalendar()[:2], day)
    if failed is not None:
        weeks.pop(failed.isocalendar()[:2], None)
    for day in weeks.values():
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
