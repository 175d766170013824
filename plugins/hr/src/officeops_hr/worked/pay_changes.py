"""Pay changes: who gets other pay from a day on, with the amounts for people who may see pay."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.values import money_text
from officeops_hr.people.as_of import as_of
from officeops_hr.people.pay import Pay
from officeops_hr.people.scope import reaches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_BEGINS: Final = "starts_on BETWEEN ? AND ?"
_ONE_DAY: Final = timedelta(days=1)


class PayChange(Value):
    """The day from which somebody gets other pay. The amounts are None where nobody may see them."""

    starts_on: date
    was: str | None
    becomes: str | None


def reaches_pay_of(office: Office, people: Iterable[int]) -> bool:
    """Whether the acting person may know of the pay of all these people."""
    return all(reaches(office, Pay(person_id=person, amount=0)) for person in people)


def sees_amounts(office: Office) -> bool:
    """Whether the acting person may see the amounts of the pay within reach."""
    return "amount" not in office.withheld(Pay)


def pay_changes(
    office: Office,
    first: date,
    last: date,
) -> dict[int, PayChange]:
    """Return the last change of some days by person, of those whose pay is within reach."""
    # To see that pay changed is to see the record of pay.
    if not office.may_view(Pay):
        return {}
    days = (
        first.isoformat(),
        last.isoformat(),
    )
    changes = {}
    for pay in office.all(Pay, _BEGINS, *days, order="starts_on"):
        if pay.starts_on is not None:
            changes[pay.person_id] = _change(office, pay, pay.starts_on)
    return changes


def _change(
    office: Office,
    pay: Pay,
    starts_on: date,
) -> PayChange:
    if not sees_amounts(office):
        return PayChange(
            starts_on,
            was=None,
            becomes=None,
        )
    rows = office.all(Pay, "person_id = ?", pay.person_id)
    before = as_of(rows, starts_on - _ONE_DAY)
    return PayChange(
        starts_on,
        was=_amount(office, before) if before else "none",
        becomes=_amount(office, pay),
    )


def _amount(office: Office, pay: Pay) -> str:
    # Revealed, not opened: the history says that the person looked.
    amount = money_text(office.reveal(pay, "amount"), office.ways.places)
    return f"{amount} per {pay.per}"
