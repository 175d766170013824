"""The screen of a gap in the week: who can fill it, and Enter types it into their day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.tui import Key, Line, LineScreen, cut, pad
from officeops.values import safe, wording
from officeops_hr.leave.amounts import hours
from officeops_hr.roster.clock import span
from officeops_hr.roster.rules.cover import CAN_BUT, CANNOT, GROUPS, Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.open_week import OpenWeek

#: Cells of a name, and of the hours of the week.
_NAME: Final = 26
_WEEK: Final = 8


class WhoScreen(LineScreen):
    """Everybody's answer for a seat of the week that is open below."""

    def __init__(self, opener: OpenWeek, seat: Shift) -> None:
        """Share the office of the week's screen; `seat` has no person, or one who cannot come."""
        super().__init__(opener.office)
        self._opener, self._seat = opener, seat

    def crumb(self) -> str:
        """Return the seat."""
        seat = self._seat
        code = self._opener.sheet.week.codes.get(seat.role, "")
        return f"Who can: {code} {seat.on:%a} {seat.on} {span(seat.start, seat.end)}"

    def head(self, width: int) -> str:  # noqa: ARG002 - the method's signature
        """Return the labels of the columns."""
        return f"{pad('Person', _NAME)}{pad('Week', _WEEK)}Why"

    def reload(self) -> None:
        """Read the week again."""
        self._opener.read_typed()
        self.lay_out()

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the people by group, the best choice first."""
        # With everything typed: somebody may have been given another shift a moment ago.
        answers = self._opener.typed_week.answers(self._seat)
        lines = []
        for group in GROUPS:
            people = [one for one in answers if one.group == group]
            heading = f"{group.capitalize()} ({len(people)})"
            lines.append(Line.of(heading, "head"))
            lines += [_line(one, width) for one in people]
        return lines

    def own_keys(self) -> Iterable[Key]:
        """Return the key that types the shift."""
        words = "Type the shift into their day"
        return [
            Key(
                ("enter",),
                "type it",
                self.take,
                words,
                1,
                reason=self._why_not,
            )
        ]

    def _why_not(self) -> str | None:
        answer = self.selected
        if not isinstance(answer, Answer):
            return "move to somebody first"
        if answer.group == CANNOT:
            return f"{answer.name} cannot work then: {wording.listing(list(answer.reasons))}"
        return None

    def take(self) -> None:
        """Type the shift into the day of the person under the cursor; a doubt needs its reason."""
        answer = self.selected
        if not isinstance(answer, Answer):
            return
        # The reason is typed in place of a yes, so that a doubt is never passed by habit.
        if answer.group != CAN_BUT:
            self._type(answer.person, None)
            return
        reasons = wording.listing(list(answer.reasons))
        self.ask_for(
            safe(f"Why {answer.name}, although {reasons}? "),
            _typed,
            partial(self._type, answer.person),
        )

    def _type(self, person: int, reason: str | None) -> None:
        self.app.pop_screen()
        self._opener.give(
            self._seat,
            person,
            reason,
        )


def _line(answer: Answer, width: int) -> Line:
    name = pad(cut(safe(answer.name), _NAME - 1), _NAME)
    why = safe(", ".join(answer.reasons))
    text = cut(f"{name}{pad(hours(answer.week), _WEEK)}{why}", width)
    return Line.of(
        text,
        # In a group of its own too: the color alone would say nothing to some.
        "dim" if answer.group == CANNOT else "",
        answer,
        str(answer.person),
    )


def _typed(text: str) -> str | None:
    return text.strip() or None
