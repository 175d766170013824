"""The records of maintenance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.point import CalibrationPoint
from officeops_maintenance.calibration.standard import ReferenceStandard
from officeops_maintenance.contracts.contract import Contract, CoveredUnit
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.plans.meter_reading import MeterReading
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.gap_reason import GapReason
from officeops_maintenance.readings.logger_reading import LoggerReading, LoggerReport
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.recalls.recall import Recall, RecallCandidate
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.waste.pickup import WasteContainer, WastePickup

if TYPE_CHECKING:
    from officeops import Record

RECORDS: Final[list[type[Record]]] = [
    Equipment,
    Category,
    Downtime,
    Ticket,
    Plan,
    MeterReading,
    Visit,
    Contract,
    CoveredUnit,
    Recall,
    RecallCandidate,
    MonitoredUnit,
    TemperatureReading,
    Excursion,
    HeldLot,
    GapReason,
    LoggerReading,
    LoggerReport,
    Calibration,
    CalibrationPoint,
    ReferenceStandard,
    LabTest,
    LabKit,
    ControlLot,
    LabControl,
    Load,
    SporeTest,
    Failure,
    WastePickup,
    WasteContainer,
]
