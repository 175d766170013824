"""The positive spore test of the made-up practice: the review, the repeats and the decision."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.failure_life import FAILURE
from officeops_maintenance.sterilizer.failure_steps import review
from officeops_maintenance.sterilizer.reading import read
from officeops_maintenance.sterilizer.recall import decide_all
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from datetime import date, datetime

    from officeops.demo import Demo
    from officeops_maintenance.equipment.equipment import Equipment


def play_failure(
    demo: Demo,
    unit: Equipment,
    day: date,
    clean: dict[str, str],
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
            # A repeat counts from the review on.
            office.ways.moment(next_day, 12 * 60) + number * step,
            clean,
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
