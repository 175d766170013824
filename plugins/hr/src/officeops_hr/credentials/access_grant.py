"""Access: the clinic systems, keys and badges that a person has, and when each came back."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kinds of fields
from typing import TYPE_CHECKING, Any, Final

from officeops import (
    DateOrder,
    Problem,
    Reason,
    Record,
    Refused,
    action,
    choice,
    computed,
    field,
    param,
    ref,
)
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from officeops import Action, Office

SORTS: Final = ("system", "key", "badge", "device", "other")


class AccessGrant(
    Record,
    key="hr.access-grant",
    display="name",
    sort="person,sort,name",
    also=("access", "key", "badge", "account", "clinic system"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A login, key, badge or device that a person has.

    Passwords and codes of doors do not belong here.
    """

    lists = "is_open"
    date_orders = (DateOrder(("given_on", "taken_back_on")),)
    identity = (("person_id", "name", "detail", "given_on"),)

    person_id: int = ref("hr.person", list_rank=1, also=("employee", "staff member"))
    name: str = field(search=True, list_rank=1, example="Records system")
    sort: str = choice(*SORTS, default="system", list_rank=2, also=("kind", "type"))
    detail: str | None = field(
        default=None, list_rank=3, example="Key 12", help="Which one: its number, the user name"
    )
    given_on: date = field(default=lambda office: office.today, list_rank=3)
    taken_back_on: date | None = field(default=None, managed=True, list_rank=4)
    taken_back_by: str | None = field(default=None, managed=True, list_rank=5)

    computed = (
        computed("is_open", "(t.taken_back_on IS NULL)", kind="yes_no", hidden=True, list_rank=9),
    )

    def owes(self, office: Office) -> str | None:
        """Return that nobody took it back; one of today may be a mistake."""
        if self.taken_back_on or self.given_on >= office.today:
            return None
        return "nobody has taken it back"


def _is_back(_: Office, grant: AccessGrant) -> str | None:
    if grant.taken_back_on is None:
        return None
    return Reason(f"it was taken back on {grant.taken_back_on}", code="wrong-state")


@action("hr.access-grant.take-back", unless=_is_back, bulk=True)
def take_back(
    office: Office,
    grant: AccessGrant,
    on: date | None = param(default=None, help="When. [default: today]"),  # noqa: B008 - declared once
) -> str:
    """Say that a key came back, or that a login was closed."""
    day = on or office.today
    if day > office.today:
        raise Refused([Problem("is in the future", "on", code="out-of-range")])
    office.edit(grant, managed=True, taken_back_on=day, taken_back_by=office.actor)
    return f"{grant.name} was taken back on {day}."


ACTIONS: Final[list[Action[..., Any]]] = [take_back]
