"""A walk over the commands of units: drawn steps and generic verbs with drawn values.

Most of the steps bring a unit back, since nothing is shown by one that never returns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plugins.maintenance.tests.equipment.unit_oracle import Said
from plugins.maintenance.tests.equipment.unit_roads import UnitRoads

from officeops.core.task_record import Task
from officeops.history.undo import redo, undo
from officeops.model.about import Subject
from officeops.model.errors import OfficeError, PluginFault
from officeops.office.crud import archive_record, edit_record, unarchive_record
from officeops_maintenance.calibration.calibration import Calibration, latest
from officeops_maintenance.papers import newest_paper
from officeops_maintenance.recalls.recall import RecallCandidate
from officeops_maintenance.tickets.life import UNSAFE
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops_maintenance.equipment.equipment import Equipment

#: Fields on which a return may rest; the others are drawn now and then.
SHARP: Final = frozenset(
    "unsafe equipment_id done_on found task_id text type low high required blocks checklist_id sort "
    "needs_certificate vendor_id release_checklist_id release_second_sign category_id second_sign "
    "title about_id as_found as_left tolerance point make model".split()
)
_OPEN_TEST: Final = """
state = 'open' AND about_key = 'maintenance.equipment' AND about_id = ?
AND checklist_id IS NOT NULL AND plan_id IS NULL
"""


class Walk(UnitRoads):
    """Steps that are drawn one after another, each judged by the oracle."""

    def step(self) -> None:
        """Take a drawn step, if it is carried out, and judge the office after it."""
        self.begin()
        moves: dict[tuple[Callable[[], str | None], ...], int] = {
            (self.mend,): 42,
            (self.edit, self.edit, self.put_away, self.take_back): 36,
            (self.act,): 10,
            (
                self.by_file,
                self.by_file,
                self.lend,
                self.lend,
                self.merge_places,
                self.lose_paper,
            ): 12,
            (self.report, self.ask, self.answer, self.calibrate, self.take_out): 12,
        }
        sort = self.draw.choices(list(moves), list(moves.values()))[0]
        self._take(self.draw.choice(sort))
        self.judge()

    def _take(self, move: Callable[[], str | None]) -> None:
        try:
            line = move()
        except PluginFault:
            raise
        except OfficeError:
            return
        if line:
            self.log.append(f"{self.last_action()}: {line}")

    def judge(self) -> None:
        """Compare the program's answer with the oracle's."""
        for number in self.units:
            # One that is lent is with somebody else, who is told; it is judged as it comes back.
            if self.status(number) == "in_service":
                why = self.oracle.why_not(number)
                assert not why, "\n".join([f"EQ-{number} is in service: {why}", *self.log])
        self.judge_papers()

    # -- generic verbs -------------------------------------------------------------------------

    def edit(self) -> str | None:
        kind = self.kind()
        record = self.record(kind)
        fields = [field for field in kind.meta.fields if not field.managed]
        sharp = [field for field in fields if field.name in SHARP]
        if record is None or not fields:
            return None
        if sharp and self.is_chance(0.8):
            fields = sharp
        chosen = self.draw.sample(fields, min(self.draw.choice((1, 1, 2)), len(fields)))
        values = {field.name: self.value(field) for field in chosen}
        edit_record(self.office, record, values)
        self.tell(kind, record.id, "edit", values)
        return f"edit {record.human_key} {values}"

    def put_away(self) -> str | None:
        record = self.record(self.kind())
        if record is None:
            return None
        if record.archived_at:
            unarchive_record(self.office, record)
            return f"unarchive {type(record).__name__} {record.id}"
        archive_record(self.office, record)
        return f"archive {type(record).__name__} {record.id}"

    def take_back(self) -> str | None:
        number = max(self.first + 1, self.last_action() - self.draw.randint(0, 9))
        is_undo = self.is_chance(0.7)
        said = undo(self.office, number) if is_undo else redo(self.office, number)
        word = "undo" if is_undo else "redo"
        # A redo takes the number of the undo as well as that of what it took back.
        sql = "SELECT json_extract(arguments, '$.of') FROM core_action WHERE id = ? AND verb = 'core.undo'"
        number = self.office.value(sql, number) or number
        self.oracle.hear(Said(0, word, "", number, {}))
        return f"{word} {number}: {said}"

    # -- steps ---------------------------------------------------------------------------------

    def act(self) -> str | None:
        """Take any step that a kind of record has."""
        kind = self.kind()
        record = self.record(kind)
        actions = list(self.office.actions(kind))
        return self.do(record, self.draw.choice(actions)) if record and actions else None

    def report(self) -> str:
        unit = self.unit()
        ticket = self.add(Ticket, title="Sparks", equipment_id=unit.id, unsafe=True)
        return f"report {ticket.human_key} on {unit.human_key}"

    def ask(self) -> str:
        unit = self.unit()
        if self.is_chance(0.5):
            return self.step_of(unit, "test")
        about: Any = Subject("maintenance.equipment", unit.id)
        checklist_id = self.draw.choice(self.lists)
        with self.office.acting("core.task.add"):
            task = self.office.add(
                Task(
                    title="Check",
                    about=about,
                    due_on=self.office.today,
                    checklist_id=checklist_id,
                )
            )
        return f"{task.human_key} about {unit.human_key}"

    def answer(self) -> str | None:
        task = self._open_test(self.unit())
        return self.step_of(task, "complete", when=None, at=None) if task else None

    def calibrate(self) -> str:
        unit = self.unit()
        calibration = self._open_calibration(unit)
        if calibration is None:
            return self._begin_calibration(unit)
        if self.is_chance(0.4):
            return self._attach(calibration)
        return self.step_of(calibration, self.draw.choice(("pass", "fail")))

    def take_out(self) -> str:
        return self.step_of(self.unit(), "take-out", at=None)

    # -- the way back --------------------------------------------------------------------------

    def mend(self) -> str | None:
        """Do the first thing that a unit needs before it returns, or return it."""
        unit = self.unit()
        if unit.status == "in_service":
            return self.step_of(unit, "take-out", at=None)
        # Somebody may try at once.
        needs = None if self.is_chance(0.3) else self._needs(unit)
        return needs() if needs else self._return_or_test(unit)

    def _needs(self, unit: Equipment) -> Callable[[], str] | None:
        ticket = self.office.first(Ticket, f"equipment_id = ? AND {UNSAFE}", unit.id)
        if ticket is not None:
            word = self.draw.choice(("close", "cancel"))
            return lambda: self.step_of(ticket, word, at=None)
        where = "equipment_id = ? AND decision = 'affected'"
        candidate = self.office.first(RecallCandidate, where, unit.id)
        if candidate is not None:
            return lambda: self.step_of(candidate, "remedy", at=None)
        return self._needs_proof(unit)

    def _needs_proof(self, unit: Equipment) -> Callable[[], str] | None:
        task = self._open_test(unit)
        if task is not None:
            return lambda: self._pass(task)
        failed = next(iter(self.office.blocked(unit)), None)
        if failed is not None:
            return lambda: self.step_of(failed, "repeat")
        last = latest(self.office, unit.id)
        if last is not None and last.state == "failed":
            return lambda: self._pass_calibration(unit)
        return None

    def _return_or_test(self, unit: Equipment) -> str:
        try:
            return self.step_of(unit, "return", at=None)
        except PluginFault:
            raise
        except OfficeError:
            return self.step_of(unit, "test")

    def _open_test(self, unit: Equipment) -> Task | None:
        return self.office.first(Task, _OPEN_TEST, unit.id, order="id DESC")

    def _pass(self, task: Task) -> str:
        self.is_good = True
        try:
            return self.step_of(task, "complete", when=None, at=None)
        finally:
            self.is_good = False

    def _open_calibration(self, unit: Equipment) -> Calibration | None:
        where = "equipment_id = ? AND state = 'open'"
        return self.office.first(Calibration, where, unit.id, order="id DESC")

    def _begin_calibration(self, unit: Equipment) -> str:
        calibration = self.add(Calibration, equipment_id=unit.id, done_on=self.office.today)
        return f"{calibration.human_key} of {unit.human_key}"

    def _attach(self, calibration: Calibration) -> str:
        self.office.attach(calibration, b"%PDF-1.4", name="c.pdf")
        return f"attach to {calibration.human_key}"

    def _pass_calibration(self, unit: Equipment) -> str:
        calibration = self._open_calibration(unit)
        if calibration is None:
            return self._begin_calibration(unit)
        if newest_paper(self.office, calibration) is None:
            return self._attach(calibration)
        return self.step_of(calibration, "pass", at=None)
