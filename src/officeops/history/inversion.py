"""Inversion: the changes of one recorded action turned round, all of them or none.

Where nothing later still stands, that is always right: the states on the way back were there on the way forth. Otherwise
it is refused with the reason as soon as something later depends on what would go.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.done import standing_since
from officeops.model.errors import Problem, Refused
from officeops.plugins.blame import Blame
from officeops.store.row_format import Layouts, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from officeops.history.done import Done
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    Values = dict[str, Any]
    #: A record's change that is to be turned round: kind, id, before (None where it was added), after.
    Turned = tuple[type[Record], int, Values | None, Values]
    Some = Iterator[tuple[type[Record], set[int]]]
    Step = Callable[[type[Record], Collection[int]], Some]


class Inversion:
    """Takes back the changes of one action inside another that is open; `again` where the one was itself an undo."""

    def __init__(self, office: StoredOffice, done: Done, *, again: bool) -> None:
        self._office, self._id, self._last, self._again = office, done.id, done.last, again
        self._changes = office.rows(
            "SELECT id, record, record_id, before, after FROM core_change "
            "WHERE id BETWEEN ? AND ? ORDER BY id DESC",
            done.first,
            done.last,
        )
        self._kinds = {kind.meta.table: kind for kind in office.records.values()}
        self._former = office.store.former
        #: Later actions that still stand. Without any, nothing can depend on what goes.
        self._later = standing_since(office, done.id, undos=again)
        self._now = office.stamp()
        #: Records by their table that something later may stand in the way of.
        self._suspects: dict[str, set[int]] = {}
        #: Records whose parts, and whose wholes, were looked at.
        self._looked_at: set[tuple[str, int]] = set()
        self._walked: set[tuple[str, int]] = set()

    def run(self) -> None:
        """Take all of it back. Raises Refused with the reason."""
        if not self._changes:
            raise Refused(f"action {self._id} changed nothing")
        entries, others = self._turned_round()
        if self._later:
            self._no_life_moved_on(entries, others)
            self._suspect(others)
            self._all_there(entries, others)
        for table, ids in entries.items():
            kind = self._kinds[table]
            found = {entry.id: entry for entry in self._office.some(kind, ids)}
            with Blame(kind.meta.plugin, f"balance_out() of the record {kind.meta.key}"):
                kind.balance_out(self._office, [found[id_] for id_ in ids])
        for kind, id_, before, after in others:
            if before is None:
                self._archive(kind, id_)
            else:
                self._put_back(kind, id_, before, after)

    def _turned_round(self) -> tuple[dict[str, list[int]], list[Turned]]:
        """Return the entries of ledgers by table, and the changes of other records, by the names of today."""
        entries: dict[str, list[int]] = {}
        others: list[Turned] = []
        layouts = Layouts(
            self._office.store.db, *(kept(kind.meta.columns) for kind in self._kinds.values())
        )
        for change, recorded, id_, before, after in self._changes:
            kind = self._kind(self._former.table(recorded, change), id_, after)
            self._office.allow(f"{kind.meta.key}.view")
            was = self._former.content(recorded, change, layouts.read(before))
            for name in kind.meta.guarded:
                if was and name in was:
                    self._office.allow(f"{kind.meta.guarded[name]}.edit")
            if kind.meta.append_only:
                entries.setdefault(kind.meta.table, []).append(id_)
                continue
            is_new = was is None
            became = self._former.content(recorded, change, layouts.read(after))
            if was is not None:
                self._all_declared(kind, id_, was)
            others.append((kind, id_, was, {} if is_new else became or {}))
        return entries, others

    def _kind(self, table: str, id_: int, after: str | None) -> type[Record]:
        kind = self._kinds.get(table)
        if kind is None:
            raise Refused(self._why_unknown(table), f"{table} #{id_}")
        if after is None:
            raise Refused(f"{kind.meta.label} #{id_} was destroyed; there is nothing to take back")
        return kind

    def _why_unknown(self, table: str) -> str:
        """Return why there is no such kind of record: a plugin that is on removed it, or its plugin is off."""
        owners = [
            kind.meta.plugin
            for kind in self._office.plugins.kinds()
            if table.startswith(f"{kind.meta.plugin.replace('-', '_')}_")
        ]
        if not owners:
            return f"the plugin that keeps {table} is off; turn it on to undo this"
        return (
            f"the plugin {max(owners, key=len)} no longer has this kind of record, so this cannot "
            "be undone; `officeops history --json` shows what was done"
        )

    def _all_declared(self, kind: type[Record], id_: int, values: Values) -> None:
        """Refuse to put back a field that a migration dropped. Raises Refused naming it."""
        dropped = [name for name in values if name not in kind.meta.columns]
        if dropped:
            raise Refused(
                [
                    Problem(
                        f"the plugin {kind.meta.plugin} no longer has this field, so this cannot be "
                        "undone; edit the record by hand",
                        name,
                        "field-dropped",
                    )
                    for name in dropped
                ],
                self._about(kind, id_),
            )

    def _about(self, kind: type[Record], id_: int) -> str:
        named = self._office.get(kind, id_).human_key if self._office.may_view(kind) else f"#{id_}"
        return f"{kind.meta.label} {named}"

    # -- one record ---------------------------------------------------------------------------------

    def _put_back(self, kind: type[Record], id_: int, before: Values, after: Values) -> None:
        meta, sealed = kind.meta, {f.name for f in kind.meta.sealed}
        now = self._row(kind, id_)
        indexes = {f.index_column for f in meta.sealed}
        other = [name for name in after if now[name] != after[name] and name not in indexes]
        # A value that was only sealed anew, with another key, is the same.
        if moved_on := [
            n
            for n in other
            if not (n in sealed and self._office.same(meta, id_, n, now[n], after[n]))
        ]:
            raise Refused(
                [Problem("was changed again since", name) for name in moved_on],
                self._about(kind, id_),
            )
        if self._later:
            if before.get("archived_at"):
                self._nobody_needs(kind, id_)
            made = kind.from_row([{**now, **before}[name] for name in meta.columns])
            if problems := list(made.check(self._office)):
                raise Refused(problems, self._about(kind, id_))
        self._office.put_back(kind, id_, before, after)

    def _archive(self, kind: type[Record], id_: int) -> None:
        if self._row(kind, id_)["archived_at"] is not None:
            raise Refused("was archived since", self._about(kind, id_))
        if self._later:
            self._nobody_needs(kind, id_)
        self._office.put_back(kind, id_, {"archived_at": self._now}, {"archived_at": None})

    def _row(self, kind: type[Record], id_: int) -> Values:
        columns = kind.meta.columns
        found = self._office.rows(
            f"SELECT {', '.join(columns)} FROM {kind.meta.table} WHERE id = ?", id_
        )
        if not found:
            raise Refused(f"{kind.meta.label} #{id_} is gone")
        return dict(zip(columns, found[0], strict=True))

    # -- what came later ----------------------------------------------------------------------------
    # An import is as many records as its file has rows. What came later is looked for by whole sets of them; one by one
    # it is only asked about those where something was found.

    def _rows(self, sql: str, ids: Collection[int], *values: object) -> list[tuple[Any, ...]]:
        """Run a query whose first value is a set of ids."""
        return self._office.rows(sql, json.dumps([*ids]), *values)

    def _since(self, kind: type[Record], ids: Collection[int]) -> list[tuple[Any, ...]]:
        """Return what was written of some records later, the first first: whose, by which action, and what was before."""
        # CROSS JOIN: SQLite would go through all changes of a kind for each record of it.
        sql = (
            "SELECT c.record_id, c.action_id, c.before, c.record, c.id "
            "FROM json_each(?) i CROSS JOIN core_change c "
            f"WHERE {self._former.condition(kind.meta.table)} AND c.record_id = i.value "
            "AND c.id > ? ORDER BY c.id"
        )
        return self._rows(sql, ids, self._last)

    def _touched(self, kind: type[Record], ids: Collection[int]) -> dict[int, str]:
        """Return which of some records a later action that stands has changed, with the verb of the first."""
        found: dict[int, str] = {}
        for id_, action_id, *_ in self._since(kind, ids):
            if action_id in self._later:
                found.setdefault(id_, self._later[action_id])
        return found

    def _needed(
        self, kind: type[Record], ids: Collection[int], *, archived: bool = False
    ) -> Iterator[tuple[int, type[Record], int, str]]:
        """Yield which of some records something live refers to that was written later, what that is, and the verb."""
        for other, field in self._referring(kind):
            live = "" if archived or other.meta.append_only else " AND t.archived_at IS NULL"
            sql = (
                f"SELECT t.{field}, t.id, c.action_id FROM {other.meta.table} t CROSS JOIN core_change c "
                f"WHERE t.{field} IN (SELECT value FROM json_each(?)){live} "
                f"AND {self._former.condition(other.meta.table)} "
                "AND c.record_id = t.id AND c.id > ?"
            )
            for id_, other_id, action_id in self._rows(sql, ids, self._last):
                if action_id in self._later:
                    yield id_, other, other_id, self._later[action_id]

    def _suspect(self, others: Sequence[Turned]) -> None:
        """Find what might not be put away. What refers to it may come back, or go, on the way: only then is it known."""
        going: dict[type[Record], list[int]] = {}
        for kind, id_, before, _ in others:
            old = {"archived_at": True} if before is None else before
            if old.get("archived_at"):
                going.setdefault(kind, []).append(id_)
            for field in _references(kind):
                if (whole := self._office.target(field)) and old.get(field.name):
                    self._suspects.setdefault(whole.meta.table, set()).add(old[field.name])
        for kind, ids in going.items():
            found = self._suspects.setdefault(kind.meta.table, set())
            found.update(self._touched(kind, ids))
            found.update(id_ for id_, *_ in self._needed(kind, ids, archived=True))

    def _nobody_needs(self, kind: type[Record], id_: int) -> None:
        """Refuse to put away what was changed later, or what something live that was written later refers to."""
        if id_ not in self._suspects.get(kind.meta.table, ()):
            return
        if verb := self._touched(kind, [id_]).get(id_):
            raise Refused(f"was changed since by {verb}", self._about(kind, id_))
        for _, other, other_id, verb in self._needed(kind, [id_]):
            raise Refused(
                f"{self._about(other, other_id)} depends on it ({verb})", self._about(kind, id_)
            )

    def _all_there(self, entries: dict[str, list[int]], others: Sequence[Turned]) -> None:
        """Refuse to do again what belongs to a record that was put away later, unless that comes back too."""
        if not self._again:
            return
        back: dict[type[Record], set[int]] = {
            self._kinds[table]: set(ids) for table, ids in entries.items()
        }
        for kind, id_, before, after in others:
            if before is not None and after.get("archived_at"):
                back.setdefault(kind, set()).add(id_)
        for kind, ids in back.items():
            for whole, found in self._wholes(kind, ids):
                sql = f"SELECT id FROM {whole.meta.table} WHERE id IN (SELECT value FROM json_each(?)) AND archived_at IS NOT NULL"
                away = {id_ for (id_,) in self._rows(sql, found)} - back.get(whole, set())
                for id_, verb in self._touched(whole, away).items():
                    raise Refused(f"was archived since by {verb}", self._about(whole, id_))

    def _referring(self, kind: type[Record]) -> Iterator[tuple[type[Record], str]]:
        for other in self._kinds.values():
            if not other.meta.derived:
                yield from (
                    (other, f.name) for f in _references(other) if f.target == kind.meta.key
                )

    # -- lives --------------------------------------------------------------------------------------

    def _no_life_moved_on(self, entries: dict[str, list[int]], others: Sequence[Turned]) -> None:
        """Refuse where what a record with a life consists of changes under it, or its state under what it consists of.

        A line must not vanish from an order that was approved since, nor an order be as yet to come of which something came since.
        """
        lives = [each[:2] for each in others if _lived(each)]
        every = [each[:2] for each in others]
        every += [(self._kinds[table], id_) for table, ids in entries.items() for id_ in ids]
        parts, wholes = _reached(lives, self._parts), _reached(every, self._wholes)
        if not (
            any(self._touched(*each) for each in parts)
            or any(self._moved(*each) for each in wholes)
        ):
            return
        for each in others:
            kind, id_, *_ = each
            if _lived(each):
                self._parts_untouched(kind, id_, kind, id_)
            self._wholes_unmoved(kind, id_)
        for table, ids in entries.items():
            for id_ in ids:
                self._wholes_unmoved(self._kinds[table], id_)

    def _parts(self, kind: type[Record], ids: Collection[int]) -> Some:
        """Yield what some records consist of: the records that refer to them."""
        for other, field in self._referring(kind):
            sql = f"SELECT id FROM {other.meta.table} WHERE {field} IN (SELECT value FROM json_each(?))"
            yield other, {part for (part,) in self._rows(sql, ids)}

    def _wholes(self, kind: type[Record], ids: Collection[int]) -> Some:
        """Yield what some records belong to: the records that they refer to."""
        for field in _references(kind):
            if whole := self._office.target(field):
                sql = f"SELECT DISTINCT {field.name} FROM {kind.meta.table} WHERE id IN (SELECT value FROM json_each(?))"
                yield whole, {id_ for (id_,) in self._rows(sql, ids) if id_ is not None}

    def _parts_untouched(
        self, whole: type[Record], whole_id: int, kind: type[Record], id_: int
    ) -> None:
        for other, parts in self._parts(kind, [id_]):
            for part in sorted(parts):
                if (other.meta.table, part) not in self._looked_at:
                    self._looked_at.add((other.meta.table, part))
                    if verb := self._touched(other, [part]).get(part):
                        raise Refused(
                            f"{self._about(other, part)} of it was written since by {verb}",
                            self._about(whole, whole_id),
                        )
                    self._parts_untouched(whole, whole_id, other, part)

    def _wholes_unmoved(self, kind: type[Record], id_: int) -> None:
        if (kind.meta.table, id_) in self._walked:
            return
        self._walked.add((kind.meta.table, id_))
        for whole, found in self._wholes(kind, [id_]):
            for whole_id in found:
                if (whole.meta.table, whole_id) not in self._walked and (
                    why := self._moved(whole, [whole_id])
                ):
                    raise Refused(why[whole_id], self._about(whole, whole_id))
                self._wholes_unmoved(whole, whole_id)

    def _moved(self, kind: type[Record], ids: Collection[int]) -> dict[int, str]:
        """Return which of some records have another state since, and which."""
        if kind.life is None:
            return {}
        column = kind.life.column
        then: dict[int, str] = {}
        for id_, _, before, recorded, change in self._since(kind, ids):
            was = self._former.content(recorded, change, json.loads(before)) if before else None
            if was and column in was:
                then.setdefault(id_, was[column])
        sql = f"SELECT id, {column} FROM {kind.meta.table} WHERE id IN (SELECT value FROM json_each(?))"
        return {
            id_: f"it was {then[id_].replace('_', ' ')} then and is {now.replace('_', ' ')} since"
            for id_, now in self._rows(sql, then)
            if now != then[id_]
        }


def _references(kind: type[Record]) -> list[Field]:
    return [f for f in kind.meta.fields if f.kind == "reference"]


def _lived(turned: Turned) -> bool:
    """Whether a change moved a record on in its life."""
    kind, _, before, after = turned
    return before is not None and kind.life is not None and kind.life.column in after


def _reached(
    start: Iterable[tuple[type[Record], int]], step: Step
) -> Iterable[tuple[type[Record], set[int]]]:
    """Return what is reached from some records step by step, by kind."""
    level: dict[type[Record], set[int]] = {}
    for kind, id_ in start:
        level.setdefault(kind, set()).add(id_)
    reached: dict[type[Record], set[int]] = {}
    while level:
        beyond: dict[type[Record], set[int]] = {}
        for kind, ids in level.items():
            for other, found in step(kind, ids):
                fresh = found - reached.setdefault(other, set())
                if fresh:
                    reached[other] |= fresh
                    beyond.setdefault(other, set()).update(fresh)
        level = beyond
    return reached.items()
