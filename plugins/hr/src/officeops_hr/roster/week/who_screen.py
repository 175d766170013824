"""The screen of a seat in the week that is typed: who can take it, and Enter types it into their day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from officeops_hr.roster.absence.answers_screen import AnswersScreen
from officeops_hr.roster.clock import span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.tui import Line
    from officeops_hr.roster.rules.cover import Answer
    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.open_week import OpenWeek


class WhoScreen(AnswersScreen):
    """Everybody's answer for a seat of the week that is open below."""

    gives: ClassVar[str] = "type it"
    gives_help: ClassVar[str] = "Type the shift into their day"

    def __init__(self, opener: OpenWeek, seat: Shift) -> None:
        """Share the office of the week's screen; `seat` has no person, or one who cannot come."""
        super().__init__(opener.office)
        self._opener, self._seat = opener, seat

    def crumb(self) -> str:
        """Return the seat."""
        seat = self._seat
        code = self._opener.sheet.week.codes.get(seat.role, "")
        return f"Who can: {code} {seat.on:%a} {seat.on} {span(seat.start, seat.end)}"

    def reload(self) -> None:
        """Read the week again."""
        self._opener.read_typed()
        self.lay_out()

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the people by group, the best choice first."""
        # With everything typed: somebody may have been given another shift a moment ago.
        answers = self._opener.typed_week.answers(self._seat)
        asked = self._opener.asked(self._seat)
        lines = self.answer_lines(
            answers,
            asked,
            width,
        )
        return list(lines)

    def confirm(self, answer: Answer) -> None:
        """Type it at once: nothing is booked yet, and the week shows it."""
        self.take(answer, None)

    def take(self, answer: Answer, despite: str | None) -> None:
        """Type the shift into somebody's day, and what they leave into that of who can take it."""
        self.app.pop_screen()
        move = answer.move
        if move is not None:
            self._opener.give(
                move.shift,
                move.to,
                None,
            )
        self._opener.give(
            self._seat,
            answer.person,
            despite,
        )
