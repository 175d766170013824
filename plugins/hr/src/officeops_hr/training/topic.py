"""Topics of training: who must have each, how soon after the start, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, Problem, Record, choice, field, folded, ref

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: Until when a yearly training holds: the same day a year later, or the last day of that month.
HOLDS: Final = ("day", "month_end")
#: The kinds of proof that inspectors ask of training.
PROOFS: Final = (
    "bloodborne-training",
    "hazard-communication-training",
    "privacy-training",
    "testing-training",
    "vaccine-training",
)

_NAMES: Final = "SELECT name, id FROM hr_training_topic WHERE archived_at IS NULL"


class TrainingTopic(
    Record,
    key="hr.training-topic",
    display="name",
    sort="name",
    also=("course", "training requirement"),
):
    """A training topic, such as bloodborne pathogens.

    The usual topics are suggestions: nobody vouches for one until somebody has compared it with
    its source.
    """

    children = (
        Child(
            "hr.required-training",
            by="topic_id",
            option="for-role",
            form="role",
            most=40,
            example="MA",
        ),
    )

    name: str = field(
        unique=True, search=True, list_rank=1, example="Bloodborne pathogens", also=("topic",)
    )
    required: bool = field(
        default=False, list_rank=2, help="Whether everybody needs it, whatever their role"
    )
    # Zero where the law says before the first exposure, as with bloodborne pathogens.
    within_days: int = field(
        default=30,
        minimum=0,
        maximum=3650,
        unit="days",
        list_rank=3,
        help="From the first day in the role until it has to be done",
    )
    every_months: int | None = field(
        default=None,
        minimum=1,
        maximum=600,
        unit="months",
        list_rank=2,
        help="Blank: once",
        also=("frequency",),
    )
    holds_until: str = choice(
        *HOLDS, default="day", list_rank=7, help="The same day again, or the end of its month"
    )
    # A condition, where a calendar alone would be too late: the policy or the device changed.
    changed_on: date | None = field(
        default=None,
        list_rank=6,
        help="Trainings before this day do not count: the rule or the device changed",
    )
    # No usual topic has it: whether the law bars anybody from work, the office decides.
    gates_work: bool = field(
        default=False, list_rank=4, help="Whether nobody works in the role while it is overdue"
    )
    proof: str | None = choice(
        *PROOFS, default=None, list_rank=8, help="What it proves to inspectors"
    )
    content: str | None = field(
        kind="long_text", default=None, hidden=True, help="What it covers, for the record"
    )
    # OSHA asks for three years, HIPAA for six: each topic has its own.
    keep_months: int = field(
        default=36,
        minimum=0,
        maximum=1200,
        unit="months",
        list_rank=8,
        help="How long its records are kept",
    )
    source: str | None = field(
        default=None, list_rank=5, help="The law, or whose habit it is", example="House rule"
    )
    checked_on: date | None = field(
        default=None,
        list_rank=6,
        also=("last checked",),
        help="When the office last compared it with its source; blank: not confirmed",
    )

    @classmethod
    def also_found(
        cls,
        office: Office,
        text: str,
    ) -> Iterable[int]:
        """Find a topic by the beginning of its name: Bloodborne."""
        # People type Bloodborne, and not the whole name.
        begins = folded(text)
        for name, number in office.rows(_NAMES):
            if folded(name).startswith(begins):
                yield number

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a comparison with the source on a day to come."""
        if self.checked_on and self.checked_on > office.today:
            yield Problem("is in the future", "checked_on", code="out-of-range")


class RequiredTraining(
    Record,
    key="hr.required-training",
    child=True,
    label="Required training",
    display="role_id",
    sort="id",
    unique_together=(("topic_id", "role_id"),),
):
    """A role whose people need a topic."""

    topic_id: int = ref("hr.training-topic", indexed=False)
    role_id: int = ref("hr.job-role", indexed=False)
