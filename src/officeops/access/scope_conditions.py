"""Scope conditions: that a row is within the acting person's reach, as SQL.

They read the tables themselves, `main.hr_leave`, and the keys from a temporary table that holds
those of each scope (`officeops.access.scope_views` fills it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.access.authority import Authority
    from officeops.model.records import Record
    from officeops.model.scope import Reach, ScopedBy

    #: Gives the SQL of a column of the row.
    Expression = Callable[[str], str]
    #: Kinds of record that led to the one that is asked about.
    Path = tuple[type[Record], ...]

#: The temporary table of keys: (holder, key), a number of `holders` each.
KEYS: Final = "scope_key"


def as_named(column: str) -> str:
    """Give a column by its own name."""
    return column


class ScopeConditions:
    """The conditions for one person, as their roles are now."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority
        #: The kind and the reach whose keys each number in the table of keys stands for. One scope
        #: at one reach has one number, however many kinds have it.
        self.holders: list[tuple[type[Record], Reach]] = []
        self._numbers: dict[tuple[object, Reach], int] = {}

    def limited(self) -> dict[type[Record], str]:
        """Return the conditions of the kinds of which the person does not reach every row."""
        conditions = {}
        for record in self._authority.records.values():
            condition = self.of(record)
            if condition:
                conditions[record] = condition
        return conditions

    def number_of(self, record: type[Record]) -> int | None:
        """Return the number of a kind's scope in the table of keys, if it is asked for."""
        scope = record.meta.scope
        if scope is None:
            return None
        return self._numbers.get((scope.scope, self._authority.reach(record)))

    def of(self, record: type[Record], expression: Expression = as_named, path: Path = ()) -> str:
        """Return the condition that a row is within reach; blank where every row is.

        `expression` gives the row's columns: those of the table, unless it is asked about others.
        """
        parts = []
        scope = record.meta.scope
        if scope is not None:
            reach = self._authority.reach(record)
            if reach != "all":
                parts.append(self._by_key(record, scope, reach, expression))
        if record.meta.about:
            parts.append(self._by_subject(record, expression, path))
        return " AND ".join(filter(None, parts))

    # -- whose a row is ---------------------------------------------------------------------------

    def _by_key(
        self, record: type[Record], scope: ScopedBy, reach: Reach, expression: Expression
    ) -> str:
        """Make the condition that the key at the end of the path is one of the person's."""
        key = (scope.scope, reach)
        if key not in self._numbers:
            self._numbers[key] = len(self.holders)
            self.holders.append((record, reach))
        number = self._numbers[key]
        keys = f"SELECT key FROM temp.{KEYS} WHERE holder = {number}"
        first, *others = scope.steps
        tables: list[str] = []
        record_of_path = record
        names = [first]
        for step in others:
            field = record.meta.by_name.get(names[-1])
            target = self._authority.records.get(field.target) if field else None
            if target is None:
                # Nobody can say whose it is while the plugin of a step is off.
                return "0"
            tables.append(target.meta.table)
            names.append(step)
            record = target
        condition = f"IN ({keys})"
        for table, name in zip(reversed(tables), reversed(names[1:]), strict=True):
            condition = f"IN (SELECT id FROM main.{table} WHERE {name} {condition})"
        own = f"{expression(first)} {condition}"
        if first != "id":
            return own
        # SQLite asks once more, without a column, about a table of which only the id is read, and
        # no longer says by which view.
        other = expression(record_of_path.meta.columns[1])
        return f"({own} AND {other} IS {other})"

    # -- what a row is about ----------------------------------------------------------------------

    def _by_subject(self, record: type[Record], expression: Expression, path: Path) -> str:
        """Make the condition that the record which a row is about is within reach."""
        key, number = map(expression, record.meta.about)
        open_keys: list[str] = []
        parts: list[str] = []
        is_open = True
        for other in self._authority.records.values():
            # A note about a note leads round in a circle.
            if other is record or other in path:
                continue
            if not self._authority.may_view(other):
                is_open = False
                continue
            keys = list(_names(other))
            within = self.of(other, path=(*path, record))
            if within:
                is_open = False
                ids = f"SELECT id FROM main.{other.meta.table} WHERE {within}"
                parts.append(f"({key} IN ({', '.join(keys)}) AND {number} IN ({ids}))")
            else:
                open_keys += keys
        if is_open:
            return ""
        if open_keys:
            parts.append(f"{key} IN ({', '.join(open_keys)})")
        return f"({' OR '.join(parts) or '0'})"


def _names(record: type[Record]) -> Iterator[str]:
    """Yield the key of a kind of record, and those that it had before, as SQL."""
    for key in (record.meta.key, *record.meta.former_keys):
        escaped = key.replace("'", "''")
        yield f"'{escaped}'"
