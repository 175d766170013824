"""What became of the dates of a plan: done early, on time or late, missed, skipped, or signed twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import ChecklistItem
from officeops.demo import PEOPLE, TaskEnd, demo_rows, working_again, working_before
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from random import Random

    from officeops.demo import Demo, Occurrence
    from officeops_maintenance.plans.plan import Plan

#: The answers that a checklist of the demo gets, by the type of question; a text is a number.
_ANSWERS: Final = {"pass_fail": "pass", "text": "4711", "number": "20", "reading": "41"}
_DAY: Final = timedelta(days=1)
#: How often somebody is early with work that comes once a month or a year.
_EARLY: Final = 0.2
#: A visit is noted once they have left.
_EVENING: Final = 18 * 60
_THEY: Final = "they did not come: Their van broke down"


class Endings:
    """The endings of one plan's dates, by chance as often as its row says."""

    def __init__(
        self,
        demo: Demo,
        plan: Plan,
        row: Mapping[str, str],
    ) -> None:
        self._demo, self._plan = demo, plan
        self._missed, self._late = int(row["missed"]), int(row["late"])
        self.leaves_open = bool(row["open"])
        self._chance = demo.random(f"plan {plan.title} {row['unit']}")
        self._reasons = [one["reason"] for one in demo_rows(__package__, "reasons.csv")]
        self._tests = self._spore_tests() if row["template"] == "Spore test" else {}
        self.answers = self._answers()

    def of(self, occurrence: Occurrence) -> TaskEnd | None:
        """Return how a date ended."""
        if self._tests:
            return self._as_tested(occurrence)
        drawn = self._chance.randrange(100)
        if drawn < self._missed:
            return self._left_out(occurrence)
        is_late = drawn < self._missed + self._late
        return self._done(self._day(occurrence.due_on, is_late=is_late))

    # -- done --------------------------------------------------------------------------------------

    def _day(
        self,
        due: date,
        *,
        is_late: bool,
    ) -> date:
        """Return the day on which a task was done: a few days late, now and then a day early."""
        if is_late:
            late = self._chance.randint(1, max(1, min(self._plan.days_late or 5, 9)))
            return min(working_again(due + late * _DAY), self._demo.today - _DAY)
        is_rare = self._plan.unit in {"month", "year"} and self._plan.vendor_id is None
        if is_rare and self._chance.random() < _EARLY:
            return working_before(due - 2 * _DAY)
        return due

    def _done(self, day: date) -> TaskEnd:
        owner, is_visit = self._plan.owner, self._plan.vendor_id is not None
        minute = _EVENING if is_visit else self._chance.randint(8 * 60, 16 * 60)
        # Now and then a colleague does it.
        helps = not is_visit and self._chance.random() < 0.15
        person = _other(self._chance, owner) if helps else owner
        signs = self._plan.second_sign
        return TaskEnd(
            state="signed" if signs else "done",
            at=self._moment(day, minute),
            by=person,
            answers=self.answers,
            signed_by=_other(self._chance, person) if signs else None,
        )

    def _answers(self) -> dict[str, str] | None:
        """Return an answer that passes for each item of the plan's checklist; None without one."""
        if self._plan.checklist_id is None:
            return None
        items = self._demo.office.all(
            ChecklistItem,
            "checklist_id = ?",
            self._plan.checklist_id,
        )
        return {item.text: _ANSWERS.get(item.type) or _good(item) for item in items}

    # -- not done ----------------------------------------------------------------------------------

    def _left_out(self, occurrence: Occurrence) -> TaskEnd:
        if self._plan.vendor_id is not None:
            return TaskEnd(
                "skipped",
                self._moment(occurrence.due_on, _EVENING),
                "ann",
                _THEY,
            )
        reason = self._chance.choice(self._reasons)
        # Without a last day it cannot be missed; somebody leaves it out.
        state = "skipped" if self._plan.days_late is None else "missed"
        said_on = working_again(occurrence.due_on + (self._plan.days_late or 0) * _DAY + 2 * _DAY)
        return TaskEnd(
            state,
            self._moment(said_on, 9 * 60),
            "ann",
            reason,
        )

    # -- spore tests -------------------------------------------------------------------------------

    def _spore_tests(self) -> dict[tuple[int, date], SporeTest]:
        """Return the spore tests by their units and days: such a task is done by its test."""
        office = self._demo.office
        tests = office.all(SporeTest)
        return {(test.equipment_id, office.ways.day_of(test.run_at)): test for test in tests}

    def _as_tested(self, occurrence: Occurrence) -> TaskEnd:
        unit_id = occurrence.subject.id if occurrence.subject else 0
        test = self._tests.get((unit_id, occurrence.due_on))
        if test is None:
            return self._left_out(occurrence)
        return TaskEnd(
            "done",
            test.run_at,
            self._plan.owner,
        )

    def _moment(
        self,
        day: date,
        minute: int,
    ) -> datetime:
        return self._demo.office.ways.moment(day, minute)


def _good(item: ChecklistItem) -> str:
    """Return the first choice that does not fail."""
    failing = item.failing or ""
    return next(word for word in item.words if word not in failing.split(", "))


def _other(chance: Random, person: str) -> str:
    """Return somebody else of the practice."""
    return chance.choice([name for name in PEOPLE if name != person])
