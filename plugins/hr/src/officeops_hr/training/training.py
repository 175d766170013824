"""Training: that somebody was trained in a topic on a day, or will be, or was absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import DateOrder, Problem, Record, Retention, choice, computed, field, ref
from officeops_hr.people.scope import PEOPLE
from officeops_hr.training.dates import GOOD_UNTIL, KEEP_UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

RESULTS: Final = ("planned", "trained", "passed", "failed", "absent", "exempt")


class Training(
    Record,
    key="hr.training",
    display="topic_id",
    sort="-done_on,person,topic",
    also=("training record", "attendance"),
    scope=PEOPLE.by("person_id", all="manage"),
    indexes=(("person_id", "topic_id"),),
):
    """A training of one person in one topic.

    It was in a session here, or elsewhere.
    `trained` is without a test, and `failed` and `absent` leave it due. `exempt` needs a reason.
    """

    identity = (("person_id", "topic_id", "done_on"),)
    importer = "officeops_hr.training.imports:TrainingImport"

    person_id: int = ref(
        "hr.person",
        indexed=False,
        list_rank=1,
        also=("employee", "employee name", "staff member", "attendee", "name"),
    )
    topic_id: int = ref(
        "hr.training-topic",
        indexed=False,
        list_rank=1,
        also=("course", "training", "course name", "class", "training topic", "subject", "module"),
    )
    done_on: date = field(
        default=lambda office: office.today,
        list_rank=1,
        label="Date",
        also=(
            "date",
            "training date",
            "completed",
            "completed on",
            "completion date",
            "date completed",
        ),
    )
    result: str = choice(
        *RESULTS,
        default="trained",
        list_rank=2,
    )
    good_until: date | None = field(
        default=None,
        label="Certificate ends",
        list_rank=6,
        help="Where it is not the topic's: as the certificate says",
        also=("expires", "expires on", "expiration date", "valid until"),
    )
    # Many trainings are of elsewhere: a course, a former job, a paper from before.
    session_id: int | None = ref(
        "hr.training-session",
        default=None,
        list_rank=5,
    )
    trainer: str | None = field(
        default=None,
        list_rank=7,
        help="Where it was no session here",
        also=("instructor", "provider", "presenter", "trained by"),
    )
    hours: int | None = field(
        kind="hours",
        default=None,
        minimum=1,
        maximum=6000,
        hidden=True,
        also=("duration", "length"),
    )
    # As the test has it: 18 of 20, 92 %, or a level.
    score: str | None = field(
        default=None,
        list_rank=8,
        example="18 of 20",
        also=("grade",),
    )
    remark: str | None = field(
        default=None,
        hidden=True,
        also=("reason", "comment", "notes"),
    )

    retention = Retention(
        years=0,
        after="keep_until",
        why="its topic",
    )
    computed = (
        computed(
            "lapses_on",
            GOOD_UNTIL,
            kind="date",
            list_rank=3,
            label="Good until",
            help="The last day on which it holds",
        ),
        computed(
            "keep_until",
            KEEP_UNTIL,
            kind="date",
            hidden=True,
            label="Keep until",
        ),
    )

    date_orders = (DateOrder(("done_on", "good_until")),)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a result of a day to come, an exemption without a reason, and an end before it."""
        # A day to come is what a plan is for.
        if self.result == "planned":
            return
        if self.done_on > office.today:
            yield Problem(
                "is in the future; plan it: result planned", "done_on", code="out-of-range"
            )
        if self.result == "exempt" and not self.remark:
            yield Problem("is needed: why they are exempt", "remark", code="needed")
