"""Inspections: the inspections that officeops knows, each with how much of it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.inspection_questions import TOPICS
from officeops.office.inspection import VIEW, topic_lines
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.terminal.cells import pad
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.office import Office

#: Cells of a title, so that the numbers begin in one column.
_TITLE = 36


class Inspections(LineScreen):
    """The inspections; Enter opens the questions of one."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.require(VIEW)

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Inspections"

    def make_lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 - every line is short
        """Return a line for each inspection."""
        lines = []
        for asked, confirmed in topic_lines(self.office, TOPICS):
            of_all = f"{confirmed} of {len(asked.questions)} confirmed"
            text = f"{pad(asked.title, _TITLE)}{of_all:<20}"
            command = f":inspect {asked.topic}"
            lines.append(Line(((text, ""), (command, "dim")), asked.topic, asked.topic))
        return lines

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key of its own."""
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open,
            help="Open the questions of the inspection",
            rank=1,
        )

    def open(self) -> None:
        """Open the inspection of the line."""
        self.navigator.go(f"inspect {self.selected}")
