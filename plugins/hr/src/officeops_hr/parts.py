"""The parts of the plugin, in the order of their tables, pages and lines in Today.

A new part is its import here and its place in the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.boarding.part import BoardingPart
from officeops_hr.credentials.part import CredentialsPart
from officeops_hr.hiring.part import HiringPart
from officeops_hr.leave.part import LeavePart
from officeops_hr.papers.part import PapersPart
from officeops_hr.people.part import PeoplePart
from officeops_hr.privacy.part import PrivacyPart
from officeops_hr.roster.part import RosterPart
from officeops_hr.safety.part import SafetyPart
from officeops_hr.screening.part import ScreeningPart
from officeops_hr.supervision.part import SupervisionPart
from officeops_hr.training.part import TrainingPart
from officeops_hr.worked.part import WorkedPart

if TYPE_CHECKING:
    from officeops_hr.part import Part

PARTS: Final[tuple[Part, ...]] = (
    PeoplePart(),
    PapersPart(),
    CredentialsPart(),
    TrainingPart(),
    LeavePart(),
    HiringPart(),
    BoardingPart(),
    ScreeningPart(),
    SupervisionPart(),
    SafetyPart(),
    PrivacyPart(),
    RosterPart(),
    WorkedPart(),
)
