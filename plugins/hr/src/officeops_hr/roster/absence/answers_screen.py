"""AnswersScreen: people's answers for a seat, by group, and the keys that give it to one of them.

It is the one list of who can cover: of a shift in the plan, and of a seat in a week that is typed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from officeops.tui import Key, Line, LineScreen, cut, pad
from officeops.values import safe, wording
from officeops_hr.leave.amounts import hours
from officeops_hr.roster.rules.cover import CAN_BUT, CANNOT, GROUPS, Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: Cells of a name, and of the hours of the week.
_NAME: Final = 26
_WEEK: Final = 8


class AnswersScreen(LineScreen):
    """Who can take a seat; subclasses say whose answers, and write the choice."""

    #: The word of the key that gives the seat, and its sentence in the help.
    gives: ClassVar[str] = "assign"
    gives_help: ClassVar[str] = "Give the shift to them"

    def head(self, width: int) -> str:  # noqa: ARG002 - the method's signature
        """Return the labels of the columns."""
        return f"{pad('Person', _NAME)}{pad('Week', _WEEK)}Why"

    def answer_lines(
        self,
        answers: Sequence[Answer],
        asked: Mapping[int, str],
        width: int,
    ) -> Iterator[Line]:
        """Yield the people by group, the best choice first, with what they said when asked."""
        for group in GROUPS:
            people = [one for one in answers if one.group == group]
            # Rarely anybody: an empty heading would be a riddle.
            if not people and group not in {*GROUPS[:2], CANNOT}:
                continue
            yield Line.of(f"{group.capitalize()} ({len(people)})", "head")
            for one in people:
                yield _line(one, width)
                # Below the name, so that nobody rings the same person twice.
                if said := asked.get(one.person):
                    words = safe(f"  asked: {said}")
                    yield Line.of(cut(words, width), "dim")

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterable[Key]:
        """Return the key that gives the seat to the person under the cursor."""
        give = Key(
            ("enter", ":give"),
            self.gives,
            self.give,
            self.gives_help,
            1,
            reason=self.why_nobody,
            means="do",
        )
        return [give]

    def why_nobody(self) -> str | None:
        """Return why no person is chosen; None where one is."""
        return None if isinstance(self.selected, Answer) else "nobody is under the cursor"

    @property
    def answer(self) -> Answer:
        """The person under the cursor with the answer."""
        answer = self.selected
        if not isinstance(answer, Answer):
            raise TypeError(answer)
        return answer

    def give(self) -> None:
        """Give the seat to the person under the cursor; a doubt needs its reason."""
        answer = self.answer
        reasons = wording.listing(list(answer.reasons))
        if answer.group == CANNOT:
            self.say(safe(f"{answer.name} cannot work then: {reasons}."))
        # The reason is typed in place of a yes, so that a doubt is never passed by habit.
        elif answer.group == CAN_BUT:
            self.ask_for(
                safe(f"{answer.name}: {reasons}. Why all the same? "),
                _reason,
                partial(self.take, answer),
            )
        else:
            self.confirm(answer)

    def confirm(self, answer: Answer) -> None:
        """Ask before somebody gets the seat, and before a second person gets what they leave."""
        also = f", and {answer.reasons[0]}" if answer.move else ""
        self.ask(
            safe(f"Give the shift to {answer.name}{also}?"),
            partial(
                self.take,
                answer,
                None,
            ),
        )

    def take(self, answer: Answer, despite: str | None) -> None:
        """Write the choice."""
        raise NotImplementedError


def _line(answer: Answer, width: int) -> Line:
    name = pad(cut(safe(answer.name), _NAME - 1), _NAME)
    why = safe(wording.listing(list(answer.reasons)))
    text = cut(f"{name}{pad(hours(answer.week), _WEEK)}{why}", width)
    return Line.of(
        text,
        # In a group of its own too: the color alone would say nothing to some.
        "dim" if answer.group == CANNOT else "",
        answer,
        str(answer.person),
    )


def _reason(text: str) -> str | None:
    return text.strip() or None
