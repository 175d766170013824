"""Held lots: what a unit keeps is held in the stock for an excursion, and let go again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from officeops import Location, Reason, action
from officeops.services import Held, Stock
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.stretch import CONTIGUOUS
from officeops_maintenance.readings.timeline import last_well

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

#: The most lots that a sentence names.
_NAMED = 4
_VIEW = "maintenance.held-lot.view"
_OF_HOLD = "excursion_id = ? AND ' ' || holds || ' ' LIKE '% ' || ? || ' %'"


def kept_at(office: Office, unit: MonitoredUnit) -> int | None:
    """Return the id of the location of the lots that a unit keeps; None where nobody entered it."""
    if unit.location_id is not None or unit.equipment_id is None:
        return unit.location_id
    return office.get(Equipment, unit.equipment_id).location_id


def stock_of(office: Office) -> Stock | None:
    """Return the stock, None while no plugin provides it."""
    return office.service(Stock)


def can_hold(office: Office, location_id: int | None) -> bool:
    """Tell whether lots at a location can be held now."""
    return stock_of(office) is not None and location_id is not None


def all_well(
    office: Office,
    unit: MonitoredUnit,
    first: datetime,
) -> datetime:
    """Return the last moment before a stretch at which a unit was read within range."""
    # Without any reading, what left within the longest time that a stretch may go on.
    return last_well(office, unit, first) or first - CONTIGUOUS


def places_since(unit: MonitoredUnit, since: datetime | None) -> Iterator[int]:
    """Yield the places that a unit left after a moment: what it kept there was in it by then."""
    for word in (unit.was_at or "").split():
        place, _, left_at = word.partition("=")
        if since is not None and datetime.fromisoformat(left_at) >= since:
            yield int(place)


def hold_all(
    office: Office,
    excursion: Excursion,
    since: datetime | None = None,
) -> str:
    """Hold every lot that the unit of an excursion keeps, and say which, or why none is held.

    `since` is the last moment at which all was well: what left the unit later is held as well.
    """
    unit = office.get(MonitoredUnit, excursion.unit_id)
    stock = stock_of(office)
    own = [] if excursion.location_id is None else [excursion.location_id]
    places = [*own, *places_since(unit, since)]
    if stock is None or not places:
        why = "no inventory is on" if stock is None else "its location in the stock is not entered"
        return f"Nothing is held in the stock, because {why}: put a sign on {unit.name}."
    lots: list[HeldLot] = []
    for place in places:
        held = stock.hold(
            office,
            location=f"#{place}",
            reason=why_held(excursion, unit),
            about=excursion,
            since=office.ways.day_of(since) if since else None,
        )
        lots += add_held(office, excursion, held)
    names = [lot.name for lot in lots if lot.holds]
    said = (
        []
        if lots and not names
        else [_held_words(office, office.label(Location, places[0]), names)]
    )
    if apart := [lot.name for lot in lots if not lot.holds]:
        said.append(_apart_words(office, apart))
    return " ".join(said)


def _apart_words(office: Office, names: list[str]) -> str:
    """Say which goods people keep apart by hand: the stock takes what has no lot number."""
    count = wording.count(len(names), "item")
    named = f" ({'; '.join(names[:_NAMED])})" if office.may(_VIEW) else ""
    return f"The stock cannot hold {count}{named}: keep it apart by hand."


def _held_words(
    office: Office,
    place: str,
    names: list[str],
) -> str:
    if not names:
        return f"The stock has nothing more at {place}."
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    count = wording.count(len(names), "lot")
    # A person who may not see which lots there are hears how many they keep apart.
    if not office.may(_VIEW):
        return f"{count} at {place} held."
    return f"{count} at {place} held ({'; '.join(names[:_NAMED])}{more})."


def why_held(excursion: Excursion, unit: MonitoredUnit) -> str:
    """Return the reason for which the stock holds lots."""
    return f"{excursion.human_key}: {unit.name} was {words_for(excursion.verdict)}"


def add_held(
    office: Office,
    excursion: Excursion,
    held: Held,
) -> list[HeldLot]:
    """Keep which lots are held, and return those that were not before."""
    undecided = office.all(HeldLot, "excursion_id = ? AND decision = 'held'", excursion.id)
    # Undecided ones alone: a lot with a decision gets a new line, to be decided on again.
    by_name = {lot.name: lot for lot in undecided}
    new = []
    for name, hold in zip(held.lots, held.holds, strict=True):
        lot = by_name.get(name)
        if lot is None:
            new.append(HeldLot(excursion_id=excursion.id, name=name, holds=str(hold)))
        else:
            office.edit(lot, managed=True, holds=f"{lot.holds} {hold}")
    # The stock cannot hold them, so people keep them apart by hand.
    for item in held.without_lot:
        name = f"{item}, without lot"
        if name not in by_name:
            new.append(HeldLot(excursion_id=excursion.id, name=name))
    return [office.add(lot) for lot in new]


def let_go(office: Office, lots: Iterable[HeldLot]) -> list[str]:
    """End the holds of lots, and return the names of those that may be used again.

    A lot stays held for as long as there is another reason.
    """
    holds = [int(hold) for lot in lots for hold in (lot.holds or "").split()]
    stock = stock_of(office)
    if not holds or stock is None:
        return []
    return list(stock.release(office, Held(tuple(holds), (), ())))


def lot_of_hold(
    office: Office,
    excursion: Excursion,
    hold: int,
) -> HeldLot | None:
    """Return the lot of an excursion by the number of a hold in the stock."""
    return office.first(HeldLot, _OF_HOLD, excursion.id, str(hold))


def how_it_ends(
    office: Office,
    excursion: Excursion,
    hold: int,
) -> str:
    """Say how the hold of a lot of an excursion ends, by the hold's number."""
    lot = lot_of_hold(office, excursion, hold)
    key = excursion.human_key
    if lot is None:
        return f"hold it first: officeops excursion hold-lots {key}"
    if excursion.state not in OPEN_STATES:
        return "it is to be discarded: officeops lot discard"
    release = f"officeops held-lot release '#{lot.id}'"
    if excursion.case_number:
        return f"to release it: {release}"
    return f"to release it: officeops excursion call {key} --case-number …, then {release}"


def words_for(verdict: str) -> str:
    """Return a verdict as people say it: too warm; too cold and too warm."""
    return "too cold and too warm" if verdict == "both" else verdict.replace("_", " ")


def _not_open(office: Office, excursion: Excursion) -> str | None:
    if excursion.state not in OPEN_STATES:
        return Reason("it is not open", code="wrong-state")
    unit = office.get(MonitoredUnit, excursion.unit_id)
    if kept_at(office, unit) is None:
        return Reason(f"{unit.name} has no location in the stock; enter it first", code="needed")
    return None


@action("maintenance.excursion.hold-lots", unless=_not_open)
def hold_lots(office: Office, excursion: Excursion) -> str:
    """Hold the lots that the unit keeps, those too that came since it opened."""
    unit = office.get(MonitoredUnit, excursion.unit_id)
    location_id = kept_at(office, unit)
    is_held = excursion.are_lots_held or can_hold(office, location_id)
    wider = office.edit(excursion, managed=True, location_id=location_id, are_lots_held=is_held)
    return hold_all(office, wider, all_well(office, unit, excursion.started_at))
