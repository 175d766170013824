"""The end check of an action: no row of a kind with a scope is left, or was taken, out of reach.

Code of an action sees every row, because its rules have to; what it wrote is compared here with the
acting person's reach, before the commit. The action's own history is read, so SQL of a plugin's own
is checked as well as `add` and `edit`. An action does not widen its person's reach over rows that
were there either, such as by their login written into another's record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Forbidden, NotFound, Problem
from officeops.office.row_reach import RowReach, owner_kind

if TYPE_CHECKING:
    from officeops.access.guard import Guard
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader

#: Core actions that go through the rows of every kind: their permissions are sensitive.
_OF_THE_FILE: Final = frozenset({"core.seal.rotate", "core.purge", "core.restore"})
#: With a plus, so that SQLite reads the last changes and not all of the kind.
_CHANGED: Final = """
FROM core_change c
WHERE c.id >= (SELECT first_change FROM core_action WHERE id = ?) AND +c.record = '{table}'
"""
_WRITTEN: Final = """
SELECT DISTINCT record FROM core_change
WHERE id >= (SELECT first_change FROM core_action WHERE id = ?)
"""
_ADDED: Final = f"SELECT c.record_id {_CHANGED} AND c.before IS NULL"
#: A row that the action did not add and that was out of reach by the values that it had before.
_EXISTED: Final = (
    "WITH written AS (SELECT id, record_id, before "
    + _CHANGED
    + """)
SELECT x.record_id FROM (
    SELECT DISTINCT record_id FROM written
    WHERE record_id NOT IN (SELECT record_id FROM written WHERE before IS NULL)
) x LEFT JOIN main.{table} t ON t.id = x.record_id {joins}
WHERE NOT ifnull({condition}, 0) LIMIT 1
"""
)
#: The value that a column had before the first change of it.
_FIRST: Final = """
LEFT JOIN (
    SELECT record_id, json_extract(before, '$.{column}') AS value, min(id) FROM written
    WHERE json_type(before, '$.{column}') IS NOT NULL GROUP BY record_id
) was_{column} ON was_{column}.record_id = x.record_id
"""


class ScopeCheck:
    """Checks the rows that the open action wrote. Called while nothing is guarded."""

    def __init__(self, reader: Reader, authorizer: Authorizer) -> None:
        self._reader, self._authorizer = reader, authorizer

    def check(self, action: int, verb: str) -> None:
        """Raise NotFound for a row that was beyond reach, Forbidden for one that is now.

        Forbidden, too, where the acting person would reach rows that they did not.
        """
        guard = self._authorizer.guard
        if guard is None or verb in _OF_THE_FILE:
            return
        tables = {table for (table,) in self._reader.rows(_WRITTEN, action)}
        written = [record for record in guard.views.limited if record.meta.table in tables]
        for record in written:
            # By the keys from before the action, which may have changed them.
            if self._taken(guard, record, action):
                raise _none_such(record.meta)
        # A scope reads tables that need no scope themselves, such as people with their logins.
        before = guard.views.keys()
        is_decided = any(_decides(record, table) for record in before for table in tables)
        if written or is_decided:
            guard.views.take()
        if is_decided:
            self._refuse_wider(guard, before, action)
        for record in written:
            if record in guard.views.limited:
                self._refuse_beyond(guard, record, action)

    def _refuse_wider(
        self,
        guard: Guard,
        before: dict[type[Record], set[int]],
        action: int,
    ) -> None:
        """Raise where the action gives its person keys of records that it did not add itself."""
        for record, keys in guard.views.keys().items():
            if record.meta.scope is not None and record.meta.scope.scope.lock:
                # It opens by the last step that was missing, and any person may take it.
                continue
            gained = keys - before.get(record, keys)
            owner = owner_kind(self._authorizer.records, record) if gained else None
            # Nobody has rows yet by a key that the action itself brings.
            if owner is not None:
                added = self._reader.rows(_ADDED.format(table=owner.meta.table), action)
                gained -= {number for (number,) in added}
            if gained:
                why = (
                    f"you may not make {record.meta.many} of others yours; another person does that"
                )
                problem = Problem(why, code="beyond-reach", is_whole=True)
                raise Forbidden(f"{why[:1].upper()}{why[1:]}.", [problem])

    def _taken(
        self,
        guard: Guard,
        record: type[Record],
        action: int,
    ) -> int:
        """Find a row that was there before the action, beyond the person's reach; 0 for none."""
        meta = record.meta
        columns = meta.whose

        def before(column: str) -> str:
            if column not in columns:
                return "x.record_id"  # an id never changes
            was = f"was_{column}"
            return f"CASE WHEN {was}.record_id IS NULL THEN t.{column} ELSE {was}.value END"

        joins = "".join(_FIRST.format(column=column) for column in columns)
        condition = guard.views.conditions.of(record, before)
        sql = _EXISTED.format(table=meta.table, joins=joins, condition=condition)
        return int(self._reader.value(sql, action) or 0)

    def _refuse_beyond(
        self,
        guard: Guard,
        record: type[Record],
        action: int,
    ) -> None:
        """Raise for a row that the action leaves beyond reach."""
        meta = record.meta
        moved = "".join(f" OR json_type(c.before, '$.{name}') IS NOT NULL" for name in meta.whose)
        condition = guard.views.limited[record]
        reached = f"SELECT 1 FROM main.{meta.table} WHERE id = c.record_id AND {condition}"
        sql = (
            f"SELECT c.record_id, max(c.before IS NULL{moved}) "
            f"{_CHANGED.format(table=meta.table)} AND NOT EXISTS ({reached}) "
            "GROUP BY c.record_id ORDER BY 2, 1 LIMIT 1"
        )
        for _, is_given in self._reader.rows(sql, action):
            if not is_given:
                raise _none_such(meta)
            problem = RowReach(self._authorizer).beyond(record)
            sentence = f"{problem.message[:1].upper()}{problem.message[1:]}."
            raise Forbidden(sentence, [problem])


def _decides(record: type[Record], table: str) -> bool:
    """Whether a kind's scope reads a table: its name is in the SQL letter for letter."""
    scope = record.meta.scope
    return scope is not None and table in f"{scope.scope.own} {scope.scope.team}".lower()


def _none_such(meta: Meta) -> NotFound:
    """Make the refusal of rows beyond reach that code of the action chose.

    The person named none of them, so their numbers are not for them to know.
    """
    return NotFound(
        f"There is no {meta.one} that you may write so.",
        code="not-found",
        facts={"kind": meta.noun},
    )


def not_there(meta: Meta, number: int) -> NotFound:
    """Make the refusal of a row beyond reach: that of one that is not there."""
    return NotFound(
        f"There is no {meta.one} with id {number}.",
        code="not-found",
        facts={"kind": meta.noun, "text": str(number)},
    )
