"""Fitness: why a unit may not be in use, and the proofs on which its last return rests.

One home for all roads: the return, the end of a loan, imports, merges, undo and redo.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops import Reason, Value, named
from officeops_maintenance.equipment.life import FIT
from officeops_maintenance.equipment.return_check import not_tested
from officeops_maintenance.equipment.return_demand import IN_USE
from officeops_maintenance.kept_proofs import first_broken, in_text
from officeops_maintenance.tickets.life import UNSAFE
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops import Office, Record
    from officeops_maintenance.equipment.equipment import Equipment

#: By name: calibrations and sterilizers know equipment.
_NOT_CALIBRATED: Final = "officeops_maintenance.calibration.release:not_calibrated"
_LOCKED: Final = "officeops_maintenance.sterilizer.locking:locked"
_RELEASE_BROKEN: Final = "officeops_maintenance.sterilizer.release_proofs:release_broken"
#: Of some units, those of which more has to be asked; most are in order.
_IN_DOUBT: Final = f"""
SELECT e.id FROM maintenance_equipment e
WHERE e.id IN (SELECT value FROM json_each(?)) AND (
    e.return_proofs IS NOT NULL OR e.return_items IS NOT NULL
    OR EXISTS (SELECT 1 FROM maintenance_ticket k WHERE k.equipment_id = e.id
        AND k.archived_at IS NULL AND k.{UNSAFE})
    OR EXISTS (SELECT 1 FROM maintenance_recall_candidate r WHERE r.equipment_id = e.id
        AND r.archived_at IS NULL AND r.decision = 'affected')
    OR EXISTS (SELECT 1 FROM maintenance_sterilizer_failure f WHERE f.equipment_id = e.id
        AND f.archived_at IS NULL AND f.state IN ('locked', 'released')))
"""
_RECALLED: Final = "officeops_maintenance.recalls.decisions:obstacle"
#: What a person has to know of a unit that is back: its lots, and recalls that may be about it.
_OPEN_ABOUT: Final = (
    "officeops_maintenance.readings.excursion_steps:open_about",
    "officeops_maintenance.recalls.decisions:open_about",
)


class Obstacle(Value):
    """A record that keeps a unit out of service: the words for its tag, and the next step."""

    tag: str
    cure: str
    key: str

    @property
    def reason(self) -> Reason:
        """Why the unit may not return, with the next step."""
        return Reason(f"{self.tag}; {self.cure}", code="wrong-state", facts={"record": self.key})


def obstacle(office: Office, unit: Equipment) -> Obstacle | None:
    """Return what keeps a unit out of service, from wherever it comes; None where nothing does."""
    return _failed(office, unit) or _unsafe(office, unit) or _recalled(office, unit)


def not_fit(office: Office, unit: Equipment) -> str | None:
    """Say why a unit may not return to service: something keeps it out, or a proof is missing."""
    if failed := _failed(office, unit):
        return failed.reason
    for rule in (named(_LOCKED), named(_NOT_CALIBRATED), not_tested):
        why: str | None = rule(office, unit)
        if why:
            return why
    report = _unsafe(office, unit) or _recalled(office, unit)
    return report.reason if report else None


def _failed(office: Office, unit: Equipment) -> Obstacle | None:
    """Return the first task of which an item failed that blocks a unit."""
    for task in office.blocked(unit):
        key = task.human_key
        return Obstacle(
            f"{office.word_for(task)} failed", f"repeat it: officeops task repeat {key}", key
        )
    return None


def _unsafe(office: Office, unit: Equipment) -> Obstacle | None:
    """Return the report that a unit is unsafe, while nobody has fixed it."""
    ticket = office.first(Ticket, f"equipment_id = ? AND {UNSAFE}", unit.id)
    if ticket is None:
        return None
    key = ticket.human_key
    return Obstacle(
        f"{key} {ticket.title}, reported as unsafe", f"officeops ticket close {key}", key
    )


def _recalled(office: Office, unit: Equipment) -> Obstacle | None:
    """Return the recall that is about a unit, while nobody has noted a remedy."""
    recalled: Obstacle | None = named(_RECALLED)(office, unit)
    return recalled


def still_open(office: Office, unit: Equipment) -> Iterator[str]:
    """Yield the open matters of a unit that do not keep it out, as sentences."""
    for place in _OPEN_ABOUT:
        yield from named(place)(office, unit)


# -- the proofs of a return --------------------------------------------------------------------


def proofs(office: Office, unit: Equipment) -> str | None:
    """Return the records by which a unit returns to service now, each with its state."""
    return in_text(record for place in _PROVED_BY for record in _yielded(place, office, unit))


def _yielded(
    place: str,
    office: Office,
    unit: Equipment,
) -> Iterable[Record]:
    records: Iterable[Record] = named(place)(office, unit)
    return records


#: Each yields the records that prove one thing, as the guard of the return asks for it.
_PROVED_BY: Final = (
    "officeops_maintenance.equipment.return_check:tested_by",
    "officeops_maintenance.calibration.release:calibrated_by",
    "officeops_maintenance.sterilizer.release_proofs:released_by",
)


def unfit(office: Office, units: Sequence[Equipment]) -> Iterator[tuple[Equipment, str]]:
    """Yield the units that may not be as they are, each with the reason: the rule of the promise."""
    by_id = {unit.id: unit for unit in units}
    # One question for all of them: a job writes the tasks of every unit, and most are in order.
    for (number,) in office.rows(_IN_DOUBT, json.dumps([*by_id])):
        unit = by_id[number]
        # Also of a unit that is down: it would return by a release that rests on nothing.
        why = named(_RELEASE_BROKEN)(office, unit)
        if not why and unit.status in IN_USE:
            why = _no_longer(office, unit)
        if why:
            yield unit, why


def _no_longer(office: Office, unit: Equipment) -> str | None:
    """Say why a unit in use may no longer be so."""
    # A lent unit is with somebody else: it goes out of service once it is back.
    unsafe = _unsafe(office, unit) if unit.status == "in_service" else None
    if unsafe is not None:
        return _refusal(unit, f"{unsafe.tag}, is not fixed")
    # Reported while it was lent, it is asked its test as it is taken back.
    if unit.status == "in_service" and unit.return_items is not None:
        cure = f"take it back and test it: officeops equipment take-back {unit.human_key}"
        why = f"it was reported as unsafe while it was on loan; {cure}"
        return Reason(why, code="in-use")
    if recalled := _recalled(office, unit):
        return _refusal(unit, recalled.reason)
    if why := named(_LOCKED)(office, unit):
        return _refusal(unit, why)
    broken = first_broken(office, unit.return_proofs, FIT.rests_on, unit.id)
    if not broken:
        return None
    because = f"it is in service again because of {broken}; undo that return first"
    return _refusal(unit, because)


def _refusal(unit: Equipment, why: str) -> Reason:
    cure = f"or take it out of service: officeops equipment take-out {unit.human_key}"
    return Reason(f"{why}, {cure}", code="in-use")
