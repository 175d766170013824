"""Limits in force: a reading is judged by all limits that its unit had since the reading before it.

New limits change nothing for the numbers that a display shows already.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_maintenance.readings.limits import Limits, combined, usual_limits
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.unit_places import open_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Office

_BEFORE: Final = """
SELECT max(taken_at) FROM maintenance_temperature_reading
WHERE unit_id = ? AND taken_at <= ? AND id <> ? AND archived_at IS NULL
"""
#: How the limits of a unit are kept as one word, with the moment until which they were in force.
_WORD: Final = "{sort}/{low}/{high}={until}"


def had_limits(office: Office, unit: MonitoredUnit) -> dict[str, object]:
    """Return the limits that a unit had, with those that it has until this change."""
    return limits_until(office, unit, office.get(MonitoredUnit, unit.id))


def limits_until(
    office: Office,
    unit: MonitoredUnit,
    before: MonitoredUnit,
) -> dict[str, object]:
    """Return the limits that a unit had until now, by what it was before a change."""
    was, now = before.limits(office), unit.limits(office)
    if (was.low, was.high) == (now.low, now.high):
        return {}
    word = _WORD.format(
        sort=before.sort,
        low="" if before.low is None else before.low,
        high="" if before.high is None else before.high,
        until=office.now().isoformat(),
    )
    return {"had_limits": f"{unit.had_limits or ''} {word}".strip()}


def limits_kept(
    office: Office,
    unit: MonitoredUnit,
    before: Mapping[str, object],  # noqa: ARG001 - of each rule of frozen fields
) -> str | None:
    """Return why the limits of a unit stay: an excursion is open, which they judge."""
    why = open_one(office, unit)
    return Reason(f"cannot change: {why}", code="in-use") if why else None


def in_force(
    office: Office,
    unit: MonitoredUnit,
    at: datetime,
    reading_id: int = 0,
) -> list[Limits]:
    """Return the limits by which a reading of a moment is judged, those of that moment last.

    `reading_id` is its own number, where it is kept already.
    """
    if unit.had_limits is None:
        return [unit.limits(office)]
    text = office.value(_BEFORE, unit.id, at.isoformat(), reading_id)
    # The first reading of a log has none before it.
    return list(_between(office, unit, datetime.fromisoformat(text) if text else at, at))


def in_force_at(
    office: Office,
    unit: MonitoredUnit,
    at: datetime,
) -> Limits:
    """Return the limits of a unit at a moment: what a logger measured was of that moment alone."""
    return list(_between(office, unit, at, at))[-1]


def verdict_of(limits: list[Limits], *temperatures: int | None) -> str:
    """Return the verdict of all limits on temperatures."""
    return combined(*(one.verdict(*temperatures) for one in limits))


def first_broken(limits: list[Limits], *temperatures: int | None) -> Limits:
    """Return the limits that temperatures are out of, those of now where several are."""
    broken = [one for one in limits if one.verdict(*temperatures) != "ok"]
    return (broken or limits)[-1]


def _between(
    office: Office,
    unit: MonitoredUnit,
    since: datetime,
    at: datetime,
) -> Iterator[Limits]:
    """Yield the limits that a unit had at any time from one moment to another."""
    begin = None
    for word in (unit.had_limits or "").split():
        kept, _, until_text = word.partition("=")
        until = datetime.fromisoformat(until_text)
        if until >= since and (begin is None or begin <= at):
            yield _read(office, kept)
        begin = until
    if begin is None or begin <= at:
        yield unit.limits(office)


def _read(office: Office, kept: str) -> Limits:
    sort, *texts = kept.split("/")
    low, high = (int(text) if text else None for text in texts)
    usual = usual_limits(sort, office.ways.temperature)
    return Limits(low, high) if usual is None else usual.own(low, high)
