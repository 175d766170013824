"""Score: what one interviewer gave for one question, locked until all cards are in."""

from __future__ import annotations

from officeops import Record, field, ref
from officeops_hr.hiring.keeping import KEPT, OF_CARD
from officeops_hr.hiring.scope import SCORES


class InterviewScore(
    Record,
    key="hr.interview-score",
    display="competency",
    sort="scorecard,id",
    actions_only=True,
    scope=SCORES.by("scorecard_id", team="manage", all="manage"),
):
    """A score for a question, locked until all are in.

    It is from 1 to 5, with its evidence. No score is no answer, and not a 1. Nobody sees another's before their own card is given and
    all are in: not a manager, not the owner's login.
    """

    scorecard_id: int = ref("hr.scorecard", list_rank=1)
    # Copied, so that a kit that is edited later changes no score.
    competency: str = field(list_rank=1)
    weight: int = field(minimum=1, maximum=10, list_rank=3, help="How much it counts")
    score: int | None = field(
        default=None, minimum=1, maximum=5, list_rank=2, help="1 to 5; blank: no answer"
    )
    evidence: str = field(kind="long_text", list_rank=4)

    retention = KEPT
    computed = (OF_CARD,)
    added_by = "officeops scorecard give"
