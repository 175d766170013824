"""Offer: the terms under which a candidate may start, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import DateOrder, Frozen, Reason, Record, choice, computed, field, ref
from officeops_hr.hiring.keeping import KEPT, OF_CANDIDATE
from officeops_hr.hiring.scope import CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Office

_TERMS: Final = ("candidate_id", "made_on", "starts_on", "answer_by", "pay", "per", "conditions")


class Offer(
    Record,
    key="hr.offer",
    display="candidate_id",
    sort="-made_on,-id",
    scope=CANDIDATES.by("candidate_id", all="manage"),
):
    """The terms of an offer, under conditions.

    Health questions come after it, and no earlier. Its pay is sealed; only HR and the owner see it.
    """

    candidate_id: int = ref("hr.candidate", list_rank=1)
    made_on: date = field(managed=True, default=lambda office: office.today, list_rank=2)
    starts_on: date = field(list_rank=2, label="First day")
    answer_by: date | None = field(default=None, list_rank=3)
    # Sealed, as the pay is that they will have.
    pay: int | None = field(
        kind="money", default=None, minimum=0, sealed=True, guard="hr.offer-pay", list_rank=4
    )
    per: str = choice("hour", "week", "month", "year", default="hour", list_rank=5)
    conditions: str | None = field(kind="long_text", default=None, list_rank=6)
    answer: str | None = choice(
        "accepted", "declined", "withdrawn", default=None, managed=True, list_rank=2
    )
    answered_on: date | None = field(default=None, managed=True, list_rank=4)

    # It is made by the step of the candidate, which weighs the doubts.
    added_by = "officeops candidate offer"
    retention = KEPT
    frozen = (Frozen(_TERMS, rule="officeops_hr.hiring.offer:is_answered"),)
    date_orders = (DateOrder(("made_on", "answered_on"), to_come=("starts_on", "answer_by")),)

    def owes(self, office: Office) -> str | None:  # noqa: ARG002 - as every kind
        """Return that the candidate has not answered."""
        return None if self.answer else "it has no answer yet"

    computed = (OF_CANDIDATE, computed("is_open", "(t.answer IS NULL)", kind="yes_no", hidden=True))


def is_answered(
    office: Office,  # noqa: ARG001 - the signature of a rule
    offer: Offer,
    before: Mapping[str, Any],
) -> str | None:
    """Say that the candidate has answered these terms, and no others."""
    if offer.answer and before.get("answer", offer.answer):
        return Reason("the candidate has answered these terms", code="wrong-state")
    return None
