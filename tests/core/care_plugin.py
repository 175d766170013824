"""A plugin for the tests of planned tasks: devices, their plans, and the readings of a meter."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Any

from officeops import (
    About,
    Action,
    Failure,
    Lifecycle,
    Migration,
    Pause,
    Plugin,
    Reading,
    Record,
    Schedule,
    Scope,
    Transition,
    choice,
    field,
    hookimpl,
    ref,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office, Subject

PLUGIN = Plugin("care", "Devices and their upkeep", api=2)


#: People below managers reach the devices that they keep.
KEPT = Scope("keepers", own="SELECT ?")


def not_blocked(office: Office, device: Device) -> str | None:
    """Refuse to release a device of which a check failed."""
    failed = office.blocked(device)
    return f"{failed[0].human_key} failed" if failed else None


LIFE = Lifecycle(
    ("held", "in_use"),
    Transition("release", ("held",), "in_use", "Release it.", guard=not_blocked),
    Transition("hold", ("in_use",), "held", "Take it out of use."),
    log=True,
)


class Device(Record, key="care.device", display="name", scope=KEPT.by("keeper_id", all="manage")):
    """A device of the practice."""

    name: str = field(unique=True)
    status: str = LIFE.field()
    life = LIFE
    keeper_id: int | None = ref("core.user", default=None)


class Use(Record, key="care.use", display="day"):
    """A reading of a device's counter."""

    device_id: int = ref("care.device")
    day: date = field()
    count: int = field()


class Outage(Record, key="care.outage", display="first_on"):
    """Days in which a device is at the repair shop."""

    device_id: int = ref("care.device")
    first_on: date = field()
    last_on: date | None = field(default=None)
    waits: bool = field(default=False)


def device_of(office: Office, plan: Plan) -> Record | list[Record] | None:
    """Find the device that a plan is for, or all of them; some are for the whole office."""
    if plan.of_all:
        return list(office.all(Device))
    return office.get(Device, plan.device_id) if plan.device_id else None


def readings(office: Office, plan: Plan, subject: Subject | None = None) -> Iterable[Reading]:
    """Read the counter of a plan's device."""
    for use in office.all(Use, "device_id = ?", subject.id if subject else plan.device_id):
        yield Reading(use.day, use.count)


def outages(office: Office, plan: Plan, subject: Subject | None = None) -> Iterable[Pause]:
    """Read when a plan's device was at the repair shop."""
    for outage in office.all(Outage, "device_id = ?", subject.id if subject else plan.device_id):
        yield Pause(outage.first_on, outage.last_on, "at the repair shop", outage.waits)


class Plan(Record, key="care.plan", display="what"):
    """Something that is done to a device again and again."""

    what: str = field()
    device_id: int | None = ref("care.device", default=None)
    of_all: bool = field(default=False)
    anchor_on: date | None = field(default=None)
    every: int = field(default=1)
    unit: str = choice("day", "week", "month", "year", default="month")
    mode: str = choice(
        "fixed", "weekdays", "nth_weekday", "floating", "meter", "first_of", default="fixed"
    )
    weekdays: str | None = field(default=None)
    nth: int = field(default=1)
    closed_days: str = choice("keep", "next", "previous", "skip", default="keep")
    window_after: int | None = field(default=None)
    slots: str | None = field(default=None)
    assignee_id: int | None = ref("core.user", default=None)
    severity: str = choice("unsafe", "legal", "money", "routine", default="routine")
    needs_second_sign: bool = field(default=False)
    retired_on: date | None = field(default=None)
    paused_until: date | None = field(default=None)
    pause_reason: str | None = field(default=None)
    meter_every: int | None = field(default=None)
    checklist_id: int | None = ref("core.checklist", default=None)
    note: str | None = field(default=None)

    schedule = Schedule(
        anchor="anchor_on",
        every="every",
        unit="unit",
        mode="mode",
        weekdays="weekdays",
        nth="nth",
        closed="closed_days",
        after="window_after",
        slots="slots",
        about=device_of,
        title="what",
        owner="assignee_id",
        severity="severity",
        second_sign="needs_second_sign",
        checklist="checklist_id",
        until="retired_on",
        paused="paused_until",
        pause_reason="pause_reason",
        use=readings,
        meter_every="meter_every",
        pauses=outages,
    )


class Repair(Record, key="care.repair", display="what"):
    """A request to repair something."""

    what: str = field()
    about: About | None

    @classmethod
    def open_for(cls, office: Office, failure: Failure) -> Repair:
        """Ask for a repair of what failed."""
        about: Any = failure.about
        return office.add(cls(what=f"{failure.question}: {failure.answer}", about=about))


RECORDS: list[type[Record]] = [Device, Use, Outage, Plan, Repair]


@hookimpl
def records() -> Iterable[type[Record]]:
    return RECORDS


@hookimpl
def actions() -> Iterable[Action[Any, Any]]:
    return LIFE.actions(Device)


@hookimpl
def migrations() -> Iterable[Migration]:
    from officeops.store.schema import declared_sql

    sql = [statement for record in RECORDS for statement in declared_sql(record.meta)]
    return [Migration("0001", ";\n".join(sql) + ";")]
