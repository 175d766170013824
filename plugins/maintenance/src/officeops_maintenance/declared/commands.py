"""The commands of maintenance, and its screens."""

from __future__ import annotations

from typing import Final

from officeops import Command, Screen

COMMANDS: Final = [
    Command(
        "repairs",
        "officeops_maintenance.tickets.board_command:repairs",
        "Open tickets by state, and by when to call back.",
        overview=True,
    ),
    Command(
        "planned-work",
        "officeops_maintenance.plans.planned_work:command",
        "List the planned work of a week by its days.",
        overview=True,
    ),
    Command(
        "walk-through",
        "officeops_maintenance.plans.walk_command:command",
        "Print the questions of due tasks, or answer them.",
    ),
    Command(
        "calibrate",
        "officeops_maintenance.calibration.command:command",
        "Enter a calibration with its certificate.",
    ),
    Command(
        "visit-log",
        "officeops_maintenance.plans.visit_log:command",
        "Print the log of visits, such as cleaning.",
        overview=True,
    ),
    Command(
        "waste-log",
        "officeops_maintenance.waste.waste_log:command",
        "Print the waste log of a period.",
        overview=True,
    ),
    Command(
        "temperatures",
        "officeops_maintenance.readings.command:temperatures",
        "Print the temperature sheet, book it, or print a log.",
        overview=True,
    ),
    Command(
        "controls",
        "officeops_maintenance.laboratory.command:controls",
        "Print the sheet of controls, book them, or print a log.",
        overview=True,
    ),
    Command(
        "sterilization",
        "officeops_maintenance.sterilizer.command:sterilization",
        "List the sterilizers, book their loads, or print a log.",
        overview=True,
    ),
]

_BOARD: Final = "officeops_maintenance.tickets.board_screen:RepairsScreen"
_WALK: Final = "officeops_maintenance.plans.walk_screen:screen"
_WEEK: Final = "officeops_maintenance.plans.planned_work_screen:PlannedWorkScreen"
_LOG: Final = "officeops_maintenance.readings.temperature_screen:TemperatureScreen"
_CONTROLS: Final = "officeops_maintenance.laboratory.control_screen:ControlScreen"
_LOADS: Final = "officeops_maintenance.sterilizer.load_screen:LoadScreen"
SCREENS: Final = [
    Screen("maintenance.repairs", "Repairs", _BOARD),
    Screen("maintenance.planned-work", "Planned work", _WEEK),
    Screen("maintenance.walk-through", "Walk-through", _WALK),
    Screen("maintenance.temperatures", "Temperature log", _LOG),
    Screen("maintenance.controls", "Lab controls", _CONTROLS),
    Screen("maintenance.sterilization", "Sterilizer loads", _LOADS),
]
