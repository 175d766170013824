"""Lines of Today about the plan ahead: shifts that their people cannot work, unpublished changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Due
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.seat_words import seat
from officeops_hr.roster.published import changes_since
from officeops_hr.roster.revision import RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.unseen import newest_revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.plan import Plan


def stopped_lines(plan: Plan) -> Iterator[Due]:
    """Yield a line for each person whose credential or role ends before a shift of theirs."""
    people: dict[int, list[Shift]] = {}
    reasons: dict[int, str] = {}
    for shift, why in plan.stopped():
        # Leave is decided on with the plan in view, and a gap by it has a line of its own.
        if shift.person_id is None or list(why) == ["is off"]:
            continue
        people.setdefault(shift.person_id, []).append(shift)
        reasons.setdefault(shift.person_id, wording.listing(list(why)))
    for person, shifts in people.items():
        yield _stopped(plan.office, person, shifts, reasons[person])


def _stopped(
    office: Office,
    person: int,
    shifts: list[Shift],
    why: str,
) -> Due:
    first = shifts[0]
    more = f", and {wording.count(len(shifts) - 1, 'more shift')}" if shifts[1:] else ""
    name = office.label(Person, person)
    return Due(
        # The first shift is in the key, so that the next one brings a snoozed line back.
        key=f"hr.shift:{first.id}:stopped-{person}",
        on=first.day,
        what=f"{name} cannot work {seat(office, first)}{more}: {why}",
        severity="legal",
        action="assign",
        record=Shift.meta.key,
        record_id=first.id,
    )


def unpublished_lines(office: Office) -> Iterator[Due]:
    """Yield the published weeks whose plan has changed since."""
    for revision in newest_revisions(office):
        changed = changes_since(office, revision.location_id, revision.monday)
        ahead = [change for change in changed if change.on >= office.today]
        if not ahead:
            continue
        what = wording.count(len(ahead), "change")
        verb = "is" if len(ahead) == 1 else "are"
        since = f"since revision {revision.number} {verb} not published"
        yield Due(
            key=f"hr.roster-revision:{revision.id}:changed-{len(ahead)}",
            on=ahead[0].on,
            what=f"Week of {revision.monday}: {what} {since}",
            action="publish-schedule",
            record=RosterRevision.meta.key,
            record_id=revision.id,
        )
