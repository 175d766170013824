"""The page of a month's log, as an inspector of the vaccine program reads it, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Location, field
from officeops.exchange import Facts, Grid, Lines, Printout
from officeops.values import temperature_text
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.initials import Initials
from officeops_maintenance.readings.held_lots import kept_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops import Office
    from officeops_maintenance.readings.month_log import LogLine, MonthLog

_LABELS: Final = ("Day", "", "Time", "Now", "Low", "High", "By", "Logger", "Remark")
_RIGHT: Final = (False, False, True, True, True, True, False, True, False)


def fields() -> Sequence[Field]:
    """Return the fields of a log's rows for programs."""
    temperatures = ("current", "lowest", "highest", "logger_lowest", "logger_highest")
    declared: dict[str, Any] = {
        "day": field(kind="date", default=None),
        "slot": field(default=None),
        "state": field(default=None),
        "taken_at": field(kind="instant", default=None),
        **{name: field(kind="temperature", default=None) for name in temperatures[:3]},
        "read_by": field(default=None),
        **{name: field(kind="temperature", default=None) for name in temperatures[3:]},
        "remark": field(default=None),
    }
    return [each.named(name, "") for name, each in declared.items()]


def row_of(line: LogLine) -> list[object]:
    """Return a line's values in the order of `fields`."""
    low, high = line.logged or (None, None)
    return [
        line.day.isoformat(),
        line.half or None,
        line.state,
        line.taken_at.isoformat() if line.taken_at else None,
        line.current,
        line.lowest,
        line.highest,
        line.read_by or None,
        low,
        high,
        line.remark or None,
    ]


def log_page(office: Office, log: MonthLog) -> Printout:
    """Return a log as a page: whose, which limits, every day, and room for a signature."""
    unit, scale = log.unit, office.ways.temperature
    limits = unit.limits(office)
    equipment = office.get(Equipment, unit.equipment_id) if unit.equipment_id else None
    slots = "twice a day" if len(unit.slots) == 2 else "once a workday, with the lowest and highest"
    facts = [
        ("Unit", _unit_words(unit.name, equipment)),
        ("Location", office.label(Location, kept_at(office, unit))),
        ("Limits", f"{limits.words(office.ways)}, read {slots}"),
        ("Logger", unit.logger_serial or ""),
        ("Call", unit.call or ""),
    ]
    initials = Initials(office)
    lines = list(log.lines())
    cells = Cells(office, initials)
    rows = [cells.of(line) for line in lines]
    gaps = sum(line.state == "gap" for line in lines)
    out = sum(line.state == "read" and "EX-" in line.remark for line in lines)
    read = sum(line.state == "read" for line in lines)
    counts = f"{read} read, {out} out of range, {gaps} not read. Temperatures in °{scale}."
    signed = "Reviewed by ______________________   on ______________"
    blocks: list[Facts | Grid | Lines] = [
        Facts([(label, value) for label, value in facts if value]),
        Grid(_LABELS, rows, right=_RIGHT),
        Lines([counts, *initials.legend(), signed]),
    ]
    title = f"Temperature log {log.first:%B %Y}"
    if (log.first.year, log.first.month) != (log.last.year, log.last.month):
        title = f"Temperature log {log.first} to {log.last}"
    return Printout(title, blocks, under=(office.facts.name,))


def _unit_words(name: str, equipment: Equipment | None) -> str:
    if equipment is None:
        return name
    details = " ".join(filter(None, (equipment.make, equipment.model)))
    serial = f"serial number {equipment.serial}" if equipment.serial else ""
    return ", ".join(filter(None, (f"{name} ({equipment.human_key})", details, serial)))


class Cells:
    """Writes the cells of a log's lines; the same temperatures come again and again."""

    def __init__(self, office: Office, initials: Initials) -> None:
        self._ways, self._initials = office.ways, initials
        self._scale = self._ways.temperature
        self._shown: dict[int | None, str] = {None: ""}
        self._logged: dict[tuple[int, int] | None, str] = {None: ""}

    def of(self, line: LogLine) -> list[str]:
        """Return the cells of a line, under the labels."""
        time = f"{self._ways.clock(line.taken_at):%H:%M}" if line.taken_at else ""
        return [
            f"{line.day:%d %a}",
            line.half,
            time,
            self._degrees(line.current),
            self._degrees(line.lowest),
            self._degrees(line.highest),
            self._initials.of(line.read_by),
            self._range(line.logged),
            line.remark,
        ]

    def _degrees(self, degrees: int | None) -> str:
        shown = self._shown.get(degrees)
        if shown is None and degrees is not None:
            shown = self._shown[degrees] = temperature_text(degrees, self._scale)
        return shown or ""

    def _range(self, logged: tuple[int, int] | None) -> str:
        shown = self._logged.get(logged)
        if shown is None and logged is not None:
            # With one decimal: no device is finer.
            ends = [f"{float(self._degrees(degrees)):.1f}" for degrees in logged]
            shown = self._logged[logged] = " to ".join(ends)
        return shown or ""
