"""No road brings a unit into service while a reason against it is open: every road, every reason."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pytest

from officeops.core.task_record import Task
from officeops.history.undo import redo, undo
from officeops.model.about import Subject
from officeops.model.errors import OfficeError
from officeops.office.crud import edit_record
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.tickets.life import UNSOLVED
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

GREW: Final = {"test_vial": "growth", "control_vial": "growth"}
FACTS: Final[dict[str, Any]] = {
    "reason": "So it is",
    "lent_to": "Dr. Hahn",
    "resolution": "Fixed",
    "result": "failed",
    **GREW,
}


class Unit:
    """A unit, with what a person can do with it."""

    def __init__(
        self,
        office: Office,
        cli: Cli,
        folder: Path,
        record: Equipment,
    ) -> None:
        self.office, self.cli, self.folder, self.id = office, cli, folder, record.id

    @property
    def record(self) -> Equipment:
        return self.office.get(Equipment, self.id)

    def do(self, verb: str, record: Any = None, **more: Any) -> int:  # noqa: ANN401 - any record
        """Take a step, and return the number of its action."""
        subject = record or self.record
        [action] = [one for one in self.office.actions(type(subject)) if one.verb == verb]
        known = {**FACTS, "due_back_on": self.office.today, **more}
        asked = {field.name for field in action.fields} & known.keys()
        self.office.do(action, subject, **{name: known[name] for name in asked})
        return int(self.office.value("SELECT max(id) FROM core_action"))

    def add(self, record: Any) -> Any:  # noqa: ANN401 - any record
        with self.office.acting("test.add"):
            return self.office.add(record)

    def ticket(self, **facts: Any) -> Ticket:  # noqa: ANN401 - fields of a ticket
        ticket: Ticket = self.add(Ticket(title="Sparks", equipment_id=self.id, **facts))
        return ticket

    def is_kept_out(self) -> bool:
        """Whether a report, a failed item, a lock or a failed calibration is open."""
        tickets = self.office.all(Ticket, "equipment_id = ? AND unsafe", self.id)
        last = self.office.first(Calibration, "equipment_id = ?", self.id, order="id DESC")
        return (
            any(ticket.state in UNSOLVED for ticket in tickets)
            or bool(self.office.blocked(self.record))
            or bool(
                list(self.office.all(Failure, "equipment_id = ? AND state = 'locked'", self.id))
            )
            or (last is not None and last.state == "failed")
        )


# -- why nobody may use it ---------------------------------------------------------------------


def reported_unsafe(unit: Unit) -> None:
    unit.ticket(unsafe=True)


def check_failed(unit: Unit) -> None:
    kinds = unit.office.record("core.checklist"), unit.office.record("core.checklist-item")
    listed = unit.add(kinds[0](name=f"Check of {unit.id}"))
    unit.add(
        kinds[1](checklist_id=listed.id, text="Leak", blocks=True, on_fail="maintenance.ticket")
    )
    about: Any = Subject("maintenance.equipment", unit.id)
    facts = {"title": "Check", "due_on": unit.office.today, "checklist_id": listed.id}
    unit.do("complete", unit.add(Task(about=about, **facts)), answer="Leak=fail")


def spore_test_positive(unit: Unit) -> None:
    unit.do("read", unit.add(SporeTest(equipment_id=unit.id)))


def calibration_failed(unit: Unit) -> None:
    unit.do("fail", unit.add(Calibration(equipment_id=unit.id)))


REASONS: Final = (reported_unsafe, check_failed, spore_test_positive, calibration_failed)


# -- how it would come into service ------------------------------------------------------------


def returned(unit: Unit, _: Callable[[Unit], None]) -> None:
    unit.do("return")


def taken_back(unit: Unit, reason: Callable[[Unit], None]) -> None:
    unit.do("lend")
    reason(unit)
    with suppress(OfficeError):
        unit.do("take-back")


def loan_undone(unit: Unit, reason: Callable[[Unit], None]) -> None:
    lent = unit.do("lend")
    reason(unit)
    undo(unit.office, lent)


def outage_undone(unit: Unit, reason: Callable[[Unit], None]) -> None:
    down = unit.do("take-out")
    reason(unit)
    undo(unit.office, down)


def retirement_undone(unit: Unit, reason: Callable[[Unit], None]) -> None:
    retired = unit.do("retire")
    reason(unit)
    undo(unit.office, retired)


def return_redone(unit: Unit, reason: Callable[[Unit], None]) -> None:
    unit.do("take-out")
    back = unit.do("return")
    undo(unit.office, back)
    reason(unit)
    redo(unit.office)


def reason_moved_here(unit: Unit, reason: Callable[[Unit], None]) -> None:
    other = Unit(unit.office, unit.cli, unit.folder, unit.add(Equipment(name="Other")))
    reason(other)
    [ticket] = unit.office.all(Ticket, "equipment_id = ?", other.id) or [unit.ticket(unsafe=True)]
    edit_record(unit.office, ticket, {"equipment_id": unit.id})


def closing_undone(unit: Unit, reason: Callable[[Unit], None]) -> None:
    reason(unit)
    ticket = unit.office.first(Ticket, "equipment_id = ?", unit.id) or unit.ticket(unsafe=True)
    closed = unit.do("close", ticket)
    with suppress(OfficeError):
        unit.do("return")
    undo(unit.office, closed)


def ticket_imported(unit: Unit, _: Callable[[Unit], None]) -> None:
    file = unit.folder / "tickets.csv"
    file.write_text(f"title,equipment,unsafe\nSmoke {unit.id},EQ-{unit.id},yes\n")
    assert unit.cli("ticket", "import", str(file)).code == 0


#: What a person types after the command that a reason names, by its noun and verb.
TYPED: Final = {
    "task complete": ("--answer", "Leak=pass"),
    "ticket close": (),
    "equipment test": (),
    "task repeat": (),
    "calibrate": ("--passed",),
    "sterilizer-failure release": (),
    "sterilizer-failure review": ("--findings", "Full"),
    "sterilizer-failure repeat": (),
    "spore-test read": (
        *("--test-vial", "no_growth", "--control-vial", "growth"),
        *("--mechanical", "pass", "--chemical", "pass"),
    ),
}
NAMED: Final = re.compile(r"officeops ([a-z-]+(?: [a-z-]+)? [A-Z]+-[0-9]+)")


def test_each_reason_names_a_way_that_leads_back(office: Office, cli: Cli, tmp_path: Path) -> None:
    for reason in REASONS:
        with office.acting("test.unit"):
            kind = Equipment(name=reason.__name__, spore_procedure="cdc_2003")
            unit = Unit(office, cli, tmp_path, office.add(kind))
        unit.do("take-out")
        reason(unit)
        ran = cli("equipment", "return", unit.record.human_key)
        assert ran.code == 1, reason.__name__
        for _ in range(12):
            if unit.record.status == "in_service":
                break
            # The command that the last message names, until there is none; then the return.
            named = NAMED.findall(ran.err)
            words = named[-1].split() if named else ["equipment", "return", unit.record.human_key]
            verb = " ".join(words[:-1])
            ran = cli(*words, *TYPED.get(verb, ()))
        assert unit.record.status == "in_service", f"{reason.__name__}: {ran.err}"


ROADS: Final = (
    returned,
    taken_back,
    loan_undone,
    outage_undone,
    retirement_undone,
    return_redone,
    reason_moved_here,
    closing_undone,
    ticket_imported,
)
#: Roads on which the reason comes first.
AFTER: Final = (returned, ticket_imported)


@pytest.mark.parametrize("road", ROADS)
def test_no_road_leads_past_a_reason(
    office: Office, cli: Cli, tmp_path: Path, road: Callable[..., None]
) -> None:
    for reason in REASONS:
        with office.acting("test.unit"):
            kind = Equipment(name=reason.__name__, spore_procedure="cdc_2008")
            unit = Unit(office, cli, tmp_path, office.add(kind))
        if road in AFTER:
            reason(unit)
        with suppress(OfficeError):
            road(unit, reason)
        assert not (unit.record.status == "in_service" and unit.is_kept_out()), reason.__name__
