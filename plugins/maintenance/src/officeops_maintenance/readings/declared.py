"""What the readings declare: their records and actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Format, Permission
from officeops_maintenance.readings.correction import correct
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import EXCURSION, HELD_LOT
from officeops_maintenance.readings.gap_reason import GapReason
from officeops_maintenance.readings.held_lots import hold_lots
from officeops_maintenance.readings.logger_reading import LoggerReading, LoggerReport
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.readings.unit_actions import ACTIONS as UNIT_ACTIONS

if TYPE_CHECKING:
    from officeops import Action, Record

RECORDS: Final[list[type[Record]]] = [
    MonitoredUnit,
    TemperatureReading,
    Excursion,
    HeldLot,
    GapReason,
    LoggerReading,
    LoggerReport,
]
FORMATS: Final = [
    Format(
        "berlinger",
        (),
        ("maintenance.logger-reading",),
        ("serial", "taken_at", "celsius", "fahrenheit", "device"),
        "officeops_maintenance.readings.berlinger:read",
        begins="Device:",
    ),
]
ACTIONS: Final[list[Action[..., Any]]] = [
    *EXCURSION.actions(Excursion),
    *HELD_LOT.actions(HeldLot),
    hold_lots,
    correct,
    *UNIT_ACTIONS,
]
#: A manager answers for the limits, and for what may be used after an excursion.
PERMISSIONS: Final = [
    Permission("maintenance.temperatures.open", "Open temperature logs.", "read"),
    Permission("maintenance.temperatures.record", "Book temperatures.", "work"),
    Permission("maintenance.monitored-unit.add", "Add monitored units.", "manage"),
    Permission("maintenance.monitored-unit.edit", "Edit monitored units.", "manage"),
    Permission("maintenance.monitored-unit.confirm-limits", "Confirm the usual limits.", "manage"),
    Permission("maintenance.temperature-reading.correct", "Correct temperatures.", "manage"),
    Permission("maintenance.excursion.close", "Close an excursion.", "manage"),
    Permission("maintenance.excursion.withdraw", "Withdraw an excursion.", "manage"),
    Permission("maintenance.held-lot.release", "Release a lot after an excursion.", "manage"),
    Permission("maintenance.held-lot.discard", "Discard a lot after an excursion.", "manage"),
]
