"""Call-out: somebody who was rostered does not come, from a day until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from officeops import Problem, Record, field, named, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from officeops import Office


class CallOut(
    Record,
    key="hr.call-out",
    prefix="CO",
    display="first_day",
    sort="-first_day,id",
    actions_only=True,
    scope=PEOPLE.by("person_id", all="manage"),
    also=("sick-call", "callout", "no-show"),
):
    """Days on which somebody does not come to work.

    It says nothing of why. The leave of these days is a request for leave, and its reason stays
    there.
    """

    person_id: int = ref("hr.person", list_rank=1)
    first_day: date = field(list_rank=1)
    last_day: date = field(list_rank=1)
    called_at: datetime = field(list_rank=2)
    taken_by: str = field(list_rank=3, help="Who took the call")
    leave_id: int | None = ref(
        "hr.leave-request", default=None, indexed=False, list_rank=4, label="Leave"
    )

    added_by = "officeops person call-out"
    page = "officeops_hr.roster.absence.call_out_page:page"

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse days in the wrong order."""
        if self.last_day < self.first_day:
            yield Problem(
                "is before the first day",
                "last_day",
                code="wrong-order",
            )

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which somebody would be out twice."""
        why: str | None = named("officeops_hr.roster.merge_clashes:of_call_out")(office, row, keep)
        return why
