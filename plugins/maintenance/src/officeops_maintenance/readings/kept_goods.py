"""Kept goods: what comes into a unit with an open excursion, or leaves it before a decision.

The stock asks; the hold of each lot and the decision on it are those of `held_lots`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops.services import KeptBack, Stock
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.held_lots import add_held, kept_at, lot_of_hold, why_held
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops.services import Held

_OPEN: Final = f"state IN ({', '.join(map(repr, OPEN_STATES))})"


def kept_back(office: Office, item_id: int) -> Iterator[KeptBack]:  # noqa: ARG001 - of any item
    """Yield the places of units with an open excursion."""
    for excursion in office.all(Excursion, _OPEN):
        unit = office.get(MonitoredUnit, excursion.unit_id)
        place = kept_at(office, unit)
        if place is not None:
            yield KeptBack(excursion, why_held(excursion, unit), location_id=place)


def why_kept(
    office: Office,
    excursion: Excursion,
    hold: int,
) -> str | None:
    """Return why a lot may not be discarded yet: nobody decided so after the call."""
    lot = lot_of_hold(office, excursion, hold)
    if lot is None or lot.decision == "discard":
        return None
    key = excursion.human_key
    cure = "" if excursion.case_number else f"officeops excursion call {key} --case-number …, then "
    decide = f"officeops held-lot discard '#{lot.id}'"
    return Reason(f"discard nothing unasked: {cure}{decide}", code="on-hold")


def came_in(
    office: Office,
    excursion: Excursion,
    held: Held,
) -> None:
    """Add the lots that came to those to be decided on."""
    add_held(office, excursion, held)


def not_held(
    office: Office,
    units: Sequence[MonitoredUnit],
) -> Iterator[tuple[MonitoredUnit, str]]:
    """Yield units that keep usable lots while their excursion is open: the rule of the promise.

    A place that somebody chose for it, or that became part of it by a merge, is its place.
    """
    stock = office.service(Stock)
    for unit in units:
        place = kept_at(office, unit)
        for excursion in office.all(Excursion, f"unit_id = ? AND {_OPEN}", unit.id):
            if stock is None or place is None or not excursion.are_lots_held:
                continue
            kept = KeptBack(excursion, why_held(excursion, unit), location_id=place)
            if names := stock.loose(office, [kept]):
                yield unit, Reason(_loose_words(excursion, names[0]), code="on-hold")


def of_archived(
    office: Office,
    excursions: Sequence[Excursion],
) -> Iterator[tuple[Excursion, str]]:
    """Yield open excursions of units that are archived: nobody asks any more what these keep."""
    for excursion in excursions:
        unit = office.get(MonitoredUnit, excursion.unit_id)
        if excursion.state in OPEN_STATES and unit.archived_at is not None:
            cure = f"bring it back first: officeops monitored-unit unarchive '#{unit.id}'"
            yield excursion, Reason(f"{unit.name} is archived; {cure}", code="archived")


def _loose_words(excursion: Excursion, name: str) -> str:
    key = excursion.human_key
    cure = (
        f"carry it away first, or hold it while {key} is open: officeops excursion hold-lots {key}"
    )
    return f"keeps {name}, which {key} does not hold since it came there; {cure}"
