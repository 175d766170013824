"""Opening: a job that the office wants to fill, from the draft to the hire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import (
    OPTIONAL,
    REQUIRED,
    TODAY,
    Frozen,
    Lifecycle,
    Problem,
    Record,
    Transition,
    choice,
    computed,
    field,
    ref,
)
from officeops.values.wording import count
from officeops_hr.hiring.scope import OPENINGS
from officeops_hr.people.job_role import JobRole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_UNDECIDED: Final = """
SELECT count(*) FROM hr_candidate
WHERE opening_id = ? AND decided_on IS NULL AND archived_at IS NULL
"""
#: Job sites have the role where the office has a title.
_OF_ROLE: Final = """
SELECT id FROM hr_opening
WHERE role_id = ? AND state IN ('draft', 'open') AND archived_at IS NULL ORDER BY id
"""
OPENING: Final = Lifecycle(
    ("draft", "open", "filled", "closed"),
    Transition(
        "post",
        ("draft", "closed", "filled"),
        "open",
        "Say that it is posted, and where.",
        means="send",
        fields={"posted_at": OPTIONAL},
        stamp={"opened_on": TODAY},
    ),
    Transition(
        "fill",
        ("open",),
        "filled",
        "Say that everybody wanted is found.",
        stamp={"closed_on": TODAY},
    ),
    Transition(
        "close",
        ("draft", "open"),
        "closed",
        "Close it without a hire, and say why.",
        means="do",
        fields={"why_closed": REQUIRED},
        stamp={"closed_on": TODAY},
    ),
    column="state",
    words={"draft": "a draft"},
    log=True,
)


class Opening(
    Record,
    key="hr.opening",
    prefix="JO",
    display="title",
    sort="state,-opened_on,id",
    also=("job-posting", "posting", "job", "vacancy"),
    scope=OPENINGS.by("id", all="manage"),
):
    """A job to fill, and where it is posted."""

    title: str = field(
        search=True, list_rank=1, example="Medical assistant", also=("opening", "job title", "job")
    )
    role_id: int = ref("hr.job-role", indexed=False, list_rank=2, help="What they will work as")
    state: str = OPENING.field(list_rank=1)
    # A practice that opens a second site hires several for one posting.
    wanted: int = field(default=1, minimum=1, maximum=50, list_rank=3, help="How many people")
    weekly: int | None = field(
        kind="hours", default=None, minimum=0, maximum=10080, list_rank=4, label="Hours a week"
    )
    department: str | None = field(default=None, list_rank=6)
    manager_id: int | None = ref(
        "hr.person", default=None, indexed=False, list_rank=5, help="Whom they will report to"
    )
    location_id: int | None = ref("core.location", default=None, indexed=False, list_rank=7)
    # Some states want the range in the posting, others say nothing of it.
    pay_from: int | None = field(
        kind="money", default=None, minimum=0, guard="hr.opening-pay", list_rank=8
    )
    pay_to: int | None = field(
        kind="money", default=None, minimum=0, guard="hr.opening-pay", list_rank=8
    )
    pay_per: str = choice("hour", "week", "month", "year", default="hour", list_rank=8)
    needs: str | None = field(
        kind="long_text", default=None, example="BLS, Spanish", help="What somebody must bring"
    )
    reason: str | None = field(default=None, list_rank=6, example="Replaces Sam Wick")
    posted_at: str | None = field(
        default=None, list_rank=5, label="Posted at", example="Indeed, county medical society"
    )
    opened_on: date | None = field(default=None, managed=True, list_rank=4)
    closed_on: date | None = field(default=None, managed=True, list_rank=7)
    why_closed: str | None = field(default=None, managed=True, list_rank=8)

    life = OPENING
    frozen = (
        Frozen(
            ("role_id", "wanted", "weekly", "pay_from", "pay_to", "pay_per", "needs"),
            states=("filled", "closed"),
            why="the opening is closed; `post` it again first",
        ),
    )
    page = "officeops_hr.hiring.opening_page:page"
    computed = (computed("is_open", "(t.state IN ('draft', 'open'))", kind="yes_no", hidden=True),)

    @classmethod
    def also_found(
        cls,
        office: Office,
        text: str,
    ) -> Iterable[int]:
        """Find the postings that are open for a role, by any word for the role: receptionist."""
        for role_id in office.find_ids(JobRole, text, by_id=False):
            for (number,) in office.rows(_OF_ROLE, role_id):
                yield number

    def owes(self, office: Office) -> str | None:
        """Return how many candidates have no decision."""
        waiting: int = office.value(_UNDECIDED, self.id)
        return f"{count(waiting, 'candidate')} of it have no decision yet" if waiting else None

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse a range of pay in the wrong order."""
        low, high = self.pay_from, self.pay_to
        if isinstance(low, int) and isinstance(high, int) and high < low:
            yield Problem("is below pay_from", "pay_to", code="wrong-order")
