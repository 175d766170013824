"""ScorecardSheet: the questions of a kit, a row each, in which an interviewer types the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, SheetRow, field, sheet_column
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.give_scorecard import Answer, give_all, questions_of
from officeops_hr.hiring.interview import Interview

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops import Office, Typed
    from officeops_hr.hiring.interview import Scorecard

_COLUMNS: Final = (
    sheet_column(
        "score",
        field(kind="number", minimum=1, maximum=5),
        width=6,
        most=5,
        beyond="no score: 1 to 5",
    ),
    sheet_column("evidence", field(), width=34),
)


class ScorecardSheet(EntrySheet):
    """The card of one interviewer: a score from 1 to 5, and the evidence."""

    key = "hr.scorecard-sheet"
    verb = "hr.scorecard.give"
    noun = "answer"
    done = "scored"
    heading = "Competency"
    expects = ""
    differing = ""
    types = "score"
    typing = "Type 1 to 5, then the evidence; no score means that they did not answer"
    untouched = "the card cannot be given without them"
    nothing = "The kit has no questions: officeops interview-kit edit NAME --question …"
    columns = _COLUMNS

    def __init__(self, card: Scorecard) -> None:
        """`card` is the card that is given."""
        self._card = card

    @property
    def subject(self) -> str:
        """The number of the card."""
        return str(self._card.id)

    @property
    def title(self) -> str:
        """Its name in the breadcrumb."""
        return f"Scorecard {self._card.human_key}"

    def rows(
        self,
        office: Office,
        also: Iterable[str],  # noqa: ARG002 - a kit has all rows
    ) -> Sequence[SheetRow]:
        """Return a row for each question of the kit."""
        interview = office.get(Interview, self._card.interview_id)
        of = ((Candidate.meta.key, interview.candidate_id),)
        rows = []
        for question in questions_of(office, self._card):
            row = SheetRow(
                str(question.id),
                question.competency,
                needs=("evidence",),
                also=question.question or "",
                of=of,
            )
            rows.append(row)
        return rows

    def arguments(
        self,
        office: Office,  # noqa: ARG002 - the signature
        typed: Mapping[str, Typed],
    ) -> Mapping[str, object]:
        """Return what the history keeps: which rows, and no score, as it is locked."""
        return {"of": [self.subject], "rows": {row_id: {} for row_id in typed}}

    def book(
        self,
        office: Office,
        typed: Mapping[str, Typed],
    ) -> str:
        """Give the card with all its scores."""
        answers = {}
        for row_id, row in typed.items():
            answers[int(row_id)] = Answer(row.value("score"), row.text("evidence"))
        return give_all(office, self._card, answers)
