"""A correction of a reading that was typed wrong; the history keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Outcome, Refused, action, param
from officeops_maintenance.readings.booking import moment_of
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.limits import combined
from officeops_maintenance.readings.limits_in_force import in_force, verdict_of
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.other_scale import corrected_in_other_scale
from officeops_maintenance.readings.out_of_range import judge
from officeops_maintenance.readings.temperature_sheet import contradictions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.readings.stretch import Moment
    from officeops_maintenance.readings.temperature_reading import TemperatureReading


@action("maintenance.temperature-reading.correct")
def correct(
    office: Office,
    reading: TemperatureReading,
    reason: str = param(help="The mistake", example="48 was typed for 38"),
    current: int | None = param(kind="temperature", default=None, help="As it was on the display"),
    lowest: int | None = param(kind="temperature", default=None),
    highest: int | None = param(kind="temperature", default=None),
    as_shown: bool = param(  # noqa: FBT001 - a parameter of the form
        kind="yes_no",
        default=False,
        help="The display showed just that, though it is far out of limits",
    ),
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
    if not as_shown:
        usual, typed = unit.limits(office), changes.values()
        problems += corrected_in_other_scale(office, unit.name, usual, typed)
    if problems:
        raise Refused(problems, "Nothing was corrected")
    verdict = _verdict(office, unit, reading, changes)
    before = reading.verdict, reading.excursion_id
    note = f"corrected: {reason}"
    corrected = office.edit(
        reading,
        managed=True,
        **changes,
        verdict=verdict,
        note=f"{reading.note}; {note}" if reading.note else note,
    )
    limits = in_force(office, unit, reading.taken_at, reading.id)
    is_back = verdict == "ok" or verdict_of(limits, right["current"]) == "ok"
    excursion_id, words = _judged(
        office, unit, before, moment_of(corrected, verdict, is_back=is_back)
    )
    if excursion_id != corrected.excursion_id:
        corrected = office.edit(corrected, managed=True, excursion_id=excursion_id)
    head = f"{unit.name}, {reading.day} {reading.slot}: corrected."
    return Outcome(corrected, f"{head} {words}".strip())


def _verdict(
    office: Office,
    unit: MonitoredUnit,
    reading: TemperatureReading,
    changes: Mapping[str, int],
) -> str:
    """Return the verdict on a corrected reading."""
    limits = in_force(office, unit, reading.taken_at, reading.id)
    kept = {"current", "lowest", "highest"} - changes.keys()
    # Numbers that were within range stay so: nobody knows their scale any more.
    known = [getattr(reading, name) for name in kept] if reading.verdict != "ok" else []
    return combined(verdict_of(limits, *changes.values()), verdict_of(limits, *known))


def _judged(
    office: Office,
    unit: MonitoredUnit,
    before: tuple[str, int | None],
    moment: Moment,
) -> tuple[int | None, str]:
    """Return the id of the excursion that a corrected reading belongs to, and what to say of it.

    `before` are the verdict and the excursion that it had.
    """
    was, excursion_id = before
    known = office.get(Excursion, excursion_id) if excursion_id is not None else None
    if moment.verdict != "ok":
        is_closed = known is not None and known.state not in OPEN_STATES
        # A lot with a decision is not opened again for another number.
        if is_closed and was != "ok":
            return excursion_id, ""
        excursion, words = judge(office, unit, [moment])
        return excursion.id if excursion else None, words
    if known is None or was == "ok":
        return excursion_id, ""
    key = known.human_key
    words = f"{key} stays as it is; officeops excursion withdraw {key}, if it was none."
    return excursion_id, words
