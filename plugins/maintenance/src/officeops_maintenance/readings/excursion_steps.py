"""What the steps of an excursion and of its lots ask and bring with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Problem, Reason, Refused
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.held_lots import all_well, can_hold, hold_all, kept_at, stock_of
from officeops_maintenance.readings.held_lots import let_go as end_holds
from officeops_maintenance.readings.logger_reading import LoggerReading
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_OF_EXCURSION = "excursion_id = ?"
_OPEN_OF_UNIT = f"""
state IN ({", ".join(map(repr, OPEN_STATES))}) AND unit_id IN (
    SELECT id FROM maintenance_monitored_unit WHERE equipment_id = ? AND archived_at IS NULL)"""
_OUT = "unit_id = ? AND verdict <> 'ok' AND taken_at BETWEEN ? AND ?"
_UNDECIDED = f"{_OF_EXCURSION} AND decision = 'held'"


def open_about(office: Office, equipment: Equipment) -> Iterator[str]:
    """Yield a sentence on each open excursion of a unit that is back in service."""
    for excursion in office.all(Excursion, _OPEN_OF_UNIT, equipment.id):
        yield f"{excursion.human_key} is open: its lots are not decided on, and its cause is not entered."


def was_called(office: Office, excursion: Excursion, **asked: Any) -> str:  # noqa: ANN401, ARG001
    """Say which steps remain after the call."""
    undecided = list(office.all(HeldLot, _UNDECIDED, excursion.id))
    left = "close it" if not undecided else f"decide on {len(undecided)} held, then close it"
    return f"{excursion.human_key} has the case number {excursion.case_number}; {left}."


def was_opened(office: Office, excursion: Excursion, **asked: Any) -> str:  # noqa: ANN401, ARG001
    """Hold what its unit keeps."""
    unit = office.get(MonitoredUnit, excursion.unit_id)
    location_id = kept_at(office, unit)
    held = office.edit(
        excursion,
        managed=True,
        location_id=location_id,
        are_lots_held=can_hold(office, location_id),
    )
    lots = hold_all(office, held, all_well(office, unit, excursion.started_at))
    return f"DO NOT USE what {unit.name} keeps: {excursion.human_key}. {lots}"


def not_decided(office: Office, excursion: Excursion) -> str | None:
    """Say why an excursion stays open: no case number, lots not held, or lots undecided."""
    if not excursion.case_number:
        key = excursion.human_key
        why = f"it has no case number; officeops excursion call {key} --case-number …"
        return Reason(why, code="needed")
    is_kept = excursion.location_id is not None and stock_of(office) is not None
    if is_kept and not excursion.are_lots_held:
        return Reason("its lots are not held yet; hold them, then decide on each", code="needed")
    undecided = [lot.name for lot in office.all(HeldLot, _UNDECIDED, excursion.id)]
    if not undecided:
        return None
    names = "; ".join(undecided[:3]) + (" …" if len(undecided) > 3 else "")
    return Reason(f"nobody decided on {names}; release or discard each", code="needed")


def why_closed(
    office: Office,
    excursion: Excursion,
    reason: str | None = None,
    action_taken: str | None = None,
    **asked: Any,  # noqa: ANN401, ARG001
) -> dict[str, str]:
    """Return why it is closed without a reading within range. Raises Refused without a reason."""
    if excursion.ended_at is not None:
        return {}
    if not reason:
        unit = office.get(MonitoredUnit, excursion.unit_id)
        why = f"is needed: no reading of {unit.name} within range came after; or book one first"
        raise Refused([Problem(why, "reason", code="needed")], office.about(excursion))
    words = f"no reading within range after it: {reason}"
    return {"action_taken": f"{action_taken}; {words}" if action_taken else words}


def was_closed(office: Office, excursion: Excursion, **asked: Any) -> str:  # noqa: ANN401, ARG001
    """Say what became of the lots."""
    lots = list(office.all(HeldLot, _OF_EXCURSION, excursion.id))
    discarded = sum(lot.decision == "discard" for lot in lots)
    counts = f"{len(lots) - discarded} released, {discarded} to be discarded"
    return f"{excursion.human_key} is closed: {counts}."


def still_out(office: Office, excursion: Excursion) -> str | None:
    """Say why an excursion is no mistake: a reading of it is out of range, and nobody called yet."""
    if excursion.case_number:
        return None
    span = [moment.isoformat() for moment in (excursion.started_at, excursion.last_out)]
    call = f"officeops excursion call {excursion.human_key} --case-number …"
    typed = office.first(TemperatureReading, _OUT, excursion.unit_id, *span, order="taken_at")
    logged = office.first(LoggerReading, _OUT, excursion.unit_id, *span, order="taken_at")
    reading = typed or logged
    if reading is None:
        return None
    at = f"{office.ways.clock(reading.taken_at):%Y-%m-%d %H:%M}"
    # A logger measured what it did; an import of the wrong file is undone.
    cure = "undo its import"
    if typed is not None:
        cure = f"officeops temperature-reading correct '#{typed.id}' --reason …"
    why = f"its reading of {at} is out of range; if that is wrong: {cure}; else {call}"
    return Reason(why, code="wrong-state")


def let_go(office: Office, excursion: Excursion, **asked: Any) -> str:  # noqa: ANN401, ARG001
    """Let the lots of a withdrawn excursion be used again, but for those to be discarded."""
    # A decision to discard outlives the excursion, so those lots stay held.
    lots = list(office.all(HeldLot, _UNDECIDED, excursion.id))
    usable = end_holds(office, lots)
    words = f" Usable again: {'; '.join(usable)}." if usable else ""
    return f"{excursion.human_key} is withdrawn: {excursion.cause}.{words}"


def not_called(office: Office, lot: HeldLot) -> str | None:
    """Say why nobody may decide on a lot: the excursion has ended, or nobody gave advice yet."""
    excursion = office.get(Excursion, lot.excursion_id)
    if excursion.state not in OPEN_STATES:
        return Reason(f"{excursion.human_key} is {excursion.state}", code="wrong-state")
    if not excursion.case_number:
        why = f"{excursion.human_key} has no case number yet; call first, do not discard unasked"
        return Reason(why, code="needed")
    return None


def why_released(
    office: Office,
    lot: HeldLot,
    reason: str | None = None,
) -> dict[str, str]:
    """Return why a lot may be used. Raises Refused for one to be discarded, without a reason."""
    if lot.decision == "discard" and not reason:
        why = f"is needed: {lot.decided_by} decided to discard it"
        raise Refused([Problem(why, "reason", code="needed")], office.about(lot))
    return {"reason": reason} if reason else {}


def released(office: Office, lot: HeldLot, **asked: Any) -> str:  # noqa: ANN401, ARG001
    """End the hold of a lot that may be used."""
    usable = end_holds(office, [lot])
    if usable or lot.holds is None:
        return f"{lot.name} may be used again."
    return f"{lot.name} is released here, and stays held for another reason."


def discarded(office: Office, lot: HeldLot, **asked: Any) -> str:  # noqa: ANN401, ARG001
    """Say that the lot stays held until it leaves the stock."""
    return f"{lot.name} is not to be used. It stays held; book it out as waste or as a return."
