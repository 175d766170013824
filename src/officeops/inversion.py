"""Inversion: the changes of one recorded action turned round, all of them or none.

Where nothing later still stands, that is always right: the states on the way back were there on the way forth. Otherwise
it is refused with the reason as soon as something later depends on what would go.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.errors import Problem, Refused
from officeops.store.layout import Layouts
from officeops.undo import standing_since

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office
    from officeops.records import Record

    Values = dict[str, Any]


class Inversion:
    """Takes back the changes from one id to another, which are those of one action, inside an action that is open."""

    def __init__(self, office: Office, action_id: int, first: int, last: int) -> None:
        self._office, self._id, self._last = office, action_id, last
        self._changes = office.rows(
            "SELECT record, record_id, before, after FROM core_change WHERE id BETWEEN ? AND ? ORDER BY id DESC",
            first,
            last,
        )
        self._kinds = {kind.meta.table: kind for kind in office.records.values()}
        #: Later actions that still stand. Without any, nothing can depend on what goes.
        self._later = standing_since(office, action_id)
        #: Records whose parts, and whose wholes, were looked at.
        self._looked_at: set[tuple[str, int]] = set()
        self._walked: set[tuple[str, int]] = set()

    def run(self) -> None:
        """Take all of it back. Raises Refused with the reason."""
        if not self._changes:
            raise Refused(f"action {self._id} changed nothing")
        entries: dict[str, list[int]] = {}
        others: list[tuple[type[Record], int, Values | None, Values]] = []
        layouts = Layouts(self._office.store.db)
        for table, id_, before, after in self._changes:
            kind = self._kind(table, id_, after)
            self._office.allow(f"{kind.meta.key}.view")
            for name in kind.meta.guarded:
                if before and name in layouts.read(before):  # type: ignore[operator]
                    self._office.allow(f"{kind.meta.guarded[name]}.edit")
            if kind.meta.append_only:
                entries.setdefault(table, []).append(id_)
            else:
                others.append((kind, id_, layouts.read(before), layouts.read(after) or {}))
        if self._later:
            self._no_life_moved_on(entries, others)
        for table, ids in entries.items():
            kind = self._kinds[table]
            kind.balance_out(self._office, [self._office.get(kind, id_) for id_ in ids])
        for kind, id_, before, after in others:
            if before is None:
                self._archive(kind, id_)
            else:
                self._put_back(kind, id_, before, after)

    def _kind(self, table: str, id_: int, after: str | None) -> type[Record]:
        kind = self._kinds.get(table)
        if kind is None:
            raise Refused(f"the plugin that keeps {table} is off; turn it on to take this back")
        if after is None:
            raise Refused(f"{kind.meta.label} #{id_} was destroyed; there is nothing to take back")
        return kind

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
        if moved_on := [n for n in other if not (n in sealed and self._office.same(meta, id_, n, now[n], after[n]))]:
            raise Refused([Problem("was changed again since", name) for name in moved_on], self._about(kind, id_))
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
        self._office.put_back(kind, id_, {"archived_at": self._office.now()}, {"archived_at": None})

    def _row(self, kind: type[Record], id_: int) -> Values:
        columns = kind.meta.columns
        found = self._office.rows(f"SELECT {', '.join(columns)} FROM {kind.meta.table} WHERE id = ?", id_)
        if not found:
            raise Refused(f"{kind.meta.label} #{id_} is gone")
        return dict(zip(columns, found[0], strict=True))

    # -- what came later ----------------------------------------------------------------------------

    def _nobody_needs(self, kind: type[Record], id_: int) -> None:
        """Refuse to put away what was changed later, or what something live that was written later refers to."""
        if verb := self._touched(kind, id_):
            raise Refused(f"was changed since by {verb}", self._about(kind, id_))
        for other, field in self._referring(kind):
            live = "" if other.meta.append_only else " AND t.archived_at IS NULL"
            rows = self._office.rows(
                f"SELECT DISTINCT t.id, c.action_id FROM {other.meta.table} t CROSS JOIN core_change c ON c.record = ? AND c.record_id = t.id "
                f"WHERE t.{field} = ?{live} AND c.id > ?",
                other.meta.table,
                id_,
                self._last,
            )
            for other_id, action_id in rows:
                if action_id in self._later:
                    raise Refused(
                        f"{self._about(other, other_id)} depends on it ({self._later[action_id]})",
                        self._about(kind, id_),
                    )

    def _referring(self, kind: type[Record]) -> Iterator[tuple[type[Record], str]]:
        for other in self._kinds.values():
            if not other.meta.derived:
                yield from (
                    (other, f.name) for f in other.meta.fields if f.kind == "reference" and f.target == kind.meta.key
                )

    def _touched(self, kind: type[Record], id_: int) -> str:
        """Return the verb of the first later action that stands and changed a record; blank for none."""
        sql = "SELECT action_id FROM core_change WHERE record = ? AND record_id = ? AND id > ? ORDER BY id"
        rows = self._office.rows(sql, kind.meta.table, id_, self._last)
        return next((self._later[action_id] for (action_id,) in rows if action_id in self._later), "")

    # -- lives --------------------------------------------------------------------------------------

    def _no_life_moved_on(
        self, entries: dict[str, list[int]], others: list[tuple[type[Record], int, Values | None, Values]]
    ) -> None:
        """Refuse where what a record with a life consists of changes under it, or its state under what it consists of.

        A line must not vanish from an order that was approved since, nor an order be as yet to come of which something came since.
        """
        for kind, id_, before, after in others:
            if before is not None and kind.life is not None and kind.life.column in after:
                self._parts_untouched(kind, id_, kind, id_)
            self._wholes_unmoved(kind, id_)
        for table, ids in entries.items():
            for id_ in ids:
                self._wholes_unmoved(self._kinds[table], id_)

    def _parts_untouched(self, whole: type[Record], whole_id: int, kind: type[Record], id_: int) -> None:
        for other, field in self._referring(kind):
            for (part,) in self._office.rows(f"SELECT id FROM {other.meta.table} WHERE {field} = ?", id_):
                if (other.meta.table, part) not in self._looked_at:
                    self._looked_at.add((other.meta.table, part))
                    if verb := self._touched(other, part):
                        raise Refused(
                            f"{self._about(other, part)} of it was written since by {verb}",
                            self._about(whole, whole_id),
                        )
                    self._parts_untouched(whole, whole_id, other, part)

    def _wholes_unmoved(self, kind: type[Record], id_: int) -> None:
        references = [f for f in kind.meta.fields if f.kind == "reference"]
        if not references or (kind.meta.table, id_) in self._walked:
            return
        self._walked.add((kind.meta.table, id_))
        row = self._row(kind, id_)
        for field in references:
            whole, whole_id = self._office.target(field), row[field.name]
            if whole is not None and whole_id is not None:
                if whole.life is not None and (whole.meta.table, whole_id) not in self._walked:
                    self._unmoved(whole, whole_id, whole.life.column)
                self._wholes_unmoved(whole, whole_id)

    def _unmoved(self, kind: type[Record], id_: int, column: str) -> None:
        rows = self._office.rows(
            "SELECT before FROM core_change WHERE record = ? AND record_id = ? AND id > ? AND before IS NOT NULL ORDER BY id",
            kind.meta.table,
            id_,
            self._last,
        )
        then = next((old[column] for (before,) in rows if column in (old := json.loads(before))), None)
        now = self._row(kind, id_)[column]
        if then is not None and then != now:
            raise Refused(
                f"it was {then.replace('_', ' ')} then and is {now.replace('_', ' ')} since", self._about(kind, id_)
            )
