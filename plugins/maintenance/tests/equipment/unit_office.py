"""The office of a walk: two units with all on which a return may rest, and values drawn for it."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from plugins.maintenance.tests.equipment.unit_oracle import Answer, Question

from officeops.core.checklist_records import Checklist, ChecklistItem
from officeops.core.task_record import Task
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.point import CalibrationPoint
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.recalls.recall import Recall, RecallCandidate
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops.office.office import Office

#: The kinds on which a return rests, with those that say what is asked, and how often each is drawn.
KINDS: Final[dict[type[Any], int]] = {
    Equipment: 5,
    Ticket: 14,
    Task: 8,
    Calibration: 10,
    ChecklistItem: 10,
    Plan: 5,
    RecallCandidate: 4,
    Category: 4,
    Checklist: 1,
    CalibrationPoint: 3,
    Recall: 2,
    Visit: 2,
}
TEXTS: Final = ("Leak", "Pressure", "Door", "Voltra", "E12", "Other")
#: Records of a kind from which one is drawn, the newest.
RECENT: Final = 5


class UnitOffice:
    """Two units of a category with a test, a plan of calibrations, one of visits, and a recall."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.draw = random.Random(seed)  # noqa: S311 - no secret
        #: Whether somebody answers as it should be.
        self.is_good = False
        #: The last record of each kind before the walk.
        self.base = {kind: office.last_id(kind) for kind in KINDS}
        with office.acting("test.setup"):
            self.lists = [self._checklist(name) for name in ("Return", "Weekly")]
            self._set_up(office.last_id(Checklist))

    def _checklist(self, name: str) -> int:
        office = self.office
        listed = office.add(Checklist(name=f"{name} {office.last_id(Checklist)}"))
        facts: dict[str, Any] = {"checklist_id": listed.id, "blocks": True}
        office.add(ChecklistItem(text="Leak", **facts))
        limits: dict[str, Any] = {"type": "number", "low": 0, "high": 500}
        office.add(ChecklistItem(text="Pressure", **limits, **facts))
        return listed.id

    def _set_up(self, number: int) -> None:
        office = self.office
        category = Category(name=f"Autoclave {number}", release_checklist_id=self.lists[0])
        words: dict[str, Any] = {"make": "Voltra", "model": "E12"}
        words["category_id"] = office.add(category).id
        self.units = [office.add(Equipment(name=name, **words)).id for name in "AB"]
        facts: dict[str, Any] = {"equipment_id": self.units[0], "first_on": office.today}
        office.add(Plan(title="Scale", sort="calibration", needs_certificate=True, **facts))
        office.add(Plan(title="Filter", sort="visit", **facts))
        office.add(Recall(number=f"Z-{number}", firm="Voltra", product="Voltra E12"))

    # -- what is drawn -------------------------------------------------------------------------

    def is_chance(self, share: float) -> bool:
        """Draw whether something happens, so many times of one."""
        return self.draw.random() < share

    def kind(self) -> type[Any]:
        """Draw a kind of record."""
        return self.draw.choices(list(KINDS), list(KINDS.values()))[0]

    def unit(self) -> Equipment:
        """Draw a unit; most steps are about the first one."""
        return self.office.get(Equipment, self.draw.choices(self.units, (5, 1))[0])

    def record(self, kind: type[Any]) -> Any:  # noqa: ANN401 - any record
        """Draw a record of the walk, the archived ones too; None where there is none."""
        if kind is Equipment:
            return self.unit()
        base = max(self.base.get(kind, 0), self.office.last_id(kind) - RECENT)
        rows = self.office.rows(f"SELECT id FROM {kind.meta.table} WHERE id > ? ORDER BY id", base)
        return self.office.get(kind, self.draw.choice(rows)[0]) if rows else None

    def value(self, field: Any) -> Any:  # noqa: ANN401 - of any kind
        """Draw a value of a field by its own kind."""
        if field.choices:
            return self.draw.choice(field.choices)
        if field.kind.name == "reference":
            record = self.record(self.office.records[field.target])
            return record.id if record and self.is_chance(0.8) else None
        if field.kind.name == "instant":
            # Mostly now: no state is back-dated before the one that it left.
            minutes = self.draw.choice((None, None, None, 1, 3000))
            return self.office.now() - timedelta(minutes=minutes) if minutes else None
        if field.kind.name == "date":
            return self.office.today + timedelta(days=self.draw.randint(-3, 1))
        return self.draw.choice(self._plain(field.kind.name))

    def _plain(self, sort: str) -> tuple[Any, ...]:
        numbers = dict.fromkeys(("number", "money", "duration"), (1, 2, 30))
        values: dict[str, tuple[Any, ...]] = {"yes_no": (True, False), **numbers}
        values["decimal"] = (0, 300, 900, 1000)
        return values.get(sort, TEXTS)

    # -- questions and answers -----------------------------------------------------------------

    def questions(self, checklist_id: int | None, *, required: bool = False) -> list[Question]:
        """Return the questions of a checklist, as a person reads them now."""
        where = "checklist_id = ?" + (" AND required" if required else "")
        return [
            Question(item.id, item.text, item.type, item.unit, item.low, item.high, item.blocks)
            for item in self.office.all(ChecklistItem, where, checklist_id, order="id")
        ]

    def asked(self, unit_id: int) -> list[Question]:
        """Return the questions that the category of a unit asks now."""
        unit = self.office.get(Equipment, unit_id)
        category = self.office.get(Category, unit.category_id) if unit.category_id else None
        if category is None:
            return []
        return self.questions(category.release_checklist_id, required=True)

    def answers(self, task_id: int | None) -> list[Answer]:
        """Draw the answers to the questions of a task."""
        task = self.office.get(Task, task_id) if task_id else None
        questions = self.questions(task.checklist_id if task else None)
        return [Answer(question, self._answer(question), "") for question in questions]

    def _answer(self, question: Question) -> str:
        is_good = self.is_good or self.is_chance(0.7)
        if question.type == "pass_fail":
            return "pass" if is_good else "fail"
        return "3" if is_good else "7"
