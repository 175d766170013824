"""RowReach: which rows of kinds with a scope the acting person reaches, asked about single rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Problem
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.records import Record
    from officeops.model.scope import Reach
    from officeops.office.authorization import Authorizer

#: Up to so many rows are looked through for a word, and more are found by the index.
_FEW: Final = 5_000
#: Of the people whose rows somebody may write, how many are named.
_NAMED: Final = 5


class RowReach:
    """Answers for the acting person as the guard has them; a person without a guard reaches all."""

    def __init__(self, authorizer: Authorizer) -> None:
        self._authorizer = authorizer

    def _limited(self) -> Mapping[type[Record], str]:
        """Return the kinds of which the person does not reach every row, with the condition."""
        if self._authorizer.is_unlimited:
            return {}
        # That looked the person up again, and the guard with them, if the file has changed.
        guard = self._authorizer.guard
        return guard.views.limited if guard else {}

    def in_reach(self, record: type[Record], id: int) -> bool:  # noqa: A002 - the column's name
        """Whether a row is within the acting person's reach; one that is not there is not."""
        return not self.out_of_reach(record, {id})

    def out_of_reach(self, record: type[Record], ids: Iterable[int]) -> set[int]:
        """Return which of some rows the acting person does not reach; none for one without limits."""
        guard = self._authorizer.guard
        if guard is None or record not in self._limited():
            return set()
        with self._authorizer.lifted():
            outside = guard.views.outside(record, set(ids))
            # A row that the open action added is its own key, so the keys of before do not have it.
            if outside and record.meta.scope and record.meta.scope.column == "id":
                outside -= self._keys(record)
            return outside

    def within_reach(self, record: type[Record], column: str) -> str:
        """Make the condition that a column has the id of a row within reach; blank for all rows.

        For the core's own statements while nothing is guarded, or inside an action.
        """
        condition = self._limited().get(record)
        if condition is None:
            return ""
        table = record.meta.table
        return f"EXISTS (SELECT 1 FROM main.{table} WHERE id = {column} AND {condition})"

    def reaches_few(self, record: type[Record]) -> bool:
        """Whether the person reads so few rows of a kind that a word is looked for in each of them.

        The search index knows the hits of everybody's rows, and most may be out of reach.
        """
        guard = self._authorizer.guard
        if guard is None or not guard.is_shadowing or record not in self._limited():
            return False
        # By the table's name, which is the rows within reach alone.
        some = f"SELECT 1 FROM {record.meta.table} LIMIT {_FEW + 1}"
        count: int = self._authorizer.value(f"SELECT count(*) FROM ({some})")
        return count <= _FEW

    def reach(self, record: type[Record]) -> Reach:
        """Return how far the person reaches among the rows of a kind."""
        limited = record in self._limited()
        return self._authorizer.reach(record) if limited and record.meta.scope else "all"

    def reach_of_report(self) -> Reach:
        """Return how far the person reaches at least among the rows that the last report read."""
        guard = self._authorizer.guard
        limited = self._limited()
        if guard is None:
            return "all"
        kinds = guard.views.read & limited.keys()
        if any(not record.meta.scope for record in kinds):
            # Rows that are about others are read where those are.
            kinds |= limited.keys()
        reaches = set(map(self.reach, kinds))
        return "own" if "own" in reaches else "team" if "team" in reaches else "all"

    def in_team(self, record: Record) -> bool:
        """Whether a record is of the acting person's team: what a lead decides on.

        True for every record of a kind without a scope, and for a person who reaches all of them.
        """
        authorizer, kind, scope = self._authorizer, type(record), record.meta.scope
        reach = "all" if authorizer.is_unlimited else authorizer.reach(kind)
        if scope is None or reach != "team":
            return reach == "all"
        from officeops.office.scope_keys import ScopeKeys

        keys = ScopeKeys(authorizer.store, authorizer.plugins)
        with authorizer.lifted():
            team = keys.team(record.meta.plugin, scope.scope, authorizer.who.name)
            return key_of(authorizer, record) in team

    # -- new records ------------------------------------------------------------------------------

    def whose(self, record: Record) -> Iterator[Problem]:
        """Yield the problem of a record that would be somebody's whose rows are out of reach."""
        kind, scope = type(record), record.meta.scope
        if scope is None or scope.column == "id" or self._authorizer.is_beyond:
            return
        if self._authorizer.is_unlimited or self._authorizer.reach(kind) == "all":
            return
        with self._authorizer.lifted():
            key = key_of(self._authorizer, record)
            # The open action may have brought new keys, such as a new person's.
            if key not in self._held(kind) and key not in self._keys(kind):
                yield self.beyond(kind)

    def _held(self, record: type[Record]) -> set[int]:
        guard = self._authorizer.guard
        return guard.views.held(record) if guard else set()

    def _keys(self, record: type[Record]) -> set[int]:
        return self._authorizer.scope_keys(record, self._authorizer.reach(record))

    def beyond(self, record: type[Record]) -> Problem:
        """Say whose rows of a kind the acting person may write. Called while nothing is guarded."""
        meta, scope = record.meta, record.meta.scope
        plural = meta.many
        field = meta.by_name[meta.whose[0]].public_name if meta.whose else ""
        if scope is None or scope.column == "id":
            why = f"you may write {plural} only where you can see them afterwards"
            return Problem(why, field, code="beyond-reach", is_whole=True)
        owner = owner_kind(self._authorizer.records, record)
        keys = sorted(self._keys(record))
        names = list(self._names(owner, keys))
        why = f"you may write {plural} of {listing(names)} only"
        if not names:
            person = owner.meta.one if owner else "record"
            why = f"you may write no {plural}: no {person} belongs to your login"
        facts = {"kind": meta.noun, "ids": keys[:_NAMED], "count": len(keys)}
        return Problem(why, field, code="beyond-reach", is_whole=True, facts=facts)

    def _names(self, owner: type[Record] | None, keys: list[int]) -> Iterator[str]:
        for key in keys[:_NAMED]:
            name = None
            if owner is not None and self._authorizer.may_view(owner):
                sql = f"SELECT {owner.meta.display} FROM {owner.meta.table} WHERE id = ?"
                name = self._authorizer.value(sql, key)
            yield str(name or f"#{key}")
        if len(keys) > _NAMED:
            yield f"{len(keys) - _NAMED:,} more"


def key_of(authorizer: Authorizer, record: Record) -> int | None:
    """Find the key at the end of the path of a record's scope. Called unguarded."""
    scope = record.meta.scope
    if scope is None:
        return None
    first, *others = scope.steps
    value: int | None = getattr(record, first)
    kind: type[Record] | None = type(record)
    name = first
    for step in others:
        field = kind.meta.by_name.get(name) if kind else None
        kind = authorizer.records.get(field.target) if field else None
        if kind is None or value is None:
            return None
        value = authorizer.value(f"SELECT {step} FROM {kind.meta.table} WHERE id = ?", value)
        name = step
    return value


def owner_kind(records: Mapping[str, type[Record]], record: type[Record]) -> type[Record] | None:
    """Find the kind of record whose ids the keys of a scope are: people, mostly."""
    scope = record.meta.scope
    kind: type[Record] | None = record
    for step in scope.steps if scope else ():
        if step == "id":
            return kind
        field = kind.meta.by_name.get(step) if kind else None
        kind = records.get(field.target) if field else None
    return kind
