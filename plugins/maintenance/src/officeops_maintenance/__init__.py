"""officeops-maintenance: equipment in working order, and the proof of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import (
        Action,
        Command,
        Dataset,
        Due,
        Format,
        HuddleLine,
        Job,
        Migration,
        Office,
        Permission,
        Problem,
        Proof,
        Record,
        Report,
        Role,
        Screen,
        Settings,
        View,
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
    from officeops_maintenance.declared.records import RECORDS

    return RECORDS


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_maintenance.schema import MIGRATIONS

    return MIGRATIONS


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    from officeops_maintenance.declared.actions import ACTIONS

    return ACTIONS


@hookimpl
def settings() -> type[Settings]:
    from officeops_maintenance.config import MaintenanceSettings

    return MaintenanceSettings


@hookimpl
def permissions() -> Iterable[Permission]:
    from officeops_maintenance.declared.permissions import PERMISSIONS

    return PERMISSIONS


@hookimpl
def roles() -> Iterable[Role]:
    from officeops import Role

    reach = ("read", "maintenance.ticket.add")
    return [Role("reporter", reach, "Looks, and reports what does not work.")]


@hookimpl
def commands() -> Iterable[Command]:
    from officeops_maintenance.declared.commands import COMMANDS

    return COMMANDS


@hookimpl
def screens() -> Iterable[Screen]:
    from officeops_maintenance.declared.commands import SCREENS

    return SCREENS


@hookimpl
def views() -> Iterable[View]:
    from officeops_maintenance.declared.views import VIEWS

    return VIEWS


@hookimpl
def jobs() -> Iterable[Job]:
    from officeops_maintenance.tickets.jobs import JOBS

    return JOBS


@hookimpl
def reports() -> Iterable[Report]:
    from officeops_maintenance.contracts import promise_kept
    from officeops_maintenance.laboratory.waived_tests import REPORTS as WAIVED_TESTS
    from officeops_maintenance.plans import plan_reports
    from officeops_maintenance.upkeep.reports import REPORTS

    return [*REPORTS, *plan_reports.REPORTS, *promise_kept.REPORTS, *WAIVED_TESTS]


@hookimpl
def formats() -> Iterable[Format]:
    from officeops_maintenance.plans import task_calendar
    from officeops_maintenance.readings import logger_formats

    return [*task_calendar.FORMATS, *logger_formats.FORMATS]


@hookimpl
def datasets() -> Iterable[Dataset]:
    from officeops_maintenance.equipment.device_list import DEVICES

    return [DEVICES]


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    from officeops_maintenance.due_items import due_items

    return due_items(office, until)


@hookimpl
def search(office: Office, text: str) -> Iterable[Record]:
    from officeops_maintenance.equipment.scanned_units import units_of_code

    return units_of_code(office, text)


@hookimpl
def check(office: Office) -> Iterable[Problem]:
    from officeops_maintenance.unproven_check import check as problems

    return problems(office)


@hookimpl
def huddle(office: Office) -> Iterable[HuddleLine]:
    from officeops_maintenance.morning import lines

    return lines(office)


@hookimpl
def inspect(office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
    from officeops_maintenance.proofs import proofs

    return proofs(office, kinds)


@hookimpl
def demo(office: Office, seed: int) -> None:
    from officeops_maintenance.demo_data.practice import build

    build(office, seed)
