"""The actions of sterilizers: on loads, spore tests and failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.sterilizer import recall
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.failure_life import FAILURE
from officeops_maintenance.sterilizer.failure_steps import repaired, review
from officeops_maintenance.sterilizer.indicator_life import SPORE_TEST
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.load_correction import correct
from officeops_maintenance.sterilizer.load_life import LOAD
from officeops_maintenance.sterilizer.reading import read
from officeops_maintenance.sterilizer.repeat import repeat
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from officeops import Action

ACTIONS: Final[list[Action[..., Any]]] = [
    *LOAD.actions(Load),
    correct,
    read,
    *SPORE_TEST.actions(SporeTest),
    review,
    repaired,
    repeat,
    *FAILURE.actions(Failure),
    *recall.ACTIONS,
]
