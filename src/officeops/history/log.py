"""Reading the history: one service for the command line, the terminal interface and whoever follows what is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.masking import masked_side
from officeops.model.errors import NotFound
from officeops.model.immutable import Value
from officeops.store.row_format import Layouts, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    #: SQL and the values that it takes.
    Condition = tuple[str, tuple[Any, ...]]

#: Sorts behind whatever begins with the same letters.
_LAST = "\U0010ffff"
#: What ends the names of actions by which somebody came to know a sealed value.
READINGS = (".reveal", ".look-up")


class Asked(Value):
    """Which changes are asked for; what is not said does not matter.

    `what` is the beginning of an action's name; `since` and `until` are days of the office, both included. With `after`,
    a cursor, the changes written after it are given oldest first, as followers need them; without, newest first, and with
    them the actions that changed no record: a cursor counts changes, so none could say that these were seen.
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
    """One recorded change, or an action that changed no record. `before` and `after` are JSON text, as written.

    `record` is the noun, or the table's name while its plugin is off; blank, with no id, where no record was changed, and
    then there is what the action was told (JSON text) and answered. Both sides are None where they were destroyed.
    `cursor` is what a follower goes on from, `number` the action's own, by which it is undone.
    """

    at: str
    actor: str
    action: str
    record: str
    record_id: int | None
    before: str | None
    after: str | None
    cursor: int
    number: int
    arguments: str | None = None
    outcome: str | None = None

    @property
    def destroyed(self) -> bool:
        """Whether its contents were destroyed when their retention was over."""
        return bool(self.record) and self.before is None and self.after is None


def changes(office: StoredOffice, asked: Asked) -> list[Entry]:
    """Return what is on record of what is asked for. Raises NotFound for a person or an action that nobody knows."""
    if asked.who:
        check_person(office, asked.who)
    if asked.what:
        _check_action(office, asked.what)
    found = _changes(office, asked)
    if asked.after is not None:
        return found
    # Of what lies before the last change that is asked for, nothing is.
    first = found[-1].number if asked.limit and len(found) == asked.limit else 0
    found += _without_change(office, asked, first)
    found.sort(key=lambda entry: (entry.number, entry.cursor), reverse=True)
    return found[: asked.limit or None]


def check_person(office: StoredOffice, who: str) -> None:
    """Raise NotFound for a name that is no user's and under which nothing was ever done: nobody is no filter."""
    with office.lifted():
        sql = "SELECT EXISTS (SELECT 1 FROM core_user WHERE login = ?1) OR EXISTS (SELECT 1 FROM core_action WHERE actor = ?1)"
        if not office.value(sql, who):
            raise NotFound(
                f"There is no user {who!r}, and nothing was done under that name. `officeops access list` lists the users."
            )


def _check_action(office: StoredOffice, beginning: str) -> None:
    """Raise NotFound where no action that there is, or that is on record, has a name that begins so."""
    from officeops.access.permissions import permissions

    declared = (each.name for each in permissions(office.plugins, office.records.values()))
    if any(name.startswith(beginning) for name in declared):
        return
    with office.lifted():
        sql = "SELECT EXISTS (SELECT 1 FROM core_action WHERE verb >= ? AND verb < ?)"
        if not office.value(sql, beginning, beginning + _LAST):
            raise NotFound(
                f"No action has a name that begins with {beginning!r}. `officeops plugins permissions` lists the names."
            )


def _changes(office: StoredOffice, asked: Asked) -> list[Entry]:
    conditions = [
        *_of_actions(office, asked),
        *_of_changes(office, asked),
        *_visible(office, asked),
    ]
    where = " AND ".join(sql for sql, _ in conditions) or "1"
    order = "DESC" if asked.after is None else "ASC"
    with office.lifted():
        rows = office.rows(
            "SELECT a.at, a.actor, a.verb, c.record, c.record_id, c.before, c.after, c.id, a.id FROM core_change c "
            f"JOIN core_action a ON a.id = c.action_id WHERE {where} ORDER BY c.id {order} LIMIT ?",
            *(value for _, values in conditions for value in values),
            asked.limit or -1,
        )
    shown = _Shown(office)
    return [shown.entry(*row) for row in rows]


class _Shown:
    """Makes entries of changes: by the names of today, without what the acting person may not see."""

    def __init__(self, office: StoredOffice) -> None:
        kinds = office.records.values()
        self._former = office.store.former
        self._layouts = Layouts(office.store.db, *(kept(kind.meta.columns) for kind in kinds))
        self._metas = {kind.meta.table: kind.meta for kind in kinds}
        self._away = {kind.meta.table: office.withheld(kind) for kind in kinds}
        self._sealed = {kind.meta.table: [f.name for f in kind.meta.sealed] for kind in kinds}
        #: Of a column that is no longer declared, nobody knows any more whether it was guarded.
        self._may_see_dropped = office.who.everything or office.who.reaches_pattern("sensitive")

    def entry(
        self,
        at: str,
        actor: str,
        verb: str,
        recorded: str,
        record_id: int,
        before: str | None,
        after: str | None,
        cursor: int,
        number: int,
    ) -> Entry:
        """Return one change as the acting person may see it; `recorded` is the table that it names."""
        table = self._former.table(recorded, cursor)
        meta = self._metas.get(table)
        was = self._side(table, recorded, cursor, before)
        now = self._side(table, recorded, cursor, after)
        noun = meta.noun if meta else table
        return Entry(at, actor, verb, noun, record_id, was, now, cursor, number)

    def _side(self, table: str, recorded: str, change: int, side: str | None) -> str | None:
        text = self._layouts.named(side)
        if text and change <= self._former.newest_change():
            text = _json(self._former.content(recorded, change, json.loads(text)) or {})
        return masked_side(_without(text, self._withheld(table, text)), self._sealed.get(table, ()))

    def _withheld(self, table: str, side: str | None) -> Collection[str]:
        away, meta = self._away.get(table, frozenset()), self._metas.get(table)
        if self._may_see_dropped or meta is None or not side:
            return away
        dropped = {name for name in json.loads(side) if name not in meta.columns}
        return away | dropped


def _without_change(office: StoredOffice, asked: Asked, first: int) -> list[Entry]:
    """Return the actions from one on that changed no record and that the acting person may know of."""
    conditions = list(_of_actions(office, asked))
    if asked.record:
        keys = office.store.former.keys(asked.record.meta.key)
        sql = "EXISTS (SELECT 1 FROM json_each(?) k WHERE instr(a.arguments, k.value))"
        conditions.append((sql, (json.dumps(keys),)))
    where = "".join(f" AND {sql}" for sql, _ in conditions)
    with office.lifted():
        rows = office.rows(
            "SELECT a.at, a.actor, a.verb, a.arguments, a.outcome, a.first_change - 1, a.id FROM core_action a WHERE a.id >= ? "
            f"AND NOT EXISTS (SELECT 1 FROM core_change c WHERE c.id = a.first_change AND c.action_id = a.id){where}",
            first,
            *(value for _, values in conditions for value in values),
        )
    return [entry for row in rows if (entry := _bare(office, asked, *row))]


def _bare(
    office: StoredOffice,
    asked: Asked,
    at: str,
    actor: str,
    verb: str,
    arguments: str | None,
    outcome: str | None,
    *numbers: int,
) -> Entry | None:
    """Return an action that changed no record as the acting person may know of it; None where they may not, or it is about others."""
    cursor, number = numbers
    former, told = office.store.former, _read(arguments)
    now = former.verb(verb, number)
    key = ".".join(now.split(".")[:2])
    told = former.arguments(verb, number, told)
    of = told.get("of")
    about = [each for each in of if isinstance(each, str)] if isinstance(of, list) else []
    if not (_is_about(asked, about) and _may_know(office, now, about)):
        return None
    kind = office.records.get(key)
    if kind is not None and office.withheld(kind):
        # Which of it repeats what they may not see, nothing tells.
        told, outcome = {name: value for name, value in told.items() if name == "of"}, None
    said = masked_side(_json(told)) if told else None
    return Entry(at, actor, verb, "", None, None, None, cursor, number, said, outcome)


def _read(arguments: str | None) -> dict[str, Any]:
    """Return what an action was told; of what cannot be read nothing, and the chain tells why."""
    try:
        found = json.loads(arguments or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_about(asked: Asked, about: list[str]) -> bool:
    """Whether an action names the record that is asked for, or one of its kind."""
    if asked.record is None:
        return True
    key = f"{asked.record.meta.key}:"
    return any(
        each.startswith(key) if asked.record_id is None else each == f"{key}{asked.record_id}"
        for each in about
    )


def _may_know(office: StoredOffice, verb: str, about: list[str]) -> bool:
    """Whether the acting person may know of an action that changed no record: what they may do, to what they may see.

    Who came to know a sealed value is for those alone who may see the readings.
    """
    if verb.endswith(READINGS):
        return office.may("core.seal.readings")
    return office.may(verb) and all(office.may(f"{each.partition(':')[0]}.view") for each in about)


def _visible(office: StoredOffice, asked: Asked) -> Iterator[Condition]:
    """Yield the condition that leaves the kinds of record the acting person may see; of tables unknown here, none of the others."""
    if office.who.everything:
        return
    if asked.record:
        office.allow_view(asked.record)
    seen = [record.meta.table for record in office.records.values() if office.may_view(record)]
    former = office.store.former
    if former:
        yield f"({' OR '.join(f'({former.condition(table)})' for table in seen) or '0'})", ()
    else:
        yield "c.record IN (SELECT value FROM json_each(?))", (json.dumps(seen),)


def _without(side: str | None, away: Collection[str]) -> str | None:
    """Return a side of a change without the columns that the acting person may not see."""
    if not side or not away:
        return side
    return _json({name: value for name, value in json.loads(side).items() if name not in away})


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _of_actions(office: StoredOffice, asked: Asked) -> Iterator[Condition]:
    if asked.who:
        yield "a.actor = ?", (asked.who,)
    if asked.what:
        yield _named_so(office, asked.what)
    if asked.since:
        yield "a.at >= ?", (_midnight(office, asked.since),)
    if asked.until:
        yield "a.at < ?", (_midnight(office, asked.until, 1),)
    if asked.request:
        yield "a.request = ?", (asked.request,)


def _named_so(office: StoredOffice, beginning: str) -> Condition:
    """Return the condition that an action's name begins so, under whichever name its record had."""
    plugin, _, rest = beginning.partition(".")
    word, dot, verb = rest.partition(".")
    keys = office.store.former.keys(f"{plugin}.{word}") if dot else []
    beginnings = [f"{key}.{verb}" for key in keys] or [beginning]
    condition = " OR ".join(["a.verb >= ? AND a.verb < ?"] * len(beginnings))
    values = [bound for name in beginnings for bound in (name, name + _LAST)]
    return f"({condition})", tuple(values)


def _of_changes(office: StoredOffice, asked: Asked) -> Iterator[Condition]:
    if asked.record:
        yield office.store.former.condition(asked.record.meta.table), ()
    if asked.record_id is not None:
        yield "c.record_id = ?", (asked.record_id,)
    if asked.after is not None:
        yield "c.id > ?", (asked.after,)


def _midnight(office: StoredOffice, day: date, later: int = 0) -> str:
    """Return the instant at which a day of the office, or one some days later, begins: UTC, as actions have it."""
    from datetime import UTC, datetime, time, timedelta
    from zoneinfo import ZoneInfo

    try:
        local = datetime.combine(day + timedelta(days=later), time())
        zoned = (
            local.replace(tzinfo=ZoneInfo(office.facts.time_zone))
            if office.facts.time_zone
            else local.astimezone()
        )
        return zoned.astimezone(UTC).isoformat()[:19]
    except (OverflowError, ValueError):  # before the first year, or after the last
        return _LAST if later else ""


def id_of(office: StoredOffice, record: type[Record], word: str) -> int:
    """Return the id of the record people mean by a word, also of one that is gone, by its #number. Raises NotFound."""
    try:
        return office.find(record, word).id
    except NotFound:
        number = word.removeprefix("#")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            raise
        with office.lifted():
            condition = office.store.former.condition(record.meta.table)
            sql = f"SELECT 1 FROM core_change c WHERE {condition} AND c.record_id = ?"
            known = office.value(sql, int(number))
        if not known:
            raise
        return int(number)


def summary(entry: Entry, word: Callable[[str, Any], object] = lambda _, value: value) -> str:
    """Return what a change did, in a line: field old → new; or what an action was told that changed no record.

    `word` says how a column's value is written.
    """
    if not entry.record:
        told = ", ".join(
            f"{name} {_listed(value)}" for name, value in _read(entry.arguments).items()
        )
        return ": ".join(each for each in (told, entry.outcome) if each) or "changed no record"
    if entry.destroyed:
        return "destroyed: past its retention"
    old, new = (json.loads(each) if each else {} for each in (entry.before, entry.after))
    if entry.after is None:
        return "deleted"

    def worded(name: str, value: object) -> object:
        return "(blank)" if value is None else word(name, value)

    if entry.before is None:
        filled = {k: v for k, v in new.items() if v not in (None, "", 0) and k != "archived_at"}
        return "added " + ", ".join(
            f"{name} {worded(name, value)}" for name, value in filled.items()
        )
    return ", ".join(
        f"{name} {worded(name, old.get(name))} → {worded(name, new.get(name))}" for name in new
    )


def _listed(value: object) -> str:
    if isinstance(value, dict):
        return f"({len(value):,})"
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
