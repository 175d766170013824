"""Log: reads the history for the command line, the screens and programs that follow it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops.history.entry import Entry, EntryView, arguments_of, as_json, signed_at
from officeops.history.log_filter import LAST, joined, of_actions
from officeops.history.masking import masked_side
from officeops.model.errors import NotFound
from officeops.model.meta import table_of
from officeops.store.signed_mark import SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.history.log_filter import Asked, Condition
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

#: The endings of actions that record who saw a sealed or a guarded value.
READINGS: Final = (".reveal", ".look-up", ".shown")
#: The columns of an entry, as `EntryView.entry` takes them.
_ENTRY: Final = (
    "SELECT a.at, a.actor, a.verb, c.record, c.record_id, c.before, c.after, c.id, a.id, "
    f"CASE WHEN instr(a.arguments, '{SIGNED}') OR a.verb LIKE '%.archive' THEN a.arguments END "
    "FROM core_change c JOIN core_action a ON a.id = c.action_id"
)
#: Entries that are read at once where so few are asked for: some may be withheld.
_PIECE: Final = 50
#: Longer than any id that SQLite gives.
_DIGITS = 19


def changes(office: StoredOffice, asked: Asked) -> list[Entry]:
    """Read the history. Raises NotFound for a person or an action that it does not know."""
    if asked.who:
        check_person(office, asked.who)
    if asked.what:
        _check_action(office, asked.what)
    entries = _entries(office, asked)
    # Once all of it was read: this reading is no entry of what it read.
    office.record_readings()
    return entries


def _entries(office: StoredOffice, asked: Asked) -> list[Entry]:
    entries = _changes(office, asked)
    if asked.after is not None:
        return entries
    # An action older than the last change of a full page has no place on it.
    is_full = asked.limit and len(entries) == asked.limit
    entries += _without_change(office, asked, entries[-1].number if is_full else 0)
    entries.sort(key=lambda entry: (entry.number, entry.cursor), reverse=True)
    return entries[: asked.limit or None]


def check_person(office: StoredOffice, who: str) -> None:
    """Raise NotFound for a name that no user has and no action: an unknown name is no filter."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM core_user WHERE login = ?1) "
        "OR EXISTS (SELECT 1 FROM core_action WHERE actor = ?1)"
    )
    with office.lifted():
        is_known = office.value(sql, who)
    if not is_known:
        raise NotFound(
            f"There is no user {who!r}, and nothing was done under that name. "
            "`officeops access list` lists the users.",
            code="not-found",
            facts={"kind": "user", "text": who},
        )


def _check_action(office: StoredOffice, beginning: str) -> None:
    """Raise NotFound for a beginning that no declared and no recorded action has."""
    from officeops.access.permissions import permissions

    for permission in permissions(office.plugins, office.records.values()):
        if permission.name.startswith(beginning):
            return
    sql = "SELECT EXISTS (SELECT 1 FROM core_action WHERE verb >= ? AND verb < ?)"
    with office.lifted():
        is_recorded = office.value(sql, beginning, beginning + LAST)
    if not is_recorded:
        raise NotFound(
            f"No action has a name that begins with {beginning!r}. "
            "`officeops plugins permissions` lists the names.",
            code="not-found",
            facts={"kind": "action", "text": beginning},
        )


def _changes(office: StoredOffice, asked: Asked) -> list[Entry]:
    conditions = [
        *of_actions(office, asked),
        *_of_changes(office, asked),
        *_visible(office, asked),
    ]
    where, values = joined(conditions)
    order = "DESC" if asked.after is None else "ASC"
    sql = f"{_ENTRY} WHERE {where} ORDER BY c.id {order} LIMIT ? OFFSET ?"
    view = EntryView(office)
    # To SQLite -1 is no limit.
    piece = max(asked.limit, _PIECE) if asked.limit else -1
    entries: list[Entry] = []
    read = 0
    while True:
        with office.lifted():
            rows = office.rows(sql, *values, piece, read)
        read += len(rows)
        page = (view.entry(*row) for row in rows)
        entries += [entry for entry in page if not entry.shows_nothing]
        if len(rows) != piece or len(entries) >= asked.limit:
            return entries[: asked.limit or None]


def shows_nothing(office: StoredOffice, first: int, last: int) -> bool:
    """Whether the acting person may see nothing of a range of changes. Called unguarded."""
    rows = office.rows(f"{_ENTRY} WHERE c.id BETWEEN ? AND ?", first, last)
    view = EntryView(office)
    return bool(rows) and all(view.entry(*row).shows_nothing for row in rows)


def recorded_key(office: StoredOffice, word: str) -> str:
    """Find the key of a kind of record that no plugin has now, but the history has.

    `word` is its key, `keys.key`, or its table as the history lists it, `keys_key`. Blank where the
    history has none, or the acting person may not see it.
    """
    key = word if "." in word else word.replace("_", ".", 1)
    changes = office.store.former.condition(table_of(key))
    if not office.who.everything:
        return ""
    with office.lifted():
        is_recorded = office.value(f"SELECT EXISTS (SELECT 1 FROM core_change c WHERE {changes})")
    return key if is_recorded else ""


def _of_changes(office: StoredOffice, asked: Asked) -> Iterator[Condition]:
    if asked.record_id is not None:
        yield _of_record(office, asked, asked.record_id)
    elif asked.key:
        yield office.store.former.condition(table_of(asked.key)), ()
    if asked.after is not None:
        yield "c.id > ?", (asked.after,)


def _of_record(
    office: StoredOffice,
    asked: Asked,
    number: int,
) -> Condition:
    """Make the condition that a change is one record's, or of a child that belongs to it."""
    former = office.store.former
    own = "c.record_id = ?"
    if asked.key:
        own = f"({former.condition(table_of(asked.key))}) AND {own}"
    conditions = [own]
    for child in asked.record.children if asked.record else ():
        table = table_of(child.record)
        if child.record in office.records:
            rows = f"SELECT id FROM {table} WHERE {child.by} = ?"
            conditions.append(f"({former.condition(table)}) AND c.record_id IN ({rows})")
    return f"(({') OR ('.join(conditions)}))", (number,) * len(conditions)


def _visible(office: StoredOffice, asked: Asked) -> Iterator[Condition]:
    """Yield the condition that leaves the record types the acting person may see.

    A table that no record has now is for people who may do everything.
    """
    if office.who.everything:
        return
    if asked.record:
        office.allow_view(asked.record)
    records = office.records.values()
    tables = [record.meta.table for record in records if office.may_view(record)]
    former = office.store.former
    yield from _within_reach(office)
    # Nothing was renamed, so the tables' names of today are enough.
    if not former:
        yield "c.record IN (SELECT value FROM json_each(?))", (json.dumps(tables),)
        return
    any_of_them = " OR ".join(f"({former.condition(table)})" for table in tables)
    yield f"({any_of_them or '0'})", ()


def _within_reach(office: StoredOffice) -> Iterator[Condition]:
    """Yield the conditions that leave out the rows that the acting person does not reach.

    A row that was destroyed is nobody's any more.
    """
    for record in office.records.values():
        if reached := office.within_reach(record, "c.record_id"):
            is_of_kind = office.store.former.condition(record.meta.table)
            yield f"(NOT ({is_of_kind}) OR {reached})", ()


def _without_change(
    office: StoredOffice,
    asked: Asked,
    first: int,
) -> list[Entry]:
    """Read the actions from `first` on that changed no record and are not withheld."""
    conditions = list(of_actions(office, asked))
    if asked.key:
        keys = json.dumps(office.store.former.keys(asked.key))
        names_it = "EXISTS (SELECT 1 FROM json_each(?) k WHERE instr(a.arguments, k.value))"
        conditions.append((names_it, (keys,)))
    where, values = joined(conditions)
    sql = (
        "SELECT a.at, a.actor, a.verb, a.arguments, a.outcome, a.first_change - 1, a.id "
        "FROM core_action a WHERE a.id >= ? AND NOT EXISTS (SELECT 1 FROM core_change c "
        f"WHERE c.id = a.first_change AND c.action_id = a.id) AND {where}"
    )
    with office.lifted():
        rows = office.rows(sql, first, *values)
    entries = (_bare(office, asked, *row) for row in rows)
    return list(filter(None, entries))


def _bare(
    office: StoredOffice,
    asked: Asked,
    at: str,
    actor: str,
    verb: str,
    arguments: str | None,
    outcome: str | None,
    cursor: int,
    number: int,
) -> Entry | None:
    """Make the entry of an action that changed no record; None if unasked or withheld."""
    former = office.store.former
    given = former.arguments(verb, number, arguments_of(arguments))
    verb_now = former.verb(verb, number)
    about: list[str] = []
    if isinstance(given.get("of"), list):
        about = [name for name in given["of"] if isinstance(name, str)]
    if not (_is_about(asked, about) and _may_know(office, verb_now, about)):
        return None
    record = office.records.get(".".join(verb_now.split(".")[:2]))
    if record is not None and office.withheld(record):
        # Nothing says which of its words repeat a withheld value.
        given = {"of": given["of"]} if "of" in given else {}
        outcome = None
    text = masked_side(as_json(given)) if given else None
    signed = signed_at(arguments)
    return Entry(at, actor, verb, "", None, None, None, cursor, number, text, outcome, **signed)


def _is_about(asked: Asked, about: list[str]) -> bool:
    """Tell whether an action names the record asked for, or one of its type."""
    if not asked.key:
        return True
    key = f"{asked.key}:"
    if asked.record_id is None:
        return any(name.startswith(key) for name in about)
    return f"{key}{asked.record_id}" in about


def _may_know(
    office: StoredOffice,
    verb: str,
    about: list[str],
) -> bool:
    """Tell whether the acting person may know of an action: they may do it, and see its records.

    Only people with `core.seal.readings` learn who saw a sealed or a guarded value.
    """
    if verb.endswith(READINGS):
        return office.may("core.seal.readings")
    return office.may(verb) and all(_may_know_of(office, name) for name in about)


def _may_know_of(office: StoredOffice, name: str) -> bool:
    """Tell whether the acting person may see a record that an action names as `keys.key:12`."""
    key, _, number = name.partition(":")
    record = office.records.get(key)
    if not office.may(f"{key}.view"):
        return False
    return record is None or not number.isdecimal() or office.in_reach(record, int(number))


def id_of(
    office: StoredOffice,
    record: type[Record],
    word: str,
) -> int:
    """Find the id of the record that a word means; a destroyed one by its #number.

    Raises NotFound.
    """
    try:
        return office.find(record, word).id
    except NotFound:
        number = word.removeprefix("#")
        if not (number.isascii() and number.isdecimal() and len(number) < _DIGITS):
            raise
        # Refused as if the record had never been, since its existence is not theirs to know.
        if not office.in_reach(record, int(number)):
            raise
        condition = office.store.former.condition(record.meta.table)
        sql = f"SELECT 1 FROM core_change c WHERE {condition} AND c.record_id = ?"
        with office.lifted():
            is_recorded = office.value(sql, int(number))
        if not is_recorded:
            raise
        return int(number)
