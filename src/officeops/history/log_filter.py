"""Log filter: which part of the history is asked for, and the SQL conditions for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    #: SQL and the values that it takes.
    Condition = tuple[str, tuple[Any, ...]]

#: Sorts behind every text with the same beginning.
LAST: Final = "\U0010ffff"


class Asked(Value):
    """The changes to read; a blank attribute leaves nothing out.

    `what` is the beginning of an action's name. `since` and `until` are days of the office, both
    included. Without `after`, the newest come first, and with them the actions that changed no
    record. With `after`, a cursor, come the changes behind it, oldest first, as a follower needs
    them, and no others: a cursor counts changes, so it could not tell which actions were seen.
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
    #: In place of `record`: the key of a kind of record that no plugin has now, such as `keys.key`.
    off: str = ""

    @property
    def key(self) -> str:
        """The key of the kind of record that is asked for; blank for all kinds."""
        return self.record.meta.key if self.record else self.off


def joined(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """Join conditions into one that demands all of them, with the values of all."""
    parts: list[str] = []
    values: list[Any] = []
    for sql, given in conditions:
        parts.append(sql)
        values += given
    return " AND ".join(parts) or "1", values


def of_actions(office: StoredOffice, asked: Asked) -> Iterator[Condition]:
    """Yield the conditions that a filter sets on the actions."""
    if asked.who:
        yield "a.actor = ?", (asked.who,)
    if asked.what:
        yield _of_name(office, asked.what)
    if asked.since:
        yield "a.at >= ?", (_midnight(office, asked.since),)
    if asked.until:
        yield "a.at < ?", (_midnight(office, asked.until, 1),)
    if asked.request:
        yield "a.request = ?", (asked.request,)


def _of_name(office: StoredOffice, beginning: str) -> Condition:
    """Make the condition that an action's name begins so, by any key that its record has had."""
    plugin, _, rest = beginning.partition(".")
    word, dot, verb = rest.partition(".")
    beginnings = [beginning]
    if dot:
        keys = office.store.former.keys(f"{plugin}.{word}")
        beginnings = [f"{key}.{verb}" for key in keys]
    values: list[str] = []
    for name in beginnings:
        values += [name, name + LAST]
    condition = " OR ".join(["a.verb >= ? AND a.verb < ?"] * len(beginnings))
    return f"({condition})", tuple(values)


def _midnight(office: StoredOffice, day: date, later: int = 0) -> str:
    """Return the instant at which a day of the office begins, or one `later` days on, in UTC."""
    from datetime import UTC, datetime, time, timedelta
    from zoneinfo import ZoneInfo

    zone = office.facts.time_zone
    try:
        local = datetime.combine(day + timedelta(days=later), time())
        zoned = local.replace(tzinfo=ZoneInfo(zone)) if zone else local.astimezone()
        return zoned.astimezone(UTC).isoformat()[:19]
    except (OverflowError, ValueError):  # before the first year, or after the last
        return LAST if later else ""
