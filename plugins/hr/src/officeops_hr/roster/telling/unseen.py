"""Unseen: which changes of published weeks a person has neither seen nor heard of.

Each person's last notice of a week is compared with the newest revision. So a change that was taken
back in between is no news, and a later revision that is none of theirs asks nothing of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.roster.clock import span
from officeops_hr.roster.published import published
from officeops_hr.roster.revision import NEWEST, RosterRevision
from officeops_hr.roster.rules.changes import Change, changes
from officeops_hr.roster.rules.cycle import monday_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules.shift import Shift

_NEWEST: Final = f"monday >= ? AND id IN ({NEWEST})"
#: The last revision of a week that each person knows.
_KNOWN: Final = """
SELECT n.person_id, max(r.id) FROM hr_roster_notice n
JOIN hr_roster_revision r ON r.id = n.revision_id
WHERE r.location_id = ? AND r.monday = ? AND n.archived_at IS NULL
AND r.archived_at IS NULL GROUP BY n.person_id
"""


class Unseen(Value):
    """What one person does not know of a week yet."""

    revision: RosterRevision
    person_id: int
    changes: Sequence[Change]


def newest_revisions(office: Office) -> list[RosterRevision]:
    """Return the newest revision of each week from this one on."""
    since = monday_of(office.today).isoformat()
    return list(
        office.all(
            RosterRevision,
            _NEWEST,
            since,
            order="monday, location_id",
        )
    )


def unseen(office: Office) -> Iterator[Unseen]:
    """Yield what people do not know yet, by week and person."""
    for revision in newest_revisions(office):
        yield from unseen_of(office, revision)


def unseen_of(office: Office, revision: RosterRevision) -> Iterator[Unseen]:
    """Yield who does not know a revision, which is the newest of its week."""
    week = (revision.location_id, revision.monday.isoformat())
    known: dict[int, int] = dict(office.rows(_KNOWN, *week))
    now = published(office, revision)
    news: dict[int, list[Change]] = defaultdict(list)
    # One comparison for all people who know the same revision; 0 is for people who know none.
    for number in {0, *known.values()}:
        before = office.get(RosterRevision, number) if number else None
        for change in changes(published(office, before), now):
            for person in change.people:
                # The days behind are nobody's news any more.
                is_ahead = _last_day(change, person) >= office.today
                if is_ahead and known.get(person, 0) == number:
                    news[person].append(change)
    for person, some in sorted(news.items()):
        yield Unseen(revision, person, some)


def _last_day(change: Change, person_id: int) -> date:
    """Return the last day of a change that is one of this person's: a shift moves to another's."""
    sides = [shift for shift in (change.before, change.after) if shift is not None]
    return max(shift.on for shift in sides if shift.person == person_id)


def own_words(change: Change, person_id: int) -> str:
    """Return a change in words for one of the people whom it concerns."""
    before, after = change.before, change.after
    had = before is not None and before.person == person_id
    has = after is not None and after.person == person_id
    if had and has and before and after:
        moved = "" if before.on == after.on else f"{after.on:%a} {after.on} "
        return f"{_span(before)} is now {moved}{_span(after)}"
    if has and after:
        return f"new: {_span(after)}"
    return f"no longer yours: {_span(before)}" if before else ""


def _span(shift: Shift) -> str:
    return span(shift.start, shift.end)
