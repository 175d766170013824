"""Events: what happened in the life of a record, as its log and its history have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from officeops.core.event_record import LoggedEvent
from officeops.model.lifecycle.event import Event
from officeops.model.sql_values import to_sql
from officeops.values.instants import as_instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from officeops.model.about import About
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

_OF = "about_key = ? AND about_id = ?"
_LAST = """
SELECT coalesce(
    (SELECT at FROM core_event WHERE about_key = ?1 AND about_id = ?2 AND archived_at IS NULL
        ORDER BY id DESC LIMIT 1),
    ?3,
    (SELECT a.at FROM core_change c JOIN core_action a ON a.id = c.action_id
        WHERE {changes} AND c.record_id = ?2 ORDER BY c.id LIMIT 1))
"""


def events(office: StoredOffice, record: Record) -> list[Event]:
    """List the events of a record, the oldest first: when it was added, then its transitions.

    Raises Forbidden where the acting person may not see the record.
    """
    office.allow_view(type(record))
    # As it is now: the record may have been read before something was undone.
    current = office.get(type(record), record.id)
    with office.lifted():
        logged = list(_logged(office, current))
        return [_beginning(office, current, logged), *logged]


def last_event_at(office: StoredOffice, record: Record) -> datetime:
    """Return when the last event of a record happened, in one query; without any, when it began."""
    life: Any = record.life
    begun = to_sql(getattr(record, life.since)) if life.since else None
    changes = office.store.former.condition(record.meta.table)
    with office.lifted():
        at = office.value(_LAST.format(changes=changes), record.meta.key, record.id, begun)
    return as_instant(at).replace(microsecond=0)


def _logged(office: StoredOffice, record: Record) -> Iterator[Event]:
    meta = record.meta
    life: Any = record.life
    # A migration may have given a state another code since.
    now_called = meta.by_name[life.column].former_choices
    for event in office.all(LoggedEvent, _OF, meta.key, record.id):
        was = now_called.get(event.was, event.was)
        now = now_called.get(event.now, event.now)
        yield Event(event.at, was, now, event.who, event.verb)


def _beginning(
    office: StoredOffice,
    record: Record,
    logged: list[Event],
) -> Event:
    """Return when the first state began: when the record says, else when it was added."""
    life: Any = record.life
    changes = office.store.former.condition(record.meta.table)
    sql = (
        "SELECT a.at, a.actor FROM core_change c JOIN core_action a ON a.id = c.action_id "
        f"WHERE {changes} AND c.record_id = ? ORDER BY c.id LIMIT 1"
    )
    [(added_at, who)] = office.rows(sql, record.id)
    at = as_instant(added_at).replace(microsecond=0)
    begun: datetime | None = getattr(record, life.since) if life.since else None
    state = logged[0].was if logged else str(getattr(record, life.column))
    return Event(begun or at, "", state, who, "add")


def note_event(
    office: Office,
    record: Record,
    was: str,
    now: str,
    verb: str,
    at: datetime,
) -> None:
    """Write the event of a transition, inside its action."""
    about = cast("About", record)
    event = LoggedEvent(about=about, was=was, now=now, at=at, who=office.actor, verb=verb)
    office.add_made(event)
