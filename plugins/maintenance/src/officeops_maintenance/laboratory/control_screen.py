"""The screen of the controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import SheetScreen
from officeops_maintenance.laboratory.control_sheet import ControlSheet

if TYPE_CHECKING:
    from officeops import Office


class ControlScreen(SheetScreen):
    """The sheet of the morning's controls."""

    def __init__(self, office: Office) -> None:
        """Open the sheet of now."""
        super().__init__(office, ControlSheet())
