"""The actions that begin checklists and move them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Reason, Refused, action, param
from officeops.values import wording
from officeops_hr.boarding.boarding import Boarding  # noqa: TC001 - what the action is about
from officeops_hr.boarding.start import begin
from officeops_hr.boarding.start import move as move_to
from officeops_hr.people.as_of import as_of
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person  # noqa: TC001 - what the actions are about
from officeops_hr.people.position import Position

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office

_OF: Final = "person_id = ?"


def _last(office: Office, person_id: int) -> Employment | None:
    return office.first(Employment, _OF, person_id, order="hired_on DESC")


def _no_first_day(office: Office, person: Person) -> str | None:
    if _last(office, person.id) is None:
        return Reason("they have no first day; officeops person hire enters it", code="needed")
    return None


def _no_last_day(office: Office, person: Person) -> str | None:
    span = _last(office, person.id)
    if span is None or span.last_day is None:
        return Reason("they have no last day; officeops person separate enters it", code="needed")
    return None


def _role(office: Office, person: Person, day: date) -> int | None:
    position = as_of(office.all(Position, _OF, person.id), day)
    return position.role_id if position else None


@action("hr.person.onboard", unless=_no_first_day)
def onboard(office: Office, person: Person) -> str:
    """Write the checklist of their first day."""
    return _begun(office, person, "start")


@action("hr.person.offboard", unless=_no_last_day)
def offboard(office: Office, person: Person) -> str:
    """Write the checklist of their last day."""
    return _begun(office, person, "leave")


def _begun(office: Office, person: Person, sort: str) -> str:
    span = _last(office, person.id)
    day = None if span is None else span.hired_on if sort == "start" else span.last_day
    if day is None:
        raise TypeError("asked before: a person without that day has no checklist")
    # By the position of that day: somebody may start in another role than they have now.
    said = begin(office, person, sort, day, _role(office, person, day))
    return said or f"{person.name} has that checklist already."


def _is_archived(office: Office, boarding: Boarding) -> str | None:  # noqa: ARG001
    if boarding.archived_at is None:
        return None
    return Reason("it is archived, and its tasks with it", code="archived")


@action("hr.boarding.move", means="move", unless=_is_archived)
def move(
    office: Office,
    boarding: Boarding,
    on: date = param(help="The new first or last day"),  # noqa: B008 - declared once
) -> str:
    """Move the checklist to another first or last day, with its open tasks."""
    days = {
        (span.hired_on, span.last_day) for span in office.all(Employment, _OF, boarding.person_id)
    }
    # A day that somebody entered as the first or the last one may have come already.
    if on < office.today and not any(on in pair for pair in days):
        why = f"{on} is past, and no first or last day of theirs"
        raise Refused([Problem(why, "on", code="out-of-range")], boarding.human_key)
    moved = move_to(office, boarding, on)
    return f"{boarding.human_key} counts from {on}; {wording.count(moved, 'task')} moved."


ACTIONS: Final[list[Action[..., Any]]] = [onboard, offboard, move]
