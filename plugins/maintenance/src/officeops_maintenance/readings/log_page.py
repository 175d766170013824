"""The page of a month's log, as an inspector of the vaccine program reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops.exchange import Facts, Grid, Lines, Printout
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.initials import Initials
from officeops_maintenance.readings.held_lots import kept_at
from officeops_maintenance.readings.limits_in_force import in_force_at
from officeops_maintenance.readings.log_cells import LABELS, RIGHT, LogCells, with_limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.readings.month_log import LogLine, MonthLog

_TO_WRITE: Final = "Write time, temperatures and initials; out of range, use nothing, and call."
_SIGNED: Final = "Reviewed by ______________________   on ______________"


def log_page(office: Office, log: MonthLog) -> Printout:
    """Return a log as a page: whose, which limits, every day, and room for a signature."""
    lines = list(log.lines())
    initials = Initials(office)
    cells = LogCells(office.ways, initials, has_range=log.unit.shows_range)
    rows = [cells.of(line) for line in lines]
    labels: Sequence[str] = LABELS
    right: Sequence[bool] = RIGHT
    limits = _limits(office, log, lines)
    if len(set(limits)) > 1:
        shown = (words if line.limits else "" for line, words in zip(lines, limits, strict=True))
        rows = [with_limits(row, words) for row, words in zip(rows, shown, strict=True)]
        labels, right = with_limits(LABELS, "Limits"), with_limits(RIGHT, False)  # noqa: FBT003
    scale = f"Temperatures in °{office.ways.temperature}."
    # The initials that the rows used are known only now.
    counted = [_TO_WRITE] if log.to_write else []
    if not log.to_write or any(line.state in {"read", "gap"} for line in lines):
        counted.insert(0, _counted(lines))
    below = [" ".join([*counted, scale]), *initials.legend(), _SIGNED]
    blocks = (
        Facts(list(_facts(office, log, limits))),
        Grid(labels, rows, right=right),
        Lines(below),
    )
    return Printout(_title(log), blocks, under=(office.facts.name,))


def _title(log: MonthLog) -> str:
    begins, ends = log.first, log.last
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"Temperature log {begins:%B %Y}, {log.unit.name}"
    return f"Temperature log {begins} to {ends}, {log.unit.name}"


def _limits(
    office: Office,
    log: MonthLog,
    lines: Sequence[LogLine],
) -> list[str]:
    """Return the limits of each line in words: those of its reading, else those of its day's end."""
    if log.unit.had_limits is None:
        return [log.unit.limits(office).words(office.ways)] * len(lines)
    words = []
    for line in lines:
        known = line.limits
        if known is None:
            ends = office.ways.moment(line.day, 24 * 60)
            known = in_force_at(office, log.unit, ends)
        words.append(known.words(office.ways))
    return words


def _facts(
    office: Office,
    log: MonthLog,
    limits: Sequence[str],
) -> Iterator[tuple[str, str]]:
    """Yield the labels at the head of the page with the known values."""
    unit = log.unit
    kinds = list(dict.fromkeys(limits)) or [unit.limits(office).words(office.ways)]
    often = "once a workday, with the lowest and highest"
    if len(unit.slots) > 1:
        often = "twice a day"
    known = {
        "Unit": _unit_words(office, unit.name, unit.equipment_id),
        "Location": office.label(Location, kept_at(office, unit)),
        "Limits": f"{', then '.join(kinds)}, read {often}",
        "Logger": unit.logger_serial,
        "Call": unit.call,
    }
    for label, value in known.items():
        if value:
            yield label, value


def _unit_words(
    office: Office,
    name: str,
    equipment_id: int | None,
) -> str:
    """Name a unit with the make, model and serial number of its equipment."""
    if equipment_id is None:
        return name
    equipment = office.get(Equipment, equipment_id)
    words = [f"{name} ({equipment.human_key})"]
    if equipment.make or equipment.model:
        words.append(" ".join(filter(None, (equipment.make, equipment.model))))
    if equipment.serial:
        words.append(f"serial number {equipment.serial}")
    return ", ".join(words)


def _counted(lines: Sequence[LogLine]) -> str:
    """Say how many readings there are, how many of them out of range, and how many are missing."""
    states = Counter(line.state for line in lines)
    outside = sum(line.is_out for line in lines)
    return f"{states['read']} read, {outside} out of range, {states['gap']} not read."
