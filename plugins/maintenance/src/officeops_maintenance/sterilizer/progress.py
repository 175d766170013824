"""Progress: how far a locked sterilizer is on its way back to service, and its next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values import wording
from officeops_maintenance.sterilizer.passes import NEEDED, PASSES, STAGE
from officeops_maintenance.sterilizer.procedure import procedure

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.sterilizer.failure import Failure

_PROGRESS: Final = f"""
SELECT {STAGE}, {PASSES}, {NEEDED} FROM maintenance_sterilizer_failure t WHERE t.id = ?"""


def progress_of(office: Office, failure: Failure) -> tuple[str, int, int]:
    """Return what a failure waits for, how many tests in a row passed, and how many are needed."""
    [(stage, passes, needed)] = office.rows(_PROGRESS, failure.id)
    return stage or "", passes, needed


def progress(office: Office, failure: Failure) -> str:
    """Say how far a locked sterilizer is on its way back, and the next step."""
    stage, passes, needed = progress_of(office, failure)
    key, rules = failure.human_key, procedure(failure.procedure)
    row = f"{passes} of {wording.count(needed, 'negative test')} in a row"
    if stage == "review":
        return f"{row}. {rules.review} Then: officeops sterilizer-failure review {key} --findings …"
    if stage == "repair":
        return f"{rules.repair} Then: officeops sterilizer-failure repaired {key} --cause …"
    if stage == "repeat":
        return f"{row}. Then: officeops sterilizer-failure repeat {key}"
    return f"{row}: officeops sterilizer-failure release {key}."
