"""Interview: a meeting with a candidate, its interviewers, and the card that each of them gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, DateOrder, Reason, Record, choice, computed, field, ref
from officeops_hr.hiring.keeping import KEPT, OF_CANDIDATE, OF_INTERVIEW
from officeops_hr.hiring.opened_cards import GIVEN
from officeops_hr.hiring.scope import CANDIDATES

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office

_CARDS: Final = """(SELECT count(*) FROM hr_scorecard s WHERE s.interview_id = t.id
AND s.archived_at IS NULL"""
_WAITING: Final = f"{_CARDS} AND s.given_at IS NULL)"


class Interview(
    Record,
    key="hr.interview",
    prefix="IV",
    display="candidate_id",
    sort="-at,id",
    scope=CANDIDATES.by("candidate_id", all="manage"),
):
    """A meeting with a candidate."""

    importer = "officeops_hr.hiring.interview_import:InterviewImport"
    date_orders = (DateOrder(("candidate_id.applied_on", "at"), to_come=("at",)),)

    children = (
        Child(
            "hr.scorecard",
            by="interview_id",
            option="interviewer",
            form="interviewer",
            most=8,
            example="P-3",
        ),
    )

    candidate_id: int = ref("hr.candidate", where="is_open=yes", list_rank=1)
    at: datetime = field(list_rank=1, label="When", example="2026-03-04 10:00")
    kit_id: int = ref(
        "hr.interview-kit", indexed=False, list_rank=3, label="Kit", help="The questions"
    )
    way: str = choice("in_person", "video", "phone", "working", default="in_person", list_rank=3)
    place: str | None = field(default=None, list_rank=4, example="Dr. Rao's office")

    retention = KEPT
    computed = (
        OF_CANDIDATE,
        computed("cards", f"{_CARDS})", kind="number", list_rank=2, label="Interviewers"),
        computed("waiting", _WAITING, kind="number", list_rank=2, label="Cards missing"),
        computed("is_open", f"({_WAITING} > 0)", kind="yes_no", hidden=True),
    )


class Scorecard(
    Record,
    key="hr.scorecard",
    child=True,
    noun="scorecard",
    label="Scorecard",
    prefix="SK",
    display="interviewer_id",
    sort="-interview,id",
    unique_together=(("interview_id", "interviewer_id"),),
    scope=CANDIDATES.by("interview_id.candidate_id", all="manage"),
):
    """The card that one interviewer gives.

    Its scores are locked until all cards of the interview are in.
    """

    identity = (("interview_id", "interviewer_id"),)

    interview_id: int = ref("hr.interview", list_rank=1)
    interviewer_id: int = ref("hr.person", list_rank=1, example="P-3")
    given_at: datetime | None = field(default=None, managed=True, list_rank=2, label="Given")
    # Cards on paper are typed by somebody else, who then knows them.
    entered_by_id: int | None = ref(
        "core.user", default=None, managed=True, hidden=True, indexed=False, label="Typed by"
    )

    retention = KEPT
    promise = GIVEN
    computed = (
        OF_INTERVIEW,
        # An interview has no name of its own, so a card says whose it is.
        computed(
            "candidate",
            """(SELECT c.name FROM hr_interview i JOIN hr_candidate c ON c.id = i.candidate_id
            WHERE i.id = t.interview_id)""",
            kind="text",
            list_rank=1,
        ),
        computed("is_open", "(t.given_at IS NULL)", kind="yes_no", hidden=True),
    )

    def keep(self, office: Office) -> str | None:
        """Keep a card that was given, and one's own: that would open the others' scores."""
        interview = office.get(Interview, self.interview_id)
        if interview.archived_at is not None:
            return None
        if self.given_at is not None:
            return Reason("it was given, and its scores count", code="in-use")
        user = office.acting_user()
        interviewer = office.records["hr.person"]
        own = office.first(interviewer, "id = ? AND user_id = ?", self.interviewer_id, user or 0)
        if own is not None:
            why = "it is yours; give it, or let somebody else take you off the interview"
            return Reason(why, code="not-allowed-here")
        return None
