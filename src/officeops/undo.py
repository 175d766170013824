"""Undo: the inverse of a recorded action, checked against what is there now, and itself recorded.

All of an action's changes are taken back or none. New records are archived, changed values put back, ledger entries
balanced by new ones. It is refused, with the reason, where something later depends on what would go.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.errors import NotFound, Problem, Refused
from officeops.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office
    from officeops.records import Record

#: What is not taken back: an office's beginning, its upgrades, restores and destruction, and who saw what.
LASTING = ("core.init", "core.migrate", "core.restore", "core.purge", "core.key", "core.due.seen", "demo.")
UNDO, REDO = "core.undo", "core.redo"


class Done(Value):
    """A recorded action: its id, who did what and when, and the range of its changes' ids."""

    id: int
    actor: str
    at: str
    verb: str
    arguments: str
    first: int
    last: int

    @property
    def of(self) -> int:
        """The action that an undo or a redo took back; 0 for any other."""
        return int(json.loads(self.arguments)["of"]) if self.verb in {UNDO, REDO} else 0

    @property
    def lasting(self) -> bool:
        """Whether it is of a kind that is not taken back."""
        return self.verb.startswith(LASTING)


_DONE = """
SELECT id, actor, at, verb, ifnull(arguments, ''), first_change,
    ifnull((SELECT min(n.first_change) FROM core_action n WHERE n.id > a.id), 9223372036854775807) - 1
FROM core_action a
"""


def undo(office: Office, action_id: int | None = None, *, request: str | None = None) -> str:
    """Take back an action, the acting person's last one unless said, and say what was taken back.

    Raises NotFound where there is none, Refused with the reason where it cannot be taken back.
    """
    return _take_back(office, _chosen(office, action_id), UNDO, request)


def redo(office: Office, *, request: str | None = None) -> str:
    """Take back the acting person's last undo."""
    gone = undone(office)
    for done in _newest(office, "verb = ? AND actor = ?", UNDO, office.actor):
        if done.id not in gone:
            return _take_back(office, done, REDO, request)
    raise NotFound("There is nothing of yours to redo.")


def undone(office: Office) -> set[int]:
    """Return the ids of the actions that are taken back now; an undo that was itself taken back does not count."""
    gone: set[int] = set()
    for done in _newest(office, "verb IN (?, ?)", UNDO, REDO):
        if done.id not in gone:
            gone.add(done.of)
    return gone


def _newest(office: Office, where: str, *values: object) -> Iterator[Done]:
    yield from (Done(*row) for row in office.rows(f"{_DONE} WHERE {where} ORDER BY id DESC", *values))


def _chosen(office: Office, action_id: int | None) -> Done:
    gone = undone(office)
    if action_id is not None:
        found = next(_newest(office, "id = ?", action_id), None)
        if found is None:
            raise NotFound(f"There is no action {action_id}. `officeops history` lists them.")
        if found.id in gone:
            raise Refused(f"action {action_id} ({found.verb}) was taken back already")
        if found.lasting:
            raise Refused(f"action {action_id} is {found.verb}, which is not taken back")
        return found
    for done in _newest(office, "actor = ? AND verb NOT IN (?, ?)", office.actor, UNDO, REDO):
        if done.id not in gone and not done.lasting and done.first <= done.last and _changes(office, done):
            return done
    raise NotFound("There is nothing of yours to undo.")


def _changes(office: Office, done: Done) -> list[tuple[Any, ...]]:
    """Return (table, id, before, after) of an action's changes, the latest first."""
    return office.rows(
        "SELECT record, record_id, before, after FROM core_change WHERE id BETWEEN ? AND ? ORDER BY id DESC", done.first, done.last
    )


def _take_back(office: Office, done: Done, verb: str, request: str | None) -> str:
    told = _told(office, done, verb)
    with office.acting(verb, {"of": done.id}, request=request, bulk=f"taking back {done.verb}") as outcome:
        changes = _changes(office, done)
        if not changes:
            raise Refused(f"action {done.id} ({done.verb}) changed nothing")
        for table, id_, before, after in changes:
            _invert(office, done, table, id_, json.loads(before) if before else None, json.loads(after) if after else None)
        outcome.append(told)
    office.forget_facts()
    return told


def _told(office: Office, done: Done, verb: str) -> str:
    what = done if verb == UNDO else next(_newest(office, "id = ?", done.of))
    return f"{what.verb} of {what.at[:16].replace('T', ' ')} by {what.actor} is {'undone' if verb == UNDO else 'done again'}."


def _invert(
    office: Office, done: Done, table: str, id_: int, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    record = next((each for each in office.records.values() if each.meta.table == table), None)
    if record is None:
        raise Refused(f"the plugin that keeps {table} is off; turn it on to take this back")
    if after is None:
        raise Refused(f"{record.meta.label} #{id_} was destroyed by this action")
    if before is not None:
        _put_back(office, record, id_, before, after)
    elif record.meta.append_only:
        office.get(record, id_).balance_out(office)
    else:
        _archive(office, done, record, id_)


def _put_back(office: Office, record: type[Record], id_: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    columns = list(after)
    now = office.rows(f"SELECT {', '.join(columns)} FROM {record.meta.table} WHERE id = ?", id_)
    if not now:
        raise Refused(f"{record.meta.label} #{id_} is gone")
    moved_on = [name for name, there in zip(columns, now[0], strict=True) if there != after[name]]
    if moved_on:
        problems = [Problem("was changed again since", name) for name in moved_on]
        raise Refused(problems, f"{record.meta.label} {office.get(record, id_).human_key}")
    office.put_back(record, id_, before, after)


def _archive(office: Office, done: Done, record: type[Record], id_: int) -> None:
    added = office.get(record, id_)
    if added.archived_at is not None:
        raise Refused(f"{record.meta.label} {added.human_key} was archived since")
    if why := next(_dependents(office, done, record, id_), None):
        raise Refused(f"{why} depends on it", f"{record.meta.label} {added.human_key}")
    now = office.now()
    office.put_back(record, id_, {"archived_at": now}, {"archived_at": None})


def _dependents(office: Office, done: Done, record: type[Record], id_: int) -> Iterator[str]:
    """Yield what refers to a record, was added by a later action, and still stands."""
    gone = undone(office)
    for other in office.records.values():
        if other.meta.derived:
            continue
        for field in other.meta.fields:
            if field.kind == "reference" and field.target == record.meta.key:
                live = "" if other.meta.append_only else " AND t.archived_at IS NULL"
                rows = office.rows(
                    f"SELECT t.id, c.action_id, a.verb FROM {other.meta.table} t "
                    "JOIN core_change c ON c.record = ? AND c.record_id = t.id AND c.before IS NULL "
                    f"JOIN core_action a ON a.id = c.action_id WHERE t.{field.name} = ?{live}",
                    other.meta.table,
                    id_,
                )
                for other_id, action_id, verb in rows:
                    if action_id != done.id and action_id not in gone and verb not in {UNDO, REDO}:
                        yield f"{other.meta.label} {office.get(other, other_id).human_key}"
