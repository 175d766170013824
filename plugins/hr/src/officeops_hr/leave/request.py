"""Leave request: the days that somebody asks to be off, and the private reason for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from officeops import DateOrder, Frozen, Problem, Record, choice, computed, field, named, ref
from officeops_hr.leave.life import LEAVE
from officeops_hr.leave.rules.request_days import PARTS
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

# Entries and their reversals add up: canceled days come to nothing.
_BOOKED = """(SELECT nullif(-sum(e.minutes), 0) FROM hr_leave_entry e
WHERE e.about_key = 'hr.leave-request' AND e.about_id = t.id)"""

_NAME = "(SELECT p.name FROM hr_person p WHERE p.id = t.person_id)"

#: The terms that somebody has before them who decides, or has decided on.
_ASKED: Final = ("person_id", "policy_id", "first_day", "last_day", "part", "hours")


def _own(office: Office) -> int | None:
    """Return the person of the acting login, for whom most requests are."""
    person: int | None = named("officeops_hr.people.acting:own_person")(office)
    return person


class LeaveRequest(
    Record,
    key="hr.leave-request",
    prefix="LR",
    display="first_day",
    sort="-first_day,id",
    scope=PEOPLE.by("person_id", all="manage"),
    also=("pto", "pto-request", "time-off", "time-off-request", "vacation", "day-off"),
    indexes=(("person_id", "first_day"),),
):
    """A request to be off for days, half days or hours."""

    person_id: int = ref(
        "hr.person", default=_own, indexed=False, list_rank=1, also=("employee", "employee name")
    )
    policy_id: int = ref(
        "hr.leave-policy", indexed=False, list_rank=2, also=("leave type", "type", "policy")
    )
    first_day: date = field(list_rank=1, also=("from", "start date", "start", "first date"))
    last_day: date | None = field(
        default=None,
        list_rank=1,
        help="Blank: one day",
        also=("until", "to", "end date", "end", "last date"),
    )
    part: str = choice(
        *PARTS, default="days", list_rank=3, help="Whole days, mornings, afternoons, or hours"
    )
    hours: int | None = field(
        kind="hours", default=None, minimum=1, maximum=1440, list_rank=4, help="Of each day"
    )
    state: str = LEAVE.field(list_rank=2)
    amends_id: int | None = ref(
        "hr.leave-request", default=None, managed=True, hidden=True, label="Amends"
    )
    # A copy of the person's login: the lifecycle keeps it from deciding, also by undo and redo.
    user_id: int | None = ref(
        "core.user", default=None, managed=True, hidden=True, indexed=False, label="Login"
    )
    why_not: str | None = field(default=None, managed=True, list_rank=7)
    decided_by: str | None = field(default=None, managed=True, list_rank=6)
    decided_at: datetime | None = field(default=None, managed=True, hidden=True)
    note: str | None = field(
        default=None,
        list_rank=8,
        example="Cyd sees my patients",
        help="For the person who decides; a private reason has its own place",
    )

    life = LEAVE
    # Nobody has a draft or a denied one before them, so those are the person's to change.
    frozen = (
        Frozen(_ASKED, states=("submitted",), why="was submitted so; `withdraw` it and ask again"),
        Frozen(_ASKED, states=("approved",), why="was approved so; `amend` it"),
        Frozen(
            _ASKED,
            states=("withdrawn", "canceled", "amended"),
            why="nobody takes that leave any more; ask again",
        ),
    )
    date_orders = (DateOrder(("first_day", "last_day")),)
    page = "officeops_hr.leave.request_page:page"
    computed = (
        computed("booked", _BOOKED, kind="hours", list_rank=3, help="The hours of its days"),
        computed("who", _NAME, kind="text", list_rank=9, help="The person's name"),
    )

    @property
    def until(self) -> date:
        """The last day, which is the first one where none is given."""
        return self.last_day or self.first_day

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return the login of the person: nobody decides on their own leave."""
        # Asked again at each write, since people get their logins later.
        login: int | None = named("officeops_hr.people.acting:login_of")(office, self.person_id)
        return {"user_id": login}

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which a day to come would be taken twice."""
        why: str | None = named("officeops_hr.leave.merge_clashes:of_request")(office, row, keep)
        return why

    def owes(self, office: Office) -> str | None:  # noqa: ARG002 - as every kind
        """Return that it waits for a decision, or that its hours are taken from the balance."""
        if self.state == "submitted":
            return "nobody has decided on it"
        if self.state == "approved":
            return "its hours are taken from the balance; `cancel` gives them back"
        return None

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse hours without a number."""
        if (self.part == "hours") != (self.hours is not None):
            yield Problem(
                "go with the part `hours` alone, and it needs them", "hours", code="needed"
            )


class LeaveReason(
    Record,
    key="hr.leave-reason",
    label="Private reason",
    display="request_id",
    sort="-id",
    actions_only=True,
    scope=PEOPLE.by("request_id.person_id", team="sensitive", all="sensitive"),
):
    """The reason for a request.

    Only the person and HR may read it.
    """

    request_id: int = ref("hr.leave-request", list_rank=1)
    text: str = field(kind="long_text", sealed=True, guard="hr.leave-reason", list_rank=2)

    added_by = "officeops request-leave"
