"""Calendar events: a person's published shifts, each under a number that stays, with its changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.roster.published import as_planned, published_rows
from officeops_hr.roster.revision import RosterRevision
from officeops_hr.roster.rules.cycle import monday_of

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office
    from officeops_hr.roster.rules.shift import Shift

#: A canceled shift stays in the file for so long, until every phone has read it.
KEPT: Final = timedelta(days=60)


class CalendarEvent(Value):
    """A shift in somebody's calendar.

    `sequence` is the number of the publication that changed it last, so it rises with each change.
    """

    shift: Shift
    sequence: int
    changed_at: datetime
    canceled: bool


class Calendar:
    """The events of a person, worked out publication by publication."""

    def __init__(self, office: Office, person_id: int) -> None:
        """Read the publications of the last weeks, and of all weeks to come."""
        self._person = person_id
        #: The shifts of each week by their numbers, the week published last at the end.
        self._weeks: dict[tuple[int, str], dict[int, Shift]] = {}
        self._events: dict[int, CalendarEvent] = {}
        since = office.today - KEPT
        monday = monday_of(since).isoformat()
        # By the number and not by the week: a shift may move from one week to another.
        for revision in list(
            office.all(
                RosterRevision,
                "monday >= ?",
                monday,
                order="id",
            )
        ):
            self._publish(office, revision)
        self.events = [self._events[key] for key in sorted(self._events, key=self._order)]

    def _order(self, number: int) -> tuple[object, int, int]:
        shift = self._events[number].shift
        return shift.on, shift.start, number

    def _publish(self, office: Office, revision: RosterRevision) -> None:
        week = (revision.location_id, revision.monday.isoformat())
        before = self._weeks.pop(week, {})
        now = {}
        for row in published_rows(office, revision):
            if row.person_id == self._person:
                now[row.shift_number] = as_planned(row, revision.location_id)
        self._weeks[week] = now
        for number in before.keys() | now.keys():
            self._follow(revision, number, before.get(number))

    def _follow(
        self,
        revision: RosterRevision,
        number: int,
        before: Shift | None,
    ) -> None:
        """Bring an event to the newest publication of its shift."""
        current = self._current(number)
        known = self._events.get(number)
        if current is not None:
            if known is None or known.canceled or known.shift != current:
                self._put(revision, current, canceled=False)
        elif before is not None:
            self._put(revision, before, canceled=True)

    def _current(self, number: int) -> Shift | None:
        # One that moved is in two weeks until both are published: the later word counts.
        for shifts in reversed(self._weeks.values()):
            if number in shifts:
                return shifts[number]
        return None

    def _put(
        self,
        revision: RosterRevision,
        shift: Shift,
        *,
        canceled: bool,
    ) -> None:
        self._events[shift.id] = CalendarEvent(
            shift,
            revision.id,
            revision.published_at,
            canceled,
        )
