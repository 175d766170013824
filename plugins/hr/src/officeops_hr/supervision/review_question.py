"""Review question: what a review of a form asks about everybody, as data that an office edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, choice, field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: Usual lengths of a trial time, and the yearly one.
FORMS: Final = ("30-day", "60-day", "90-day", "yearly", "other")
#: Between a question and its answer.
APART: Final = "="


class ReviewQuestion(
    Record,
    key="hr.review-question",
    display="question",
    sort="sort_order,id",
    also=("appraisal-question",),
):
    """A question for all reviews or those of one form."""

    bare_word = "question"

    question: str = field(
        unique=True,
        search=True,
        list_rank=1,
        also=("review question",),
        example="Patient focus",
    )
    form: str | None = choice(
        *FORMS, default=None, list_rank=1, help="Of which reviews; blank: of all"
    )
    rated: bool = field(
        default=True, list_rank=2, help="Whether a number from 1 to 5 begins the answer"
    )
    sort_order: int = field(default=50, list_rank=8, help="Reviews ask lower numbers first")

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse a question with the sign that comes before its answer."""
        if APART in self.question:
            why = f"has {APART!r}, which comes before an answer"
            yield Problem(why, "question", code="malformed")
