"""InspectionScreen: the questions of one inspection, with what the office can show."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from officeops.core.inspection_questions import inspection
from officeops.model.errors import NotFound
from officeops.office.inspection import CONFIRM, VIEW, InspectionLine, confirm, inspection_lines
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.screens.due_lines import trouble_lines
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line
from officeops.values import wording
from officeops.values.plain_text import wrapped
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.office import Office
    from officeops.tui.widgets.rows import Role

#: Cells of the status in front of a proof.
_STATUS = 12


class InspectionScreen(LineScreen):
    """The lines of one inspection; a question that nobody confirmed says so."""

    # Every plugin is asked for its proofs, which takes longer than a key press.
    slow = True

    def __init__(self, office: Office, topic: str) -> None:
        super().__init__(office)
        self.asked = inspection(topic)
        self.require(VIEW)

    def gather(self, office: Office) -> list[InspectionLine]:
        """Ask every plugin for its proofs."""
        return inspection_lines(office, self.asked)

    def crumb(self) -> str:
        """Return the title of the inspection."""
        return f"Inspection: {self.asked.title}"

    def status(self) -> str:
        """Return how many lines somebody has to see to."""
        if self.gathered is None:
            return "reading…"
        gaps = sum(line.is_gap for line in self.gathered)
        return wording.count(gaps, "gap") if gaps else "no gaps"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return each question with its lines, and the plugins that did not answer."""
        if self.gathered is None:
            return [Line.of("Reading the questions…", "dim")]
        who = f"{self.asked.who}. {self.asked.caution}"
        lines = [*(Line.of(text, "dim") for text in wrapped(who, width)), Line()]
        for _, answers in groupby(self.gathered, lambda line: line.question.key):
            of_question = list(answers)
            compared = self.asked.comparison(of_question[0].question)
            lines += [*_of_question(of_question, compared, width), Line()]
        return [*lines, *trouble_lines(self.office.plugins.troubles, width)]

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of a line."""
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open,
            help="Open the record that proves it, or does not",
            rank=1,
            reason=self._why_no_record,
        )
        yield Key(
            keys=(":confirm",),
            means="approve",
            label="confirm",
            run=self.confirm,
            help="Confirm that the question is a requirement of your office",
            rank=2,
            reason=self._why_not_confirmed,
        )

    def _why_no_record(self) -> str | None:
        line = self.selected
        proof = line.proof if isinstance(line, InspectionLine) else None
        return None if proof and proof.record_id else "this line is about no one record"

    def _why_not_confirmed(self) -> str | None:
        line = self.selected
        if not isinstance(line, InspectionLine):
            return "no question is on this line"
        if line.is_confirmed:
            return "it is confirmed already"
        return self.office.why_not(CONFIRM) or None

    def open(self) -> None:
        """Open the record of the line's proof. Raises NotFound where it has none."""
        line = self.selected
        proof = line.proof if isinstance(line, InspectionLine) else None
        record = self.office.records.get(proof.record) if proof else None
        if proof is None or record is None:
            raise NotFound("This line is about no one record.", code="not-found")
        self.navigator.open_record(record, proof.record_id)

    def confirm(self) -> None:
        """Ask whether the question is a requirement of the office."""
        line = self.selected
        if isinstance(line, InspectionLine):
            word = line.question.word
            self.ask(f"Is {word} a requirement of your office?", partial(self._confirm, word))

    def _confirm(self, word: str) -> None:
        self.write(
            lambda office: confirm(office, self.asked, [word]),
            lambda _: self.say(f"{word} is confirmed."),
        )


def _of_question(
    answers: Sequence[InspectionLine],
    compared: str,
    width: int,
) -> Iterator[Line]:
    first = answers[0]
    role: Role = "strong" if first.is_confirmed else "dim"
    note = "" if first.is_confirmed else f" Not confirmed; {compared}."
    for text in wrapped(f"{first.question.wording}.{note}", width):
        yield Line.of(text, role, first, first.question.key)
    for number, line in enumerate(answers):
        key = f"{line.question.key} {number}"
        role = "alarm" if line.status in {"not met", "missing"} else ""
        first_text, *rest = wrapped(safe(line.shown), width - _STATUS)
        status = f"  {line.status}".ljust(_STATUS)
        yield Line(((status, role), (first_text, "")), line, key)
        for text in rest:
            # With its line, so that the keys act from each row of a long proof.
            yield Line.of(" " * _STATUS + text, "", line)
