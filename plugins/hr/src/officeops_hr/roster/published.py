"""Published: the schedule as everybody sees it, and what changed in the plan since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import NotFound
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.rules.changes import changes
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.rules.shift import Shift as PlannedShift

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules.changes import Change

_OF_WEEK: Final = "location_id = ? AND monday = ?"


def newest(
    office: Office,
    place: int,
    monday: date,
) -> RosterRevision | None:
    """Return the newest revision of a week; None while nobody has published it."""
    week = (place, monday.isoformat())
    return next(
        iter(
            office.all(
                RosterRevision,
                _OF_WEEK,
                *week,
                order="number DESC",
            )
        ),
        None,
    )


def published_rows(office: Office, revision: RosterRevision | None) -> list[PublishedShift]:
    """Return the shifts of a revision as they are kept, by day and time; none of no revision."""
    if revision is None:
        return []
    return list(office.all(PublishedShift, "revision_id = ?", revision.id))


def published(office: Office, revision: RosterRevision | None) -> list[PlannedShift]:
    """Return the shifts of a revision as the rules take them; none of no revision."""
    place = revision.location_id if revision else 0
    return [as_planned(row, place) for row in published_rows(office, revision)]


def changes_since(
    office: Office,
    place: int,
    monday: date,
    number: int | None = None,
) -> list[Change]:
    """Return what differs between a revision of a week, the newest by default, and its plan.

    Raises NotFound for a number that no revision of the week has.
    """
    revision = newest(office, place, monday)
    # Of an earlier one: a person who saw that has more news than the others.
    if number is not None:
        week = (
            place,
            monday.isoformat(),
            number,
        )
        revision = office.first(RosterRevision, f"{_OF_WEEK} AND number = ?", *week)
        if revision is None:
            raise NotFound(f"The week of {monday} has no revision {number}.", code="not-found")
    before = published(office, revision)
    plan = Plan.of_week(office, place, monday)
    return changes(before, [shift.planned() for shift in plan.shifts])


def as_planned(row: PublishedShift, place: int) -> PlannedShift:
    """Return a published shift as the rules take it."""
    over_midnight = row.ends_at <= row.starts_at
    return PlannedShift(
        id=row.shift_number,
        person=row.person_id,
        on=row.day,
        start=row.starts_at,
        end=row.ends_at + (DAY if over_midnight else 0),
        role=row.role_id,
        place=place,
        pause=row.unpaid,
        kind=row.kind,
        is_trainee=row.trainee,
        room=row.room_id,
    )
