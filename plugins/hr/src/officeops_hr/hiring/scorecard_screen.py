"""The screen of a scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui import SheetScreen
from officeops_hr.hiring.scorecard_sheet import ScorecardSheet

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.hiring.interview import Scorecard


def scorecard_screen(office: Office, card: Scorecard) -> SheetScreen:
    """Return the screen on which an interviewer gives a card."""
    return SheetScreen(office, ScorecardSheet(card))
