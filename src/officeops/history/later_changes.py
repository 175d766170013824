"""Later changes: everything written after an action that an undo of it would have to respect.

An import is as many records as its file has rows, so every question is asked about a whole set of
ids at once; only where something is found is it asked again for one record.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.history.done import REDO, UNDO, StandingSince
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from officeops.history.done import Done
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    #: Records of one type, by their ids.
    Records = tuple[type[Record], set[int]]


class Referrer(Value):
    """A later record that refers to another: to which, and the action that wrote it."""

    target_id: int
    record: type[Record]
    id: int
    verb: str


class LaterChanges:
    """The changes after one action, by actions that are not undone.

    `undos` count too where an undo is undone.
    """

    def __init__(self, office: StoredOffice, done: Done, *, undos: bool) -> None:
        self._office, self._last_change = office, done.last
        self._standing = StandingSince(office, done.id, undos=undos)
        self._former = office.store.former

    def __bool__(self) -> bool:
        """Whether there is any. Without one, nothing can depend on what an undo takes back."""
        return bool(self._standing)

    def touched(self, record: type[Record], ids: Collection[int]) -> dict[int, str]:
        """Find which of some records were changed later, each with the verb of the first change."""
        verbs: dict[int, str] = {}
        for record_id, action_id, *_ in self._of(record, ids):
            if verb := self._standing.verb(action_id):
                verbs.setdefault(record_id, verb)
        return verbs

    def _of(self, record: type[Record], ids: Collection[int]) -> list[tuple[Any, ...]]:
        """List the later changes of some records, the first first.

        A row is (record's id, action, before, table as recorded, change).
        """
        # CROSS JOIN, or SQLite would go through all changes of a record type for each id.
        sql = (
            "SELECT c.record_id, c.action_id, c.before, c.record, c.id "
            "FROM json_each(?) i CROSS JOIN core_change c "
            f"WHERE {self._former.condition(record.meta.table)} AND c.record_id = i.value "
            "AND c.id > ? ORDER BY c.id"
        )
        return self._rows(sql, ids, self._last_change)

    def _rows(
        self,
        sql: str,
        ids: Collection[int],
        *values: object,
    ) -> list[tuple[Any, ...]]:
        """Run a query whose first value is a set of ids."""
        return self._office.rows(sql, json.dumps([*ids]), *values)

    def _ids(self, sql: str, ids: Collection[int]) -> set[int]:
        """Run such a query, of one column, and collect the ids that it finds."""
        return {record_id for (record_id,) in self._rows(sql, ids)}

    # -- references --------------------------------------------------------------------------------

    def referrers(
        self,
        record: type[Record],
        ids: Collection[int],
        *,
        archived: bool = False,
    ) -> Iterator[Referrer]:
        """Yield the later records that refer to one of these: live ones, or with `archived` all."""
        for other, column in self._referring(record):
            is_live = " AND t.archived_at IS NULL"
            if archived or other.meta.append_only:
                is_live = ""
            sql = (
                f"SELECT t.{column}, t.id, c.action_id "
                f"FROM {other.meta.table} t CROSS JOIN core_change c "
                f"WHERE t.{column} IN (SELECT value FROM json_each(?)){is_live} "
                f"AND {self._former.condition(other.meta.table)} AND c.record_id = t.id "
                "AND c.id > ?"
            )
            for target_id, other_id, action_id in self._rows(sql, ids, self._last_change):
                if verb := self._standing.verb(action_id):
                    yield Referrer(target_id, other, other_id, verb)

    def parts(self, record: type[Record], ids: Collection[int]) -> Iterator[Records]:
        """Yield the records that some records consist of: all that refer to them, of any time."""
        for other, column in self._referring(record):
            sql = (
                f"SELECT id FROM {other.meta.table} "
                f"WHERE {column} IN (SELECT value FROM json_each(?))"
            )
            yield other, self._ids(sql, ids)

    def wholes(self, record: type[Record], ids: Collection[int]) -> Iterator[Records]:
        """Yield the records that some records belong to: all that they refer to."""
        for field in references(record):
            whole = self._office.target(field)
            if whole is None:
                continue
            sql = (
                f"SELECT DISTINCT {field.name} FROM {record.meta.table} "
                f"WHERE id IN (SELECT value FROM json_each(?)) AND {field.name} IS NOT NULL"
            )
            yield whole, self._ids(sql, ids)

    def _referring(self, record: type[Record]) -> Iterator[tuple[type[Record], str]]:
        for other in self._office.records.values():
            if other.meta.derived:
                continue
            for field in references(other):
                if field.target == record.meta.key:
                    yield other, field.name

    # -- states ------------------------------------------------------------------------------------

    def archived(self, record: type[Record], ids: Collection[int]) -> set[int]:
        """Find which of some records are archived now."""
        sql = (
            f"SELECT id FROM {record.meta.table} "
            "WHERE id IN (SELECT value FROM json_each(?)) AND archived_at IS NOT NULL"
        )
        return self._ids(sql, ids)

    def restated(self, record: type[Record], record_id: int) -> str:
        """Return the verb of the first later action that changed a record's state; else blank."""
        for _, action_id, before, table, change in self._of(record, [record_id]):
            verb = self._standing.verb(action_id) or UNDO
            old = self._former.content(table, change, json.loads(before)) if before else None
            # An undo takes back an action that does not count any more, and neither does it.
            if old and record.life and record.life.column in old and verb not in {UNDO, REDO}:
                return verb
        return ""

    def moved(self, record: type[Record], ids: Collection[int]) -> dict[int, str]:
        """Find which of some records have another state in their life since, with a sentence."""
        if record.life is None or not record.life.binds:
            return {}
        column = record.life.column
        then: dict[int, str] = {}
        for record_id, _, before, table, change in self._of(record, ids):
            old = self._former.content(table, change, json.loads(before)) if before else None
            if old and column in old:
                then.setdefault(record_id, old[column])
        sql = (
            f"SELECT id, {column} FROM {record.meta.table} "
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        moved: dict[int, str] = {}
        for record_id, now in self._rows(sql, then):
            before = then[record_id]
            if now != before:
                moved[record_id] = f"it was {_words(before)} then and is {_words(now)} since"
        return moved


def references(record: type[Record]) -> list[Field]:
    """List the fields by which a record refers to others."""
    return [field for field in record.meta.fields if field.target]


def _words(state: str) -> str:
    return state.replace("_", " ")
