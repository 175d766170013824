"""Own absence: somebody says for themselves that they cannot come to a shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Refused, action, param
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.being_out import be_out
from officeops_hr.roster.revision import PublishedShift  # noqa: TC001 - officeops reads the annotation

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

_LAST: Final[date | None] = param(
    kind="date",
    default=None,
    help="Blank: that day alone",
    label="Until",
)


@action(
    "hr.published-shift.call-out",
    label="Cannot come",
)
def report_absence(
    office: Office,
    row: PublishedShift,
    last_day: date | None = _LAST,
) -> Outcome:
    """Say that you cannot come; your shift opens, and your manager sees it."""
    # Also for a manager: for others there is `person call-out`.
    own = own_person(office)
    if own is None or row.person_id != own:
        raise Refused("It is not your shift.", code="not-allowed-here")
    person = office.get(Person, own)
    absence = be_out(
        office,
        person,
        (row.day, last_day or row.day),
    )
    # Nothing of who can cover: what speaks against colleagues is for the manager alone.
    opened = wording.count(len(absence.opened), "shift")
    said = f"{absence.out.human_key}: you are out {absence.days}. {absence.leave}"
    return Outcome(absence.out, f"{said} Open now: {opened} of yours.")


ACTIONS: Final[list[Action[..., Any]]] = [report_absence]
