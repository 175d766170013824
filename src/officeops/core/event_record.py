"""The log of lifecycles: every transition of records whose lifecycle has a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.fields import field
from officeops.model.records import Record

if TYPE_CHECKING:
    from datetime import datetime

#: SQL of an action writes no event: one that no transition made, or another time or state of it,
#: would contradict the record.
_KEPT = (
    "CREATE TRIGGER core_event_kept_{event} BEFORE {event} ON core_event "
    "WHEN officeops_by_sql('core_event') "
    "BEGIN SELECT RAISE(ABORT, 'STATE core_event.now: transitions alone write events'); END"
)


class LoggedEvent(
    Record,
    key="core.event",
    commandless=True,
    label="Event",
    display="verb",
    sort="-id",
    actions_only=True,
    triggers=(_KEPT.format(event="INSERT"), _KEPT.format(event="UPDATE")),
):
    """A transition of a record, seen by people who may see that record; `office.events` lists them.

    Undo archives it with the change that it is about, and redo restores both.
    """

    about: About
    was: str = field(help="Its state before")
    now: str = field(help="Its state after")
    at: datetime = field(help="When it happened, which may be before it was entered")
    who: str = field(help="Who took the transition")
    verb: str = field(help="The transition")
