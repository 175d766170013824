"""Lines about news of the schedule: in Today, on the morning's page, and on a person's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Due, HuddleLine, PageLine, PageSection, Subject
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.people.person import Person
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.notice import RosterNotice
from officeops_hr.roster.telling.unseen import newest_revisions, own_words, unseen, unseen_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_hr.roster.telling.unseen import Unseen

#: So many names fit into a line of Today.
_NAMED = 3


def due_lines(office: Office) -> Iterator[Due]:
    """Yield a line for each week that people have not seen, and one for the acting person."""
    if not _may_see(office):
        return
    own = own_person(office)
    sees_all = office.may_view(Shift)
    for revision in newest_revisions(office):
        waiting = list(unseen_of(office, revision))
        if waiting and sees_all:
            yield _to_tell(office, revision, waiting)
        mine = [one for one in waiting if one.person_id == own]
        if mine:
            yield _to_see(office, mine[0])


def _may_see(office: Office) -> bool:
    # Asked first: one kind that is refused would take the whole page with it.
    return all(office.may_view(kind) for kind in (RosterRevision, PublishedShift, RosterNotice))


def _to_tell(
    office: Office,
    revision: RosterRevision,
    waiting: Sequence[Unseen],
) -> Due:
    first = min(change.on for one in waiting for change in one.changes)
    what = f"Week of {revision.monday}, revision {revision.number}, not seen by"
    return Due(
        key=f"hr.roster-revision:{revision.id}:unseen",
        on=first,
        what=f"{what} {_names(office, waiting)}",
        action="told",
        record=RosterRevision.meta.key,
        record_id=revision.id,
    )


def _names(office: Office, waiting: Sequence[Unseen]) -> str:
    names = [office.label(Person, one.person_id) for one in waiting[:_NAMED]]
    more = len(waiting) - _NAMED
    if more > 0:
        names.append(f"{more} more")
    return wording.listing(names)


def _to_see(office: Office, one: Unseen) -> Due:
    changes = wording.count(len(one.changes), "change")
    return Due(
        key=f"hr.roster-revision:{one.revision.id}:own-{one.person_id}",
        on=one.changes[0].on,
        what=f"Your shifts in the week of {one.revision.monday}: {changes} that you have not seen",
        owner=office.actor,
        action="mark-schedule-seen",
        record=RosterRevision.meta.key,
        record_id=one.revision.id,
    )


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield who works today and does not know that their shift changed."""
    if not office.may_view(Shift):
        return
    for one in unseen(office):
        today = [change for change in one.changes if change.on == office.today]
        for change in today:
            name = office.label(Person, one.person_id)
            words = f"{name} does not know: {own_words(change, one.person_id)}"
            yield HuddleLine(
                "people",
                words,
                RosterRevision.meta.key,
                one.revision.id,
            )


def page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield what a person has not seen of their schedule."""
    if not _may_see(office):
        return
    lines = []
    for one in unseen(office):
        if one.person_id != person_id:
            continue
        opens = Subject(RosterRevision.meta.key, one.revision.id)
        for change in one.changes:
            words = own_words(change, person_id)
            lines.append(PageLine(f"{change.on:%a} {change.on}", words, opens))
    if lines:
        cure = "officeops mark-schedule-seen"
        lines.append(PageLine("", f"{cure} says that you have seen it.", lines[0].opens))
        yield PageSection("Changes of your shifts", lines)
