"""An inspection as text: for the office with its gaps, or as a handout without them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from officeops.cli.paragraphs import paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.core.inspection_questions import Inspection, Question
    from officeops.office.inspection import InspectionLine
    from officeops.office.office import Office

#: Where a proof begins in its line, behind the status.
_INDENT: Final = " " * 12


def inspection_text(
    office: Office,
    asked: Inspection,
    lines: Iterable[InspectionLine],
    width: int,
    *,
    handout: bool,
) -> list[str]:
    """Return the lines of a page: what the office confirmed first, then what it has not."""
    page = paragraph(f"{asked.title}: {office.facts.name}, {office.today}", width=width)
    page += paragraph(f"Asked by: {asked.who}.", width=width)
    if not handout:
        page += paragraph(asked.caution, width=width)
    # Gone through twice: the confirmed ones first, then the others.
    lines = list(lines)
    page += _questions(asked, [line for line in lines if line.is_confirmed], width, handout=handout)
    others = [line for line in lines if not line.is_confirmed]
    if others:
        page += ["", *paragraph(_UNCONFIRMED.format(asked.topic), width=width)]
        page += _questions(asked, others, width, handout=handout)
    return page


_UNCONFIRMED: Final = (
    "Not confirmed. Nobody of this office has said that these are its requirements: ask your state "
    "or your consultant, then run `officeops inspect {} --confirm QUESTION`."
)


def _questions(
    asked: Inspection,
    lines: Iterable[InspectionLine],
    width: int,
    *,
    handout: bool,
) -> Iterator[str]:
    """Yield questions with their proofs; the office's own page says more of each than a handout."""
    # The lines of a question follow each other, as groupby needs them.
    for question, of_question in groupby(lines, lambda line: line.question):
        answers = list(of_question)
        yield ""
        # An inspector learns which source was read; what nobody compared is the office's to check.
        compared = asked.compared(question) if handout else ""
        yield from paragraph(f"{question.wording}{compared and f' ({compared})'}", width=width)
        if not handout:
            said = f"{_said(question, answers[0])} {asked.comparison(question)}"
            yield from paragraph(said, "  ", width=width)
        for line in answers:
            yield from _answer(line, width, handout=handout)


def _said(question: Question, line: InspectionLine) -> str:
    """Return the question's word, and who confirmed it when."""
    said = line.requirement
    if said is None:
        return f"[{question.word}]"
    by = f"confirmed {said.confirmed_on} by {said.confirmed_by}"
    return (
        f"[{question.word}] {by};"
        if line.is_confirmed
        else f"[{question.word}] reworded since {by};"
    )


def _answer(
    line: InspectionLine,
    width: int,
    *,
    handout: bool,
) -> list[str]:
    if handout:
        place = "binder: " if line.status == "binder" else ""
        return paragraph(f"{place}{line.shown}", "  ", width=width)
    text, proof = line.shown, line.proof
    if proof is not None and proof.action and line.status != "met":
        text = f"{text}. {proof.owner}: {proof.action}"
    return paragraph(text, _INDENT, f"  {line.status}", width)
