"""What the logs need: readings of now, gaps without a reason, and open excursions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine
from officeops.values import wording
from officeops_maintenance.readings.alarm_words import how_far_it_went
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.gaps import LogDays, unexplained
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.slot import Slot, slot_now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: The halves of a day, as people say them.
_HALVES: Final = {"am": "morning", "pm": "afternoon"}
_OPEN = f"state IN ({', '.join(map(repr, OPEN_STATES))})"


def due_readings(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of temperature logs."""
    units = list(office.all(MonitoredUnit))
    # A look into the past asks for no reading of now.
    if until >= office.today:
        yield from _to_read(office, units)
    for unit in units:
        yield from _missing(office, unit)
    yield from _unconfirmed(office, units)
    for excursion in office.all(Excursion, _OPEN):
        yield from _open_one(office, excursion)


def _to_read(office: Office, units: list[MonitoredUnit]) -> Iterator[Due]:
    """Yield one line for the readings of now, however many units each person reads."""
    now = slot_now(office)
    unread: dict[tuple[str, str], list[str]] = {}
    for unit in units:
        is_once = len(unit.slots) == 1
        slot = Slot(now.day, "am" if is_once else now.half)
        days = LogDays(office, unit, now.day, now.day)
        if slot in days.asked() and not days.is_read(slot):
            unread.setdefault((unit.owner, "" if is_once else now.half), []).append(unit.name)
    for (owner, half), names in unread.items():
        count = wording.count(len(names), "temperature")
        when = f" this {_HALVES[half]}" if half else ""
        yield Due(
            # A new key each half day, so that a snoozed line does not hide the next reading.
            key=f"maintenance.temperatures:{now.day}{half}:{owner}",
            on=now.day,
            what=f"{count} to read{when}: {', '.join(sorted(names))}",
            severity="legal",
            owner=owner,
            action="temperatures",
        )


def _missing(office: Office, unit: MonitoredUnit) -> Iterator[Due]:
    slots = unexplained(office, unit)
    if not slots:
        return
    count = wording.count(len(slots), "reading")
    verb = "is" if len(slots) == 1 else "are"
    yield Due(
        key=f"maintenance.gap:{unit.id}",
        on=slots[0].day,
        what=f"{unit.name}: {count} {verb} missing since {slots[0].text}; say why",
        severity="legal",
        action="explain",
        record=MonitoredUnit.meta.key,
        record_id=unit.id,
    )


def _unconfirmed(office: Office, units: list[MonitoredUnit]) -> Iterator[Due]:
    """Yield one line for each sort of unit whose usual limits nobody confirmed."""
    by_sort: dict[str, list[MonitoredUnit]] = {}
    for unit in units:
        if unit.limits(office).source and not unit.limits_confirmed_by:
            by_sort.setdefault(unit.sort, []).append(unit)
    for sort, unconfirmed in by_sort.items():
        limits = unconfirmed[0].limits(office)
        names = ", ".join(unit.name for unit in unconfirmed)
        yield Due(
            key=f"maintenance.limits:{sort}",
            on=unconfirmed[0].first_on,
            what=f"{names}: confirm the limits, {limits.words(office.ways)} ({limits.source})",
            action="confirm-limits",
            record=MonitoredUnit.meta.key,
            record_id=unconfirmed[0].id,
        )


def do_not_use(office: Office) -> Iterator[HuddleLine]:
    """Yield the open excursions for the morning's page."""
    key = Excursion.meta.key
    # A line without text says that the office keeps this part, also without an excursion.
    yield HuddleLine("unsafe", record=key)
    for excursion in office.all(Excursion, _OPEN):
        unit = office.label(MonitoredUnit, excursion.unit_id)
        why = f"{how_far_it_went(office, excursion)}, {excursion.human_key}"
        yield HuddleLine("unsafe", f"What {unit} keeps ({why})", key, excursion.id)


def _open_one(office: Office, excursion: Excursion) -> Iterator[Due]:
    unit = office.get(MonitoredUnit, excursion.unit_id)
    words = how_far_it_went(office, excursion)
    head = f"DO NOT USE what {unit.name} keeps, {excursion.human_key} {words}"
    undecided = list(office.all(HeldLot, "excursion_id = ? AND decision = 'held'", excursion.id))
    what, action = f"{head}: close it", "close"
    if not excursion.case_number:
        what, action = f"{head}: call, and enter the case number", "call"
    elif undecided:
        lots = wording.count(len(undecided), "lot")
        what, action = f"{head}: decide on {lots}", "held-lot undecided"
    yield Due(
        key=f"maintenance.excursion:{excursion.id}",
        on=office.ways.day_of(excursion.started_at),
        what=what,
        severity="unsafe",
        action=action,
        record=Excursion.meta.key,
        record_id=excursion.id,
    )
