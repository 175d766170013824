"""The call-back clock: by when somebody has fixed a ticket, or said what it waits for.

It counts the open minutes of the office while a ticket is reported or called in. It rests while the
ticket waits and after it is fixed, and goes on where it was when the ticket is reopened. Nothing of
it is stored but the target of the ticket's priority, so a change of the settings rewrites no past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import Protocol

    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket

    class Step(Protocol):
        """What the clock reads of an event: when, and the state from then on."""

        @property
        def at(self) -> datetime:
            """When it happened."""
            ...

        @property
        def now(self) -> str:
            """The state from then on."""
            ...

    class OpenMinutes(Protocol):
        """What the clock asks of a calendar."""

        def minutes(self, begin: datetime, end: datetime) -> int:
            """Return the open minutes between two moments."""
            ...

        def after(self, start: datetime, minutes: int) -> datetime:
            """Return the moment when so many open minutes have passed."""
            ...


#: States in which the clock runs: somebody owes the reporter an answer.
RUNNING: Final = ("new", "triaged", "assigned", "in_progress")


class CallBack(Value):
    """A ticket's clock at a moment: target and used open minutes, and by when to call back.

    `by` is None while the clock rests and the target was not passed.
    """

    target: int
    used: int
    is_running: bool
    by: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether more minutes have passed than the target allows."""
        return self.used > self.target


def clock(
    steps: Sequence[Step],
    target: int,
    calendar: OpenMinutes,
    now: datetime,
) -> CallBack:
    """Work the clock out of a ticket's events, the oldest first.

    A target of 480 minutes, opened Friday 9:00 and waiting from 10:00 to Monday 9:00, with hours
    from 8:00 to 17:00, ends on Monday at 16:00.
    """
    left, used, by = target, 0, None
    for begin, end in _stretches(steps, now):
        passed = calendar.minutes(begin, end)
        used += passed
        # Only once: a target that has passed gets no later moment.
        if by is None and passed > left:
            by = calendar.after(begin, left)
        left = max(left - passed, 0)
    is_running = steps[-1].now in RUNNING
    if by is None and is_running:
        # Counted from now, since the stretches above have used up their part of the target.
        by = calendar.after(max(steps[-1].at, now), left)
    return CallBack(target, used, is_running, by)


def _stretches(steps: Sequence[Step], now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when to when the clock ran."""
    begun: datetime | None = None
    for step in steps:
        runs = step.now in RUNNING
        if runs and begun is None:
            begun = step.at
        elif not runs and begun is not None:
            yield begun, step.at
            begun = None
    if begun is not None:
        # A ticket that is entered with a later time has not begun.
        yield begun, max(begun, now)


def target_of(office: Office, priority: str) -> int | None:
    """Return the open minutes to call back on a ticket of a priority; None where none are set."""
    settings = office.settings("maintenance", MaintenanceSettings)
    minutes: int = getattr(settings, f"call_back_{priority}")
    # 0 in the settings means that the office sets no target.
    return minutes or None


def call_back(office: Office, ticket: Ticket) -> CallBack | None:
    """Return the clock of a ticket as it is now; None for one without a target.

    It counts the hours of the location of the ticket or its unit, or else those of the office.
    """
    if ticket.call_back_within is None:
        return None
    place = ticket.location_id or _place_of_unit(office, ticket.equipment_id)
    calendar = office.calendar_at(place) if place else office.calendar
    return clock(office.events(ticket), ticket.call_back_within, calendar, office.now())


def _place_of_unit(office: Office, unit_id: int | None) -> int | None:
    return office.get(Equipment, unit_id).location_id if unit_id else None
