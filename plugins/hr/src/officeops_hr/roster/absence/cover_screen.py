"""The screen of an open seat: who can cover it, with reasons and what they said when asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.tui import Key, Line, LineScreen, cut, pad
from officeops.values import safe, wording
from officeops_hr.leave.amounts import hours
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.asked import ask, asked_words
from officeops_hr.roster.absence.seat_words import of_role, seat
from officeops_hr.roster.absence.seats import next_seat
from officeops_hr.roster.actions import assign
from officeops_hr.roster.covering import answers
from officeops_hr.roster.rules.cover import CAN, CAN_BUT, CANNOT, GROUPS, Answer
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops import Office

#: Cells of a name, and of the hours of the week.
_NAME: Final = 26
_WEEK: Final = 8
_HEADINGS: Final = {CAN: "Can", CAN_BUT: "Can, but", CANNOT: "Cannot"}


class Cover(Value):
    """All that the screen shows of a shift."""

    what: str
    who: str
    answers: Sequence[Answer]
    asked: Mapping[int, str]


class CoverScreen(LineScreen):
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

    def head(self, width: int) -> str:  # noqa: ARG002 - the method's signature
        """Return the labels of the columns."""
        return f"{pad('Person', _NAME)}{pad('Week', _WEEK)}Why"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the people by group, the best choice first."""
        if self.gathered is None:
            return [Line.of("Reading who can…", "dim")]
        lines = []
        for group in GROUPS:
            people = [one for one in self.gathered.answers if one.group == group]
            lines.append(Line.of(f"{_HEADINGS[group]} ({len(people)})", "head"))
            for one in people:
                lines += self._lines(one, width)
        return lines

    def _lines(self, answer: Answer, width: int) -> Iterator[Line]:
        yield self._line(answer, width)
        # Below the name, so that nobody rings the same person twice.
        if asked := self.gathered.asked.get(answer.person):
            yield Line.of(cut(safe(f"  asked: {asked}"), width), "dim")

    def _line(self, answer: Answer, width: int) -> Line:
        reasons = list(answer.reasons)
        name = pad(safe(answer.name), _NAME)
        text = f"{name}{pad(hours(answer.week), _WEEK)}{safe(wording.listing(reasons))}"
        if answer.group == CANNOT:
            return Line.of(
                cut(text, width),
                "dim",
                answer,
                str(answer.person),
            )
        return Line.of(
            cut(text, width),
            "",
            answer,
            str(answer.person),
        )

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys: assign, note an answer, and the next open seat."""
        why = self._why_nobody
        yield Key(
            ("enter", "a"),
            "assign",
            self.give,
            "Give the shift to them",
            1,
            reason=why,
        )
        yield Key(
            ("p",),
            "asked",
            self.read_answer,
            "Note what they said",
            1,
            reason=why,
        )
        yield Key(
            ("f",),
            "next",
            self.go_on,
            "Go to the next open seat of the absence",
            2,
        )

    def _why_nobody(self) -> str | None:
        return None if isinstance(self.selected, Answer) else "nobody is under the cursor"

    @property
    def answer(self) -> Answer:
        """The person under the cursor with the answer."""
        answer = self.selected
        if not isinstance(answer, Answer):
            raise TypeError(answer)
        return answer

    def give(self) -> None:
        """Give the shift to the person under the cursor; a doubt needs its reason."""
        answer = self.answer
        reasons = wording.listing(list(answer.reasons))
        if answer.group == CANNOT:
            self.say(safe(f"{answer.name} cannot work then: {reasons}."))
        # The reason is typed in place of a yes, so that a doubt is never passed by habit.
        elif answer.group == CAN_BUT:
            label = f"{answer.name}: {reasons}. Why all the same? "
            self.ask_for(
                safe(label),
                _reason,
                partial(self._assign, answer.person),
            )
        else:
            yes = partial(
                self._assign,
                answer.person,
                None,
            )
            self.ask(safe(f"Give the shift to {answer.name}?"), yes)

    def _assign(self, person: int, despite: str | None) -> None:
        number = self.shift.id

        def work(office: Office) -> str:
            shift = office.get(Shift, number)
            return str(
                office.do(
                    assign,
                    shift,
                    person_id=person,
                    despite=despite,
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


def _reason(text: str) -> str | None:
    return text.strip() or None


def cover_screen(office: Office, shift: Shift) -> CoverScreen:
    """Open the screen of a shift."""
    screen = CoverScreen(office)
    screen.shift = shift
    return screen
