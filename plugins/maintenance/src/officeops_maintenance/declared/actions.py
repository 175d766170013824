"""The actions of maintenance, by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.calibration import recording
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.calibration.life import CALIBRATION
from officeops_maintenance.calibration.review import review
from officeops_maintenance.calibration.standard import ReferenceStandard
from officeops_maintenance.contracts.contract import Contract
from officeops_maintenance.equipment import return_check
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.laboratory import kit_actions, waived_tests
from officeops_maintenance.loans.loan import take_back
from officeops_maintenance.plans import task_visits, templates
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.plans.visit_life import VISIT
from officeops_maintenance.readings import unit_actions
from officeops_maintenance.readings.correction import correct
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.excursion_life import EXCURSION, HELD_LOT
from officeops_maintenance.readings.held_lots import hold_lots
from officeops_maintenance.recalls.recall import CANDIDATE, RecallCandidate
from officeops_maintenance.sterilizer import actions as sterilizers
from officeops_maintenance.tickets.charge import charge
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.parts import put_back, use_part
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.vendor_answer import vendor_answered
from officeops_maintenance.tickets.vendor_call import call
from officeops_maintenance.waste import picked_up

if TYPE_CHECKING:
    from officeops import Action

ACTIONS: Final[list[Action[..., Any]]] = [
    *EQUIPMENT.actions(Equipment),
    take_back,
    return_check.test,
    *Contract.actions(),
    *CANDIDATE.actions(RecallCandidate),
    *TICKET.actions(Ticket),
    call,
    charge,
    use_part,
    put_back,
    vendor_answered,
    *templates.ACTIONS,
    *task_visits.ACTIONS,
    *VISIT.actions(Visit),
    *EXCURSION.actions(Excursion),
    *HELD_LOT.actions(HeldLot),
    hold_lots,
    correct,
    *unit_actions.ACTIONS,
    *CALIBRATION.actions(Calibration),
    review,
    *recording.ACTIONS,
    *ReferenceStandard.actions(),
    *kit_actions.ACTIONS,
    *waived_tests.ACTIONS,
    *sterilizers.ACTIONS,
    *picked_up.ACTIONS,
]
