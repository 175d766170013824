"""Reading the history: one service for the command line, the terminal interface and whoever follows what is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.errors import NotFound
from officeops.sealing.masking import masked_side
from officeops.store.layout import Layouts
from officeops.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.office import Office
    from officeops.records import Record

#: Sorts behind whatever begins with the same letters.
_LAST = "\U0010ffff"


class Asked(Value):
    """Which changes are asked for; what is not said does not matter.

    `what` is the beginning of an action's name; `since` and `until` are days of the office, both included. With `after`,
    a cursor, the changes written after it are given oldest first, as followers need them; without, newest first.
    """

    who: str = ""
    what: str = ""
    record: type[Record] | None = None
    record_id: int | None = None
    since: date | None = None
    until: date | None = None
    request: str = ""
    after: int | None = None
    limit: int = 0


class Entry(Value):
    """One recorded change. `before` and `after` are JSON text, as written; both are None where they were destroyed.

    `record` is the noun, or the table's name while its plugin is off. `cursor` is what a follower goes on from, `number`
    the action's own, by which it is undone.
    """

    at: str
    actor: str
    action: str
    record: str
    record_id: int
    before: str | None
    after: str | None
    cursor: int
    number: int

    @property
    def destroyed(self) -> bool:
        """Whether its contents were destroyed when their retention was over."""
        return self.before is None and self.after is None


def changes(office: Office, asked: Asked) -> list[Entry]:
    """Return the recorded changes that are asked for."""
    nouns = {record.meta.table: record.meta.noun for record in office.records.values()}
    conditions = [*_conditions(office, asked), *_visible(office, asked)]
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    order = "DESC" if asked.after is None else "ASC"
    with office.lifted():
        rows = office.rows(
            "SELECT a.at, a.actor, a.verb, c.record, c.record_id, c.before, c.after, c.id, a.id FROM core_change c "
            f"JOIN core_action a ON a.id = c.action_id WHERE {where} ORDER BY c.id {order} LIMIT ?",
            *(value for _, value in conditions),
            asked.limit or -1,
        )
        named = Layouts(office.store.db).named
    away = {record.meta.table: office.withheld(record) for record in office.records.values()}
    sealed = {record.meta.table: [f.name for f in record.meta.sealed] for record in office.records.values()}
    return [
        Entry(
            at,
            actor,
            verb,
            nouns.get(table, table),
            id_,
            masked_side(_without(before, away.get(table)), sealed.get(table, ())),
            masked_side(_without(named(after), away.get(table)), sealed.get(table, ())),
            *numbers,
        )
        for at, actor, verb, table, id_, before, after, *numbers in rows
    ]


def _visible(office: Office, asked: Asked) -> Iterator[tuple[str, Any]]:
    """Yield the condition that leaves the kinds of record the acting person may see; of tables unknown here, none of the others."""
    if office.who.everything:
        return
    if asked.record:
        office.allow_view(asked.record)
    seen = [record.meta.table for record in office.records.values() if office.may_view(record)]
    yield "c.record IN (SELECT value FROM json_each(?))", json.dumps(seen)


def _without(side: str | None, away: frozenset[str] | None) -> str | None:
    """Return a side of a change without the columns that the acting person may not see."""
    if not side or not away:
        return side
    return json.dumps(
        {k: v for k, v in json.loads(side).items() if k not in away}, ensure_ascii=False, separators=(",", ":")
    )


def _conditions(office: Office, asked: Asked) -> Iterator[tuple[str, Any]]:
    if asked.who:
        yield "a.actor = ?", asked.who
    if asked.what:
        yield "a.verb >= ?", asked.what
        yield "a.verb < ?", asked.what + _LAST
    if asked.record:
        yield "c.record = ?", asked.record.meta.table
    if asked.record_id is not None:
        yield "c.record_id = ?", asked.record_id
    if asked.since:
        yield "a.at >= ?", _midnight(office, asked.since)
    if asked.until:
        yield "a.at < ?", _midnight(office, asked.until, 1)
    if asked.request:
        yield "a.request = ?", asked.request
    if asked.after is not None:
        yield "c.id > ?", asked.after


def _midnight(office: Office, day: date, later: int = 0) -> str:
    """Return the instant at which a day of the office, or one some days later, begins: UTC, as actions have it."""
    from datetime import UTC, datetime, time, timedelta
    from zoneinfo import ZoneInfo

    try:
        local = datetime.combine(day + timedelta(days=later), time())
        zoned = local.replace(tzinfo=ZoneInfo(office.facts.time_zone)) if office.facts.time_zone else local.astimezone()
        return zoned.astimezone(UTC).isoformat()[:19]
    except (OverflowError, ValueError):  # before the first year, or after the last
        return _LAST if later else ""


def id_of(office: Office, record: type[Record], word: str) -> int:
    """Return the id of the record people mean by a word, also of one that is gone, by its #number. Raises NotFound."""
    try:
        return office.find(record, word).id
    except NotFound:
        number = word.removeprefix("#")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            raise
        with office.lifted():
            known = office.value(
                "SELECT 1 FROM core_change WHERE record = ? AND record_id = ?", record.meta.table, int(number)
            )
        if not known:
            raise
        return int(number)


def summary(entry: Entry) -> str:
    """Return what a change did, in a line: field old → new."""
    if entry.destroyed:
        return "destroyed: past its retention"
    old, new = (json.loads(each) if each else {} for each in (entry.before, entry.after))
    if entry.after is None:
        return "deleted"
    if entry.before is None:
        return "added " + ", ".join(f"{k} {v}" for k, v in new.items() if v not in (None, "", 0) and k != "archived_at")
    return ", ".join(f"{name} {_word(old.get(name))} → {_word(new.get(name))}" for name in new)


def _word(value: object) -> object:
    return "(blank)" if value is None else value
