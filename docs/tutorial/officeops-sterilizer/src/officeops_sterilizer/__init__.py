"""Sterilizer loads: what was in each, who let it go, and what must be tested again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Plugin, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Due, Job, Migration, Office, Record, Report, View

PLUGIN = Plugin(
    "sterilizer",
    summary="Sterilizer loads and their tests",
    api=2,
    bridges={"inventory": "officeops_sterilizer.with_inventory"},
)


@hookimpl
def records() -> Iterable[type[Record]]:
    from officeops_sterilizer.certificates import Certificate
    from officeops_sterilizer.incidents import Incident
    from officeops_sterilizer.loads import Load
    from officeops_sterilizer.machines import Sterilizer
    from officeops_sterilizer.plans import TestPlan

    return [Sterilizer, Load, TestPlan, Certificate, Incident]


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops_sterilizer.schema import MIGRATIONS

    return MIGRATIONS


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    from officeops_sterilizer.certificates import Certificate
    from officeops_sterilizer.loads import LIFE, Load

    return [*LIFE.actions(Load), *Certificate.actions()]


@hookimpl
def views() -> Iterable[View]:
    from officeops_sterilizer.loads import WAITING

    return [WAITING]


@hookimpl
def due(office: Office, until: date) -> Iterable[Due]:
    from officeops_sterilizer.loads import waiting

    return waiting(office, until)


@hookimpl
def jobs() -> Iterable[Job]:
    from officeops_sterilizer.nightly import reject_forgotten

    return [reject_forgotten]


@hookimpl
def reports() -> Iterable[Report]:
    from officeops_sterilizer.nightly import loads_by_sterilizer

    return [loads_by_sterilizer]
