"""The sign of an excursion for the unit's door: DO NOT USE, why, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange import Facts, Grid, Lines, Printout
from officeops_maintenance.readings.alarm_words import how_far, whom_to_call
from officeops_maintenance.readings.excursion import HeldLot
from officeops_maintenance.readings.excursion_life import EXCURSION, HELD_LOT, OPEN_STATES
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.readings.excursion import Excursion


def sign(office: Office, excursion: Excursion) -> Printout:
    """Return the sign: what may not be used, since when, the lots, and the call."""
    # The sign names lots and the unit, so a right to excursions alone is not enough.
    office.allow_view(HeldLot)
    office.allow_view(MonitoredUnit)
    unit = office.get(MonitoredUnit, excursion.unit_id)
    since = f"{office.ways.clock(excursion.started_at):%Y-%m-%d %H:%M}"
    facts = [
        ("Unit", unit.name),
        (
            "Why",
            how_far(
                office, excursion.limits, (excursion.lowest, excursion.highest), excursion.verdict
            ),
        ),
        ("Since", since),
        ("Number", excursion.human_key),
    ]
    for label, value in (
        ("Case number", excursion.case_number),
        ("Talked to", excursion.called),
        ("Advice", excursion.advice),
        ("Cause", excursion.cause),
    ):
        if value:
            facts.append((label, value))
    blocks: list[Facts | Grid | Lines] = [Facts(facts)]
    lots = list(office.all(HeldLot, "excursion_id = ?", excursion.id))
    if lots:
        rows = [[lot.name, HELD_LOT.words[lot.decision]] for lot in lots]
        blocks.append(Grid(("Lot", "Decision"), rows))
    is_open = excursion.state in OPEN_STATES
    if is_open:
        keep = "Keep it cold and apart. Discard nothing before the maker or the program says so."
        blocks.append(Lines([whom_to_call(office, unit), keep]))
    state = EXCURSION.words.get(excursion.state, excursion.state)
    title = "DO NOT USE" if is_open else f"Excursion {excursion.human_key}, {state}"
    return Printout(title, blocks)


def missing(office: Office, excursion: Excursion) -> Iterator[str]:
    """Yield what the sign lacks: whom to call."""
    unit = office.get(MonitoredUnit, excursion.unit_id)
    if excursion.state in OPEN_STATES and not unit.call:
        yield f"Nobody entered whom to call: officeops monitored-unit edit {unit.name!r} --call …"
