"""The screen of an open seat: who can cover it, with reasons and what they said when asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops import Value
from officeops.tui import Key, Line
from officeops.values import safe
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.answers_screen import AnswersScreen
from officeops_hr.roster.absence.asked import ask, asked_words
from officeops_hr.roster.absence.seat_words import of_role, seat
from officeops_hr.roster.absence.seats import next_seat
from officeops_hr.roster.actions import assign
from officeops_hr.roster.covering import answers
from officeops_hr.roster.rules.cover import Answer  # noqa: TC001 - the kind of a field
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops import Office


class Cover(Value):
    """All that the screen shows of a shift."""

    what: str
    who: str
    answers: Sequence[Answer]
    asked: Mapping[int, str]


class CoverScreen(AnswersScreen):
    """Who can cover one shift."""

    slow = True
    shift: Shift

    def gather(self, office: Office) -> Cover:
        """Read the shift again, with everybody's answer."""
        # By number: somebody may have covered it since the screen was opened.
        shift = office.get(Shift, self.shift.id)
        who = "open"
        if shift.person_id is not None:
            who = f"covered by {office.get(Person, shift.person_id).name}"
        # People of the role first, also where they cannot: a manager thinks of them first.
        has_role = of_role(office, shift)
        found = sorted(answers(office, shift), key=lambda one: not has_role(one))
        return Cover(
            seat(office, shift),
            who,
            found,
            asked_words(office, shift.id),
        )

    def crumb(self) -> str:
        """Return the seat."""
        return "Cover" if self.gathered is None else f"Cover {self.gathered.what}"

    def status(self) -> str:
        """Return who has the shift."""
        return "reading…" if self.gathered is None else str(self.gathered.who)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the people by group, the best choice first."""
        if self.gathered is None:
            return [Line.of("Reading who can…", "dim")]
        lines = self.answer_lines(
            self.gathered.answers,
            self.gathered.asked,
            width,
        )
        return list(lines)

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys: assign, note an answer, and the next open seat."""
        yield from super().own_keys()
        yield Key(
            (":asked",),
            "asked",
            self.read_answer,
            "Note what they said",
            1,
            reason=self.why_nobody,
            means="edit",
        )
        yield Key(
            (":next",),
            "next",
            self.go_on,
            "Go to the next open seat of the absence",
            2,
            means="next",
        )

    def take(self, answer: Answer, despite: str | None) -> None:
        """Give the shift to somebody, and what they leave to who can take it."""
        number = self.shift.id

        def work(office: Office) -> str:
            shift = office.get(Shift, number)
            return str(
                office.do(
                    assign,
                    shift,
                    person_id=answer.person,
                    despite=despite,
                    moves=answer.move is not None,
                )
            )

        self.write(work, self.say)

    def read_answer(self) -> None:
        """Ask what the person under the cursor said."""
        answer = self.answer
        # One key: the next call waits. `officeops shift ask` has the other ways of asking.
        choices = {"y": "yes", "n": "no", "o": "no_answer"}
        self.choose(
            safe(f"{answer.name} was asked by phone:"),
            {
                key: partial(
                    self._note,
                    answer.person,
                    said,
                )
                for key, said in choices.items()
            },
            "y yes  n no  o no answer",
        )

    def _note(self, person: int, said: str) -> None:
        number = self.shift.id

        def work(office: Office) -> str:
            shift = office.get(Shift, number)
            return str(
                office.do(
                    ask,
                    shift,
                    person_id=person,
                    answer=said,
                )
            )

        self.write(work, self.say)

    def go_on(self) -> None:
        """Show the next open seat of the same absence."""
        following = next_seat(self.office, self.shift)
        if following is None:
            self.say("No other shift of this absence is open.")
            return
        # Emptied, since the answers of the last seat would look like those of this one.
        self.shift, self.gathered = following, None
        self.reload()


def cover_screen(office: Office, shift: Shift) -> CoverScreen:
    """Open the screen of a shift."""
    screen = CoverScreen(office)
    screen.shift = shift
    return screen
