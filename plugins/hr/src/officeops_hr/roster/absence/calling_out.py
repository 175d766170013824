"""Calling out: a manager notes that somebody does not come, and that they are back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Problem, Refused, action, param, ref
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.being_out import be_out
from officeops_hr.roster.absence.leave_of_absence import shorten_leave
from officeops_hr.roster.absence.seat_words import seat_words
from officeops_hr.roster.actions import refuse_doubt
from officeops_hr.roster.covering import answer_of
from officeops_hr.roster.rules.cover import CAN_BUT
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_hr.roster.absence.being_out import Absence
    from officeops_hr.roster.absence.call_out import CallOut

_DAY: Final = timedelta(days=1)
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
    absence = be_out(
        office,
        person,
        (first_day, last_day or first_day),
        policy_id,
    )
    return Outcome(absence.out, _said(office, absence))


def _said(office: Office, absence: Absence) -> str:
    out, opened = absence.out, absence.opened
    name = office.get(Person, out.person_id).name
    said = f"{out.human_key}: {name} is out {absence.days}. {absence.leave}"
    if not opened:
        return f"{said} No shift of theirs is in the plan."
    first = seat_words(office, opened[0])
    later = wording.count(len(opened) - 1, "more shift")
    more = f" {later}: officeops roster open." if opened[1:] else ""
    return f"{said} {first}{more}"


_BACK: Final[date] = param(
    kind="date", default=lambda office: office.today, help="The first day on which they come"
)


_DESPITE: Final[str | None] = param(
    default=None, help="Why they get their shifts back, although a rule speaks against it"
)


@action("hr.call-out.end", label="Is back")
def end(
    office: Office,
    out: CallOut,
    on: date = _BACK,
    despite: str | None = _DESPITE,
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
    person = office.get(Person, out.person_id)
    for shift in shifts:
        _give_back(
            office,
            shift,
            person,
            despite,
        )
    name = person.name
    back = wording.count(len(shifts), "shift")
    return f"{name} is back on {on}: {back} of theirs again.{leave}"


def _give_back(
    office: Office,
    shift: Shift,
    person: Person,
    despite: str | None,
) -> None:
    """Give somebody their shift again. Raises Refused for a doubt without its reason."""
    # They may have taken other work while they were out, so the week is looked at as for any shift.
    answer = answer_of(office, shift, person.id)
    is_doubtful = answer is not None and answer.group == CAN_BUT
    if answer is not None and is_doubtful:
        refuse_doubt(person, answer, despite)
    office.edit(
        shift,
        managed=True,
        person_id=person.id,
        call_out_id=None,
        despite=despite if is_doubtful else None,
    )


ACTIONS: Final[list[Action[..., Any]]] = [call_out, end]
