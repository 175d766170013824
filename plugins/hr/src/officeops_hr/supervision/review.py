"""Review: how a person did in a period, signed by who wrote it and by the person."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the kinds of fields
from typing import TYPE_CHECKING, Final

from officeops import DateOrder, Frozen, choice, field, ref
from officeops_hr.supervision.review_life import REVIEW
from officeops_hr.supervision.review_question import FORMS
from officeops_hr.supervision.scope import REVIEWS
from officeops_hr.supervision.written import Written

if TYPE_CHECKING:
    from officeops import Office

_SIGNED: Final = ("person_id", "form", "period_from", "period_to", "self_text", "text", "answers")


class Review(
    Written,
    key="hr.review",
    prefix="RV",
    display="period_to",
    sort="-period_to,-id",
    also=("appraisal", "evaluation", "performance-review"),
    scope=REVIEWS.by("id"),
):
    """A review of a person's work in a period.

    Its writer signs by sharing it; then the person reads and signs it. Nothing about health belongs
    here.
    """

    as_text = "officeops_hr.supervision.review_paper:review_paper"

    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    form: str = choice(*FORMS, default="yearly", list_rank=2)
    period_from: date = field(list_rank=3, label="From")
    period_to: date = field(list_rank=1, label="Until")
    state: str = REVIEW.field(list_rank=1)
    self_text: str | None = field(
        kind="long_text",
        default=None,
        sealed=True,
        guard="hr.review",
        hidden=True,
        label="Their own view",
    )
    text: str | None = field(
        kind="long_text", default=None, sealed=True, guard="hr.review", hidden=True, label="Review"
    )
    answers: str | None = field(
        kind="long_text",
        default=None,
        managed=True,
        sealed=True,
        guard="hr.review",
        hidden=True,
        help="A line for each question of the form: officeops review answer",
    )
    # Two signatures, each with its moment; the history has the rest.
    shared_by: str | None = field(default=None, managed=True, list_rank=5, label="Signed by")
    shared_at: datetime | None = field(default=None, managed=True, hidden=True)
    shared_on: date | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="Person got it",
        help="The day on which the person got it, also on paper",
    )
    # Guarded apart: the person writes it, and may not write the rest.
    comment: str | None = field(
        kind="long_text",
        default=None,
        managed=True,
        sealed=True,
        guard="hr.review-comment",
        hidden=True,
        label="The person's comment",
    )
    signed_by: str | None = field(default=None, managed=True, list_rank=5, label="Countersigned by")
    signed_at: datetime | None = field(default=None, managed=True, hidden=True)
    signed_on: date | None = field(default=None, managed=True, hidden=True, label="Paper signed")
    why_unsigned: str | None = field(default=None, managed=True, hidden=True)

    life = REVIEW
    # A signature under a text about somebody else would be another signature.
    frozen = (
        Frozen(
            _SIGNED,
            states=REVIEW.states[1:],
            why="is signed; it does not change any more",
        ),
    )
    date_orders = (
        DateOrder(("period_from", "period_to")),
        # Nobody signs what nobody has shown them.
        DateOrder(("period_from", "shared_on", "signed_on")),
    )

    def owes(self, office: Office) -> str | None:  # noqa: ARG002 - as every kind
        """Return that it is one of the file's papers once the person has seen it."""
        if self.state == "draft":
            return None
        if self.state == "shared":
            return "the person has not signed it"
        return "it is signed, and a part of the personnel file"
