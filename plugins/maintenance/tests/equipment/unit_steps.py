"""Steps of a walk that are carried out, and told to the oracle with what the person saw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.maintenance.tests.equipment.unit_office import UnitOffice
from plugins.maintenance.tests.equipment.unit_oracle import Answer, Oracle, Said

from officeops.core.task_record import Task
from officeops.office.crud import add_record
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.recalls.recall import RecallCandidate
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops.office.office import Office


class UnitSteps(UnitOffice):
    """An office whose steps the oracle hears."""

    def __init__(self, office: Office, seed: int) -> None:
        super().__init__(office, seed)
        self.oracle = Oracle()
        self.log: list[str] = []
        #: Due tasks that a record of their own completes.
        self.proved: set[int] = set()
        #: The moment before the step, and the states of the units then.
        self.at = ""
        self.was: dict[int, str] = {}
        self.first = self.last_action()

    def begin(self) -> None:
        """Note how things are before a step."""
        self.at = self.office.now().isoformat()
        self.was = {number: self.status(number) for number in self.units}
        where = "state = 'open' AND plan_key = 'maintenance.plan' AND due_on <= office_today()"
        for task in self.office.all(Task, where):
            plan = self.office.get(Plan, task.plan_id or 0)
            is_calibration = plan.sort == "calibration" and plan.checklist_id is None
            if is_calibration or plan.sort == "visit":
                self.proved.add(task.id)

    def last_action(self) -> int:
        return int(self.office.value("SELECT max(id) FROM core_action"))

    def status(self, unit_id: int) -> str:
        return self.office.get(Equipment, unit_id).status

    # -- steps ---------------------------------------------------------------------------------

    def step_of(self, record: Any, word: str, **given: Any) -> str:  # noqa: ANN401 - any record
        """Take a step of a record by its word."""
        [action] = [one for one in self.office.actions(type(record)) if one.word == word]
        return self.do(record, action, **given)

    def do(self, record: Any, action: Any, **given: Any) -> str:  # noqa: ANN401 - any record
        """Take a step with drawn values, but those that are given."""
        drawn = {field.name: self.value(field) for field in action.fields}
        values = {**drawn, **{name: given[name] for name in given.keys() & drawn.keys()}}
        answers: list[Answer] = []
        if "answer" in values:
            # A visit answers the questions of its task.
            task_id = record.id if isinstance(record, Task) else record.task_id
            answers = self.answers(task_id)
            values["answer"] = "\n".join(f"{one.question.text}={one.value}" for one in answers)
        self.office.do(action, record, **values)
        self.tell(type(record), record.id, action.word, {**values, "answers": answers})
        return f"{action.name} {record.human_key} {values}"

    def add(self, kind: type[Any], **values: Any) -> Any:  # noqa: ANN401 - any record
        """Add a record as a person does."""
        record = add_record(self.office, kind, values)
        self.tell(kind, record.id, "add", values)
        return record

    # -- what the oracle hears -----------------------------------------------------------------

    def tell(self, kind: type[Any], number: int, verb: str, values: dict[str, Any]) -> None:
        """Tell the oracle of a step that was carried out."""
        if kind is Task and verb == "complete":
            why = f"T-{number} was completed by hand"
            assert number not in self.proved, "\n".join([why, *self.log])
        facts = self._facts(kind, number, values)
        action = self.last_action()
        if facts is not None:
            told = {**facts, "at": self.at}
            self.oracle.hear(Said(action, verb, kind.meta.noun, number, told))
        returned = self._returned(kind, number, values)
        if returned:
            self.oracle.hear(Said(action, "return", "equipment", returned, {}))

    def _returned(self, kind: type[Any], number: int, values: dict[str, Any]) -> int:
        """Return the unit that came back with its ticket; 0 for none."""
        if kind is not Ticket or not values.get("return_unit"):
            return 0
        unit_id = self.office.get(Ticket, number).equipment_id or 0
        came = self.was.get(unit_id) in DOWN and self.status(unit_id) == "in_service"
        return unit_id if came else 0

    def _facts(self, kind: type[Any], number: int, values: dict[str, Any]) -> dict[str, Any] | None:
        record = self.office.get(kind, number)
        if kind is Equipment:
            return {"asked": self.asked(number)}
        if kind is Ticket:
            asked = {unit: self.asked(unit) for unit in self.units}
            # The report that somebody took back says nothing.
            is_unsafe = record.unsafe and record.archived_at is None
            facts = {"unsafe": is_unsafe, "unit": record.equipment_id, "asked": asked}
            return {**facts, "head": values.get("duplicate_of_id")}
        if kind is Calibration:
            facts = {"day": record.done_on, "unit": record.equipment_id}
            facts["asked"] = self.asked(record.equipment_id)
            return {**facts, "take_out": values.get("take_out", True)}
        if kind is RecallCandidate:
            return {"unit": record.equipment_id, "asked": self.asked(record.equipment_id)}
        if kind is Task and values.get("answers"):
            about = record.about
            at = record.done_at.isoformat() if record.done_at else ""
            answers = [one._replace(at=at) for one in values["answers"]]
            return {"unit": about.id if about else None, "answers": answers}
        return None
