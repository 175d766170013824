"""Publishing: a week as everybody sees it from now on, kept as it was; and what changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Refused, action, param
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.published import newest, published
from officeops_hr.roster.reasons import gap_words
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.rules.changes import changes
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.telling.short_notice import short_words
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops import Action, Office
    from officeops_hr.roster.rules.changes import Change
    from officeops_hr.roster.shift import Shift

_WEEK: Final[date] = param(help="Any day of the week")
_PLACE: Final[int | None] = param(
    default=None,
    target="core.location",
    help="Blank: the usual place",
)
_DESPITE: Final[str | None] = param(default=None, help="Why, although a gap blocks it")


@action("hr.publish-schedule", label="Publish a week")
def publish_schedule(
    office: Office,
    week: date = _WEEK,
    place_id: int | None = _PLACE,
    despite: str | None = _DESPITE,
) -> str:
    """Publish a week of the schedule to everybody."""
    monday = monday_of(week)
    place = place_id or _usual(office)
    plan = Plan.of_week(
        office,
        place,
        monday,
    )
    if not plan.shifts:
        raise Refused(f"Nobody is planned in the week of {monday}.", code="nothing-to-do")
    # Before anything is compared: a week that must not be published has no news.
    _refuse_gaps(plan, despite)
    before = newest(
        office,
        place,
        monday,
    )
    changed = changes(published(office, before), [shift.planned() for shift in plan.shifts])
    if before is not None and not changed:
        return f"Nothing changed since revision {before.number} of the week of {monday}."
    # People say the number on the phone, so it begins at 1 in each week.
    number = 1 if before is None else before.number + 1
    revision = office.add(
        RosterRevision(
            location_id=place,
            monday=monday,
            number=number,
            published_at=office.now(),
            published_by=office.actor,
            despite=despite,
        )
    )
    office.add_many(
        PublishedShift,
        [
            _kept(
                office,
                shift,
                revision.id,
            )
            for shift in plan.shifts
        ],
    )
    shifts = wording.count(len(plan.shifts), "shift")
    said = f"Week of {monday} is published, revision {number}: {shifts}."
    return f"{said}{_concerned(office, changed)}{short_words(office, place, monday)}"


def _usual(office: Office) -> int:
    place = usual_place(office)
    if place is None:
        raise Refused("The office has no location yet.", code="needed")
    return place


def _refuse_gaps(plan: Plan, despite: str | None) -> None:
    blocking = [gap for gap in plan.gaps if gap.rule.blocks]
    if blocking and not despite:
        words = wording.listing([gap_words(plan, gap) for gap in blocking[:3]])
        raise Refused(
            f"The week of {plan.first} has {wording.count(len(blocking), 'gap')} that must not be: "
            f"{words}. Fill them, or publish with --despite and the reason.",
            code="not-allowed-here",
        )


def _concerned(office: Office, changed: Sequence[Change]) -> str:
    """Return whom to tell, as a sentence behind the first."""
    people: dict[int, None] = {}
    for change in changed:
        people.update(dict.fromkeys(change.people))
    names = [office.label(Person, person) for person in people]
    return f" It concerns {wording.listing(names)}." if names else ""


def _kept(
    office: Office,
    shift: Shift,
    revision_id: int,
) -> dict[str, Any]:
    person = shift.person_id
    return {
        "revision_id": revision_id,
        "shift_number": shift.id,
        "day": shift.day.isoformat(),
        "person_id": person,
        # The name as it was: a revision reads the same after a wedding.
        "name": None if person is None else office.get(Person, person).name,
        "role_id": shift.role_id,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "unpaid": shift.unpaid,
        "kind": shift.kind,
        "trainee": int(shift.trainee),
        "room_id": shift.room_id,
    }


ACTIONS: Final[list[Action[..., Any]]] = [publish_schedule]
