"""Handing in: the week goes to the lead; and time that is corrected after its week was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Refused, action, param, ref
from officeops_hr.people.acting import own_person
from officeops_hr.worked.confirming import confirm_time
from officeops_hr.worked.life import TIMESHEET
from officeops_hr.worked.pay_week import first_day_of
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet, sheet_of

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

_WEEK: Final[date] = param(help="Any day of the week", example="-7d")
_WHOSE: Final[int | None] = ref(
    "hr.person",
    default=None,
    help="Blank: yourself",
)


@action(
    "hr.submit-time",
    beside=("hr.timesheet",),
    label="Hand in a week",
)
def submit_time(
    office: Office,
    week: date = _WEEK,
    person_id: int | None = _WHOSE,
) -> Outcome:
    """Hand a week in: the lead approves its hours."""
    person = person_id or own_person(office)
    if person is None:
        raise Refused("No person is linked to your login; name one.", code="needed")
    # One sheet for a person and a week: a second try goes on with the first.
    sheet = sheet_of(
        office,
        person,
        week,
    )
    if sheet is None:
        first = first_day_of(office, week)
        sheet = office.add(Timesheet(person_id=person, week=first))
    said = TIMESHEET.move(
        office,
        sheet,
        "submit",
    )
    return Outcome(office.get(Timesheet, sheet.id), str(said))


_ENTRY: Final[int | None] = ref(
    "hr.time-entry", default=None, help="The entry that was wrong; blank: one was missing"
)
_DAY: Final[date | None] = param(default=None, help="Of a missing one")
_FROM: Final[int | None] = param(
    kind="time_of_day",
    default=None,
    help="Blank: they were absent",
)
_UNTIL: Final[int | None] = param(kind="time_of_day", default=None)
_UNPAID: Final[int] = param(
    kind="duration",
    default=0,
    minimum=0,
    maximum=480,
)


@action(
    "hr.correct-time",
    beside=("hr.timesheet",),
    label="Correct paid time",
)
def correct_time(
    office: Office,
    entry_id: int | None = _ENTRY,
    person_id: int | None = _WHOSE,
    day: date | None = _DAY,
    starts_at: int | None = _FROM,
    ends_at: int | None = _UNTIL,
    unpaid: int = _UNPAID,
    reason: str = param(help="Why; the person reads it"),
) -> Outcome:
    """Correct the time of a week that was paid.

    The difference goes with the person's next week.
    """
    entry = (
        office.get(TimeEntry, entry_id)
        if entry_id
        else _new(
            office,
            person_id,
            day,
        )
    )
    sheet = sheet_of(
        office,
        entry.person_id,
        entry.day,
    )
    # Before the lock nothing was paid, so an edit says all that there is.
    if sheet is None or sheet.state != "locked":
        raise Refused("That week is not paid yet: edit the time entry.", code="wrong-state")
    values: dict[str, Any] = {
        "how": "absent" if starts_at is None else "entered",
        "starts_at": starts_at,
        "ends_at": ends_at,
        "unpaid": unpaid,
        "late_reason": reason,
        "corrections": entry.corrections + 1,
    }
    # The entry stays the same one, so that its history shows both, before and after.
    if entry.id:
        kept = office.edit(
            entry,
            managed=True,
            **values,
        )
    else:
        kept = office.add(
            TimeEntry(
                person_id=entry.person_id,
                day=entry.day,
                **values,
            )
        )
    return Outcome(kept, f"{entry.day} is corrected; the difference goes with the next week.")


def _new(
    office: Office,
    person_id: int | None,
    day: date | None,
) -> TimeEntry:
    person = person_id or own_person(office)
    if person is None or day is None:
        raise Refused("Name the entry, or the person and the day.", code="needed")
    return TimeEntry(
        person_id=person,
        day=day,
        how="absent",
    )


ACTIONS: Final[list[Action[..., Any]]] = [confirm_time, submit_time, correct_time]
