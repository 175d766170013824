"""The screen of a walk-through: the sheet of all tasks that are due today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import SheetScreen
from officeops_maintenance.plans.walk_through import WalkThrough

if TYPE_CHECKING:
    from officeops import Office


def screen(office: Office) -> SheetScreen:
    """Open the sheet of the tasks that are due."""
    return SheetScreen(office, WalkThrough(office.today))
