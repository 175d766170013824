"""A made-up year by chance: work, mistakes, missed nights, undo and killed commands, and what stays true.

`OFFICEOPS_TIMES=20` makes a soak of it, `OFFICEOPS_SEED=N` repeats a run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from plugins.maintenance.tests.plans.plan_tools import DAY, TODAY, do, on, planned
from tests.effort import TIMES, seed

from officeops import Task
from officeops.core.task_actions import write_tasks
from officeops.history.undo import undo
from officeops.model.errors import OfficeError
from officeops.office.crud import add_record
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.readings.gaps import LogDays
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.recalls.matching import RecallText, matched
from officeops_maintenance.recalls.recall import Recall, RecallCandidate
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from officeops.office.office import Office
    from officeops.testing import Cli

#: Steps of a year in one run, and kills among them; a soak makes many times as many.
STEPS, KILLS = 60 * TIMES, 2 * TIMES
UNIT_WORK = ("take-out", "quarantine", "return", "lend", "take-back", "retire", "reinstate")
TICKET_WORK = ("assign", "start", "wait", "close", "reopen", "cancel", "vendor-answered")
GIVEN: dict[str, dict[str, Any]] = {
    "take-out": {"reason": "Broken"},
    "quarantine": {"reason": "Recall"},
    "lend": {"lent_to": "Dr. Hahn", "due_back_on": TODAY},
    "retire": {"reason": "Worn out"},
    "reinstate": {"reason": "Needed"},
    "assign": {"assignee": "luis"},
    "wait": {"waiting_for": "parts"},
    "reopen": {"reason": "Again"},
    "cancel": {"reason": "Gone"},
    "skip": {"reason": "Holiday"},
    "explain": {"reason": "Holiday"},
}


class Year:
    """An office, its day, and what may happen next."""

    def __init__(self, office: Office, patch: pytest.MonkeyPatch, chance: random.Random) -> None:
        self.office, self.patch, self.chance = office, patch, chance
        self.today = TODAY
        #: How many actions may be undone.
        self.undoable = 0
        on(patch, office, TODAY)
        for name in ("ECG", "AED"):
            add_record(office, Equipment, {"name": name, "make": "Voltra", "model": "E12"})
        self.plan = planned(office, equipment_id=1, while_out="pause")
        add_record(office, MonitoredUnit, {"name": "Freezer", "shows_range": False})

    def step(self) -> None:
        """Take one step, or none where the office refuses it."""
        steps: list[Callable[[], object]] = [self.nights, self.unit, self.ticket, self.task]
        steps += [self.report, self.read, self.more, self.back]
        try:
            self.chance.choice(steps)()
        except OfficeError:
            return

    def nights(self) -> None:
        """Some days pass; on some of the nights the job does not run."""
        self.today += self.chance.randrange(1, 9) * DAY
        on(self.patch, self.office, self.today)
        if self.chance.random() < 0.5:
            self.office.do(write_tasks)
            self.undoable = 0

    def unit(self) -> None:
        self._work(Equipment, UNIT_WORK)

    def ticket(self) -> None:
        self._work(Ticket, TICKET_WORK)

    def task(self) -> None:
        self._work(Task, ("complete", "skip", "explain"))

    def _work(self, kind: Any, verbs: tuple[str, ...]) -> None:  # noqa: ANN401 - a kind of record
        records = list(self.office.all(kind))
        verb = self.chance.choice(verbs)
        if records:
            do(self.office, self.chance.choice(records), verb, **GIVEN.get(verb, {}))
            self.undoable += 1

    def report(self) -> None:
        unsafe = self.chance.random() < 0.3
        unit = self.chance.choice(list(self.office.all(Equipment)))
        given = {"title": "Flat line", "equipment_id": unit.id, "unsafe": unsafe}
        add_record(self.office, Ticket, given)
        self.undoable += 1

    def read(self) -> None:
        given: dict[str, Any] = {"unit_id": 1, "day": self.today, "slot": "am"}
        given["taken_at"] = self.office.now()
        with self.office.acting("test.read"):
            self.office.add(TemperatureReading(current=-1500, read_by="mia", **given))

    def more(self) -> None:
        """A unit comes, or a recall."""
        number = self.office.last_id(Equipment) + self.office.last_id(Recall)
        if self.chance.random() < 0.5:
            given = {"name": f"Unit {number}", "make": "Voltra", "model": f"E{number % 3 + 11}"}
            add_record(self.office, Equipment, given)
        else:
            named = {"firm": "Voltra", "product": f"Voltra E{number % 3 + 11}"}
            add_record(self.office, Recall, {"number": f"Z-{number}", **named})
        self.undoable += 1

    def back(self) -> None:
        if self.undoable:
            undo(self.office)
            self.undoable -= 1


def stays_true(year: Year) -> None:
    """What holds after any sequence of steps."""
    office = year.office
    office.do(write_tasks)
    year.undoable = 0
    assert not [noted for noted in office.due_items() if not noted.due.what]
    for unit in office.all(Equipment):
        lasting = office.all(Downtime, "equipment_id = ? AND ended_at IS NULL", unit.id)
        assert len(list(lasting)) == (unit.status in DOWN), unit
    tasks = office.all(Task, "plan_key = ? AND plan_id = ?", Plan.meta.key, year.plan.id)
    days = [task.nominal_on for task in tasks]
    weeks = range((year.today - TODAY).days // 7 + 1)
    assert len(days) == len(set(days))
    # While a unit is retired nobody keeps its dates.
    was_retired = any(event.now == "retired" for event in office.events(office.get(Equipment, 1)))
    if office.get(Equipment, 1).status == "in_service" and not was_retired:
        assert {TODAY + timedelta(weeks=week) for week in weeks} <= set(days)
    log = LogDays(office, office.get(MonitoredUnit, 1), TODAY, year.today - DAY)
    gaps = {gap.slot for gap in log.gaps()}
    assert all((slot in gaps) != log.is_read(slot) for slot in log.asked())
    waiting = office.all(RecallCandidate, "decision = 'open'")
    assert {(one.recall_id, one.equipment_id) for one in waiting} == pairs(office)


def pairs(office: Office) -> set[tuple[int, int]]:
    """The recalls with the units in use that they name, worked out once more."""
    found = set()
    for recall in office.all(Recall):
        text = RecallText.of(recall.firm, recall.product, recall.codes)
        for unit in office.all(Equipment, "status <> 'retired'"):
            if matched(text, unit):
                found.add((recall.id, unit.id))
    return found


def killed(office: Office, chance: random.Random) -> None:
    """Report a problem by a real command that is killed at some moment: all of it is there, or none."""
    before = office.last_id(Ticket)
    words = ("ticket", "new", "Killed", "--equipment", "EQ-1", "--unsafe", "yes")
    command = [sys.executable, "-m", "officeops", "--db", office.path, *words]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
    )
    time.sleep(chance.uniform(0.1, 0.8))
    process.kill()
    process.wait()
    for ticket in office.all(Ticket, "id > ?", before):
        unit = office.get(Equipment, ticket.equipment_id or 0)
        # A report of something unsafe and the state of its unit come together, or not at all.
        assert unit.status != "in_service", ticket


def test_a_year_by_chance_keeps_its_promises(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed())  # noqa: S311 - a test's
    year = Year(office, monkeypatch, chance)
    kills = set(chance.sample(range(STEPS), KILLS))
    for number in range(STEPS):
        year.step()
        if number in kills:
            killed(office, chance)
        if number % 20 == 19:
            stays_true(year)
    problems = [line for line in cli("selfcheck").out.splitlines() if line.startswith("problem")]
    # The made-up year may go beyond the day of this machine, which selfcheck names.
    assert not [line for line in problems if not line.startswith("problem  clock")], problems
