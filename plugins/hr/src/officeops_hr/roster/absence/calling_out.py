"""Calling out: somebody does not come, and their shifts are open at once; and they are back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Problem, Refused, action, param, ref
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.leave_of_absence import record_leave, shorten_leave
from officeops_hr.roster.absence.seat_words import seat_words
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops import Action, Office

_DAY: Final = timedelta(days=1)
_THEIRS: Final = "person_id = ? AND NOT dropped AND day BETWEEN ? AND ?"
_UNCOVERED: Final = "call_out_id = ? AND person_id IS NULL AND NOT dropped AND day >= ?"
_FIRST: Final[date] = param(
    kind="date",
    default=lambda office: office.today,
    label="From",
)
_LAST: Final[date | None] = param(
    kind="date",
    default=None,
    help="Blank: one day",
    label="Until",
)


@action(
    "hr.person.call-out",
    means="call",
    label="Call out",
)
def call_out(
    office: Office,
    person: Person,
    first_day: date = _FIRST,
    last_day: date | None = _LAST,
    policy_id: int | None = ref(
        "hr.leave-policy",
        default=None,
        help="Of the leave",
    ),
) -> Outcome:
    """Note that somebody does not come; their shifts open, and the answer says who can cover."""
    last = last_day or first_day
    before = _before(
        office,
        person,
        first_day,
    )
    # The days behind are the time sheet's, and a plan of them helps nobody.
    if first_day < office.today:
        raise Refused(
            [
                Problem(
                    "is over",
                    "first_day",
                    code="not-allowed-here",
                )
            ]
        )
    if before is not None and last <= before.last_day:
        why = f"{person.name} is out until {before.last_day} already, {before.human_key}"
        raise Refused(why, code="nothing-to-do")
    # The days that are recorded have their leave already.
    new = first_day if before is None else before.last_day + _DAY
    request, leave = record_leave(
        office,
        person.id,
        (new, last),
        policy_id,
    )
    if before is None:
        added = CallOut(
            person_id=person.id,
            first_day=first_day,
            last_day=last,
            called_at=office.now(),
            taken_by=office.actor,
            leave_id=request.id if request else None,
        )
        kept = office.add(added)
    else:
        # The newest request counts for the day of the return.
        newest = request.id if request else before.leave_id
        office.edit(before, last_day=last, leave_id=newest)
        kept = office.get(CallOut, before.id)
    opened = _open(office, kept)
    return Outcome(
        kept,
        _said(
            office,
            kept,
            opened,
            leave,
        ),
    )


def _before(
    office: Office,
    person: Person,
    first_day: date,
) -> CallOut | None:
    """Return the absence that a new one continues: somebody is out for another day."""
    yesterday = (first_day - _DAY).isoformat()
    where = "person_id = ? AND first_day <= ? AND last_day >= ?"
    return office.first(
        CallOut,
        where,
        person.id,
        first_day.isoformat(),
        yesterday,
    )


def _open(office: Office, out: CallOut) -> list[Shift]:
    """Open the shifts of somebody's absence; each keeps whose absence opened it."""
    days = (out.first_day.isoformat(), out.last_day.isoformat())
    shifts = list(
        office.all(
            Shift,
            _THEIRS,
            out.person_id,
            *days,
            order="day, starts_at",
        )
    )
    for shift in shifts:
        office.edit(
            shift,
            managed=True,
            person_id=None,
            despite=None,
            call_out_id=out.id,
        )
    return [office.get(Shift, shift.id) for shift in shifts]


def _said(
    office: Office,
    out: CallOut,
    opened: Sequence[Shift],
    leave: str,
) -> str:
    name = office.get(Person, out.person_id).name
    days = str(out.first_day)
    if out.last_day != out.first_day:
        days = f"{days} to {out.last_day}"
    said = f"{out.human_key}: {name} is out {days}. {leave}"
    if not opened:
        return f"{said} No shift of theirs is in the plan."
    more = (
        f" {wording.count(len(opened) - 1, 'more shift')}: officeops roster open."
        if opened[1:]
        else ""
    )
    return f"{said} {seat_words(office, opened[0])}{more}"


_BACK: Final[date] = param(
    kind="date", default=lambda office: office.today, help="The first day on which they come"
)


@action("hr.call-out.end", label="Is back")
def end(
    office: Office,
    out: CallOut,
    on: date = _BACK,
) -> str:
    """Note that somebody is back; shifts that nobody covers are theirs again."""
    if not out.first_day <= on <= out.last_day:
        why = f"is not one of the days from {out.first_day} to {out.last_day}"
        raise Refused(
            [
                Problem(
                    why,
                    "on",
                    code="out-of-range",
                )
            ],
            out.human_key,
        )
    # The leave first: a shift is not given to somebody who is off.
    leave = shorten_leave(
        office,
        out,
        on,
    )
    shifts = list(
        office.all(
            Shift,
            _UNCOVERED,
            out.id,
            on.isoformat(),
        )
    )
    # They never were out, so no absence is left.
    if on == out.first_day:
        office.archive(out)
    else:
        office.edit(out, last_day=on - _DAY)
    for shift in shifts:
        office.edit(
            shift,
            managed=True,
            person_id=out.person_id,
            call_out_id=None,
        )
    name = office.get(Person, out.person_id).name
    back = wording.count(len(shifts), "shift")
    return f"{name} is back on {on}: {back} of theirs again.{leave}"


ACTIONS: Final[list[Action[..., Any]]] = [call_out, end]
