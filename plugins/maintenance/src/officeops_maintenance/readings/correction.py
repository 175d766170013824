"""A correction of a reading that was typed wrong; the history keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Outcome, Refused, action, param
from officeops_maintenance.readings.booking import went_out
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_sheet import contradictions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.readings.temperature_reading import TemperatureReading


@action("maintenance.temperature-reading.correct")
def correct(
    office: Office,
    reading: TemperatureReading,
    reason: str = param(help="The mistake", example="48 was typed for 38"),
    current: int | None = param(kind="temperature", default=None, help="As it was on the display"),
    lowest: int | None = param(kind="temperature", default=None),
    highest: int | None = param(kind="temperature", default=None),
) -> Outcome:
    """Correct a reading that was typed wrong, and say why. Values left out stay."""
    given = {"current": current, "lowest": lowest, "highest": highest}
    changes = {name: degrees for name, degrees in given.items() if degrees is not None}
    if not changes:
        raise Refused(
            "Give the number on the display: --current, --lowest or --highest.", code="needed"
        )
    unit = office.get(MonitoredUnit, reading.unit_id)
    right = {name: getattr(reading, name) for name in given} | changes
    problems = list(contradictions(office, unit.name, *right.values()))
    if problems:
        raise Refused(problems, "Nothing was corrected")
    excursion_id, words = _judged(office, unit, reading, right)
    note = f"corrected: {reason}"
    corrected = office.edit(
        reading,
        managed=True,
        **changes,
        verdict=unit.limits(office).verdict(*right.values()),
        excursion_id=excursion_id,
        note=f"{reading.note}; {note}" if reading.note else note,
    )
    head = f"{unit.name}, {reading.day} {reading.slot}: corrected."
    return Outcome(corrected, f"{head} {words}".strip())


def _judged(
    office: Office,
    unit: MonitoredUnit,
    reading: TemperatureReading,
    right: Mapping[str, int | None],
) -> tuple[int | None, str]:
    """Return the id of the excursion that a corrected reading belongs to, and what to say of it."""
    limits, known = unit.limits(office), None
    if reading.excursion_id is not None:
        known = office.get(Excursion, reading.excursion_id)
    if limits.verdict(*right.values()) != "ok":
        is_closed = known is not None and known.state not in OPEN_STATES
        # A lot with a decision is not opened again for another number.
        if is_closed and reading.verdict != "ok":
            return reading.excursion_id, ""
        ended = reading.taken_at if limits.verdict(right["current"]) == "ok" else None
        times = (reading.taken_at, ended)
        excursion, words = went_out(office, unit, limits, right.values(), times)
        return excursion.id, words
    if known is None or reading.verdict == "ok":
        return reading.excursion_id, ""
    key = known.human_key
    words = f"{key} stays as it is; officeops excursion withdraw {key}, if it was none."
    return reading.excursion_id, words
