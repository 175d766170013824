"""Office limits: the hours and the rest that this office plans by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.config import HrSettings
from officeops_hr.roster.rules.limits import Limits

if TYPE_CHECKING:
    from officeops import Office


def limits_of(office: Office) -> Limits:
    """Return the figures that warn in the schedule."""
    return Limits(rest=office.settings("hr", HrSettings).schedule_rest)
