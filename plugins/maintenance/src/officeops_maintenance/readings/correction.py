"""A correction of a reading that was typed wrong; the history keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Outcome, Refused, action, param
from officeops_maintenance.readings.booking import went_out
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_sheet import contradictions

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.readings.temperature_reading import TemperatureReading


@action("maintenance.temperature-reading.correct")
def correct(
    office: Office,
    reading: TemperatureReading,
    why: str = param(help="What was wrong", example="48 was typed for 38"),
    current: int | None = param(kind="temperature", default=None, help="As it was on the display"),
    lowest: int | None = param(kind="temperature", default=None),
    highest: int | None = param(kind="temperature", default=None),
) -> Outcome:
    """Correct a reading that was typed wrong, and say why. What is left out stays."""
    given = {"current": current, "lowest": lowest, "highest": highest}
    changes = {name: degrees for name, degrees in given.items() if degrees is not None}
    if not changes:
        raise Refused(
            "Say what was on the display: --current, --lowest or --highest.", code="needed"
        )
    unit = office.get(MonitoredUnit, reading.unit_id)
    kept = {name: getattr(reading, name) for name in given} | changes
    problems = list(contradictions(office, unit.name, *kept.values()))
    if problems:
        raise Refused(problems, "Nothing was corrected")
    limits, before = unit.limits(office), reading.verdict
    verdict = limits.verdict(*kept.values())
    words, excursion_id = "", reading.excursion_id
    if verdict != "ok" and before == "ok":
        ended = reading.taken_at if limits.verdict(kept["current"]) == "ok" else None
        times = (reading.taken_at, ended)
        excursion, words = went_out(office, unit, limits, kept.values(), times)
        excursion_id = excursion.id
    elif verdict == "ok" and before != "ok" and excursion_id:
        key = office.get(Excursion, excursion_id).human_key
        words = f"{key} stays as it is; officeops excursion withdraw {key}, if it was none."
    note = f"corrected: {why}"
    corrected = office.edit(
        reading,
        managed=True,
        **changes,
        verdict=verdict,
        excursion_id=excursion_id,
        note=f"{reading.note}; {note}" if reading.note else note,
    )
    head = f"{unit.name}, {reading.day} {reading.slot}: corrected."
    return Outcome(corrected, f"{head} {words}".strip())
