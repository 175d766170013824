"""officeops-maintenance: equipment in working order, and the proof of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Permission, Plugin, View, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import (
        Action,
        Command,
        Due,
        Format,
        HuddleLine,
        Job,
        Migration,
        Office,
        Proof,
        Record,
        Report,
        Role,
        Screen,
        Settings,
    )

# Each hook imports its modules itself: a command loads only those that it needs.
PLUGIN = Plugin(
    "maintenance",
    summary="Equipment, its upkeep, and repair tickets",
    api=2,
    after=("vendors", "inventory"),
    group="Equipment",
)


@hookimpl
def records() -> Iterable[type[Record]]:
    from officeops_maintenance.contracts.contract import Contract, CoveredUnit
    from officeops_maintenance.equipment.category import Category
    from officeops_maintenance.equipment.downtime import Downtime
    from officeops_maintenance.equipment.equipment import Equipment
    from officeops_maintenance.plans.meter_reading import MeterReading
    from officeops_maintenance.plans.plan import Plan
    from officeops_maintenance.plans.visit import Visit
    from officeops_maintenance.readings.declared import RECORDS as READINGS
    from officeops_maintenance.recalls.recall import Recall, RecallCandidate
    from officeops_maintenance.tickets.ticket import Ticket

    return [
        Equipment,
        Category,
        Downtime,
        Ticket,
        Plan,
        MeterReading,
        Visit,
        Contract,
        CoveredUnit,
        Recall,
        RecallCandidate,
        *READINGS,
    ]


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_maintenance.schema import MIGRATIONS

    return MIGRATIONS


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    from officeops_maintenance.contracts.contract import Contract
    from officeops_maintenance.equipment.equipment import Equipment
    from officeops_maintenance.equipment.life import EQUIPMENT
    from officeops_maintenance.equipment.return_check import test
    from officeops_maintenance.plans import task_visits, templates
    from officeops_maintenance.plans.visit import Visit
    from officeops_maintenance.plans.visit_life import VISIT
    from officeops_maintenance.readings.declared import ACTIONS as READINGS
    from officeops_maintenance.recalls.recall import CANDIDATE, RecallCandidate
    from officeops_maintenance.tickets.charge import charge
    from officeops_maintenance.tickets.life import TICKET
    from officeops_maintenance.tickets.parts import put_back, use_part
    from officeops_maintenance.tickets.ticket import Ticket
    from officeops_maintenance.tickets.vendor_call import call

    equipment = [*EQUIPMENT.actions(Equipment), test, *Contract.actions()]
    recalls = CANDIDATE.actions(RecallCandidate)
    plans = [*templates.ACTIONS, *task_visits.ACTIONS, *VISIT.actions(Visit)]
    tickets = [*TICKET.actions(Ticket), call, charge, use_part, put_back]
    return [*equipment, *recalls, *tickets, *plans, *READINGS]


@hookimpl
def settings() -> type[Settings]:
    from officeops_maintenance.config import MaintenanceSettings

    return MaintenanceSettings


@hookimpl
def permissions() -> Iterable[Permission]:
    from officeops_maintenance.readings.declared import PERMISSIONS

    return [
        # A manager answers for what goes back to patients, and for what leaves for good.
        Permission("maintenance.equipment.return", "Return equipment to service.", "manage"),
        Permission("maintenance.equipment.retire", "Retire equipment.", "manage"),
        Permission("maintenance.equipment.reinstate", "Bring equipment back.", "manage"),
        Permission("maintenance.equipment.add", "Add equipment.", "manage"),
        Permission("maintenance.equipment.edit", "Edit equipment.", "manage"),
        Permission("maintenance.equipment-category.add", "Add categories.", "manage"),
        Permission("maintenance.equipment-category.edit", "Edit categories.", "manage"),
        Permission("maintenance.contract.add", "Add service contracts.", "manage"),
        Permission("maintenance.contract.edit", "Edit service contracts.", "manage"),
        Permission("maintenance.recall.add", "Add recalls.", "manage"),
        Permission("maintenance.recall-candidate.affected", "Decide on recalls.", "manage"),
        Permission("maintenance.recall-candidate.not-affected", "Decide on recalls.", "manage"),
        Permission("maintenance.plan.add", "Add plans.", "manage"),
        Permission("maintenance.plan.edit", "Edit plans.", "manage"),
        Permission("maintenance.plan.confirm", "Confirm the interval of a plan.", "manage"),
        Permission("maintenance.plan-from-template", "Add plans from templates.", "manage"),
        Permission("maintenance.walk-through", "Type in the answers of a walk-through.", "work"),
        Permission("maintenance.ticket.verify", "Verify a repair.", "manage"),
        Permission("maintenance.ticket.close", "Close a ticket.", "manage"),
        Permission("maintenance.ticket.reject", "Reject a report.", "manage"),
        Permission("maintenance.ticket.cancel", "Cancel a ticket.", "manage"),
        *PERMISSIONS,
    ]


@hookimpl
def commands() -> Iterable[Command]:
    from officeops import Command

    return [
        Command(
            "repairs",
            "officeops_maintenance.tickets.board_command:repairs",
            "Open tickets by state, and by when to call back.",
            overview=True,
        ),
        Command(
            "planned-work",
            "officeops_maintenance.plans.planned_work:command",
            "List the planned work of a week by its days.",
            overview=True,
        ),
        Command(
            "walk-through",
            "officeops_maintenance.plans.walk_command:command",
            "Print the questions of due tasks, or answer them.",
        ),
        Command(
            "temperatures",
            "officeops_maintenance.readings.command:temperatures",
            "Print the temperature sheet, book it, or print a log.",
            overview=True,
        ),
    ]


@hookimpl
def screens() -> Iterable[Screen]:
    from officeops import Screen

    board = "officeops_maintenance.tickets.board_screen:RepairsScreen"
    walk = "officeops_maintenance.plans.walk_screen:screen"
    log = "officeops_maintenance.readings.temperature_screen:TemperatureScreen"
    return [
        Screen("maintenance.repairs", "Repairs", board, key="r"),
        Screen("maintenance.walk-through", "Walk-through", walk),
        Screen("maintenance.temperatures", "Temperature log", log),
    ]


@hookimpl
def jobs() -> Iterable[Job]:
    from officeops_maintenance.tickets.jobs import JOBS

    return JOBS


@hookimpl
def reports() -> Iterable[Report]:
    from officeops_maintenance.plans import plan_reports
    from officeops_maintenance.upkeep.reports import REPORTS

    return [*REPORTS, *plan_reports.REPORTS]


@hookimpl
def roles() -> Iterable[Role]:
    from officeops import Role

    reach = ("read", "maintenance.ticket.add")
    return [Role("reporter", reach, "Looks, and reports what does not work.")]


@hookimpl
def views() -> Iterable[View]:
    return [
        View(
            "out-of-order",
            "maintenance.equipment",
            "Out of order",
            where="status=out_of_service,quarantined",
        ),
        View(
            "borrowed",
            "maintenance.equipment",
            "On loan from a vendor",
            where="borrowed_from!= status!=retired",
            sort="return_by",
        ),
        View("lent", "maintenance.equipment", "Lent", where="status=on_loan", sort="due_back_on"),
        View(
            "open",
            "maintenance.ticket",
            "Open tickets",
            where="is_open=yes",
            sort="urgency,id",
        ),
        View(
            "unconfirmed",
            "maintenance.plan",
            "From a template, not confirmed",
            where="template!= confirmed_on=",
            sort="title",
        ),
        View(
            "expected", "maintenance.visit", "Expected", where="state=expected", sort="expected_on"
        ),
        View("open", "maintenance.excursion", "Open excursions", where="state=open,called"),
        View("undecided", "maintenance.held-lot", "Lots to decide on", where="decision=held"),
    ]


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    from officeops_maintenance.due_items import due_items
    from officeops_maintenance.plans.due_plans import due_plans

    yield from due_items(office, until)
    yield from due_plans(office, until)


@hookimpl
def search(office: Office, text: str) -> Iterable[Record]:
    from officeops_maintenance.equipment.scanned_units import units_of_code

    return units_of_code(office, text)


@hookimpl
def huddle(office: Office) -> Iterable[HuddleLine]:
    from officeops_maintenance.plans.due_plans import visitors
    from officeops_maintenance.readings.due_readings import do_not_use
    from officeops_maintenance.upkeep.out_of_order import morning_lines

    yield from morning_lines(office)
    yield from do_not_use(office)
    yield from visitors(office)


@hookimpl
def formats() -> Iterable[Format]:
    from officeops_maintenance.plans.task_calendar import FORMATS
    from officeops_maintenance.readings.declared import FORMATS as READINGS

    return [*FORMATS, *READINGS]


@hookimpl
def inspect(office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
    from officeops_maintenance.plans import plan_proofs
    from officeops_maintenance.readings.proofs import proofs

    yield from proofs(office, kinds)
    yield from plan_proofs.proofs(office, kinds)


@hookimpl
def demo(office: Office, seed: int) -> None:
    from officeops_maintenance.demo_data.practice import build

    build(office, seed)
