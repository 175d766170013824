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
        # Each is asked once: the person's roles are read for it, and the file's version.
        self._reach: dict[type[Record], Reach] = {}
        self._seen: list[type[Record]] = []
        self._unseen: list[type[Record]] = []
        for record in authority.records.values():
            (self._seen if authority.may_view(record) else self._unseen).append(record)
            if record.meta.scope is not None:
                self._reach[record] = authority.reach(record)
        #: The conditions of the kinds that are about nothing: those that are about them share them.
        self._own: dict[type[Record], str] = {}

    def limited(self) -> dict[type[Record], str]:
        """Return the conditions of the kinds of which the person does not reach every row."""
        conditions = {}
        for record in self._authority.records.values():
            if condition := self.of(record):
                conditions[record] = condition
        return conditions

    def number_of(self, record: type[Record]) -> int | None:
        """Return the number of a kind's scope in the table of keys, if it is asked for."""
        scope = record.meta.scope
        return self._numbers.get((scope.scope, self._reach[record])) if scope else None

    def of(
        self,
        record: type[Record],
        expression: Expression = as_named,
        about: type[Record] | None = None,
    ) -> str:
        """Return the condition that a row is within reach; blank where every row is.

        `expression` gives the row's columns: those of the table, unless it is asked about others.
        `about` is the kind whose rows are about this one. A row about a row about another is as far
        as that goes: an event of a task of a device.
        """
        meta = record.meta
        parts = []
        if meta.scope is not None and self._reach[record] != "all":
            parts.append(self._by_key(record, meta.scope, expression))
        if meta.about:
            key, number = map(expression, meta.about)
            condition = self._of_subject(record, key, number, about)
            if condition and not meta.by_name[meta.about[0]].required:
                # A row about nothing is for all who may see its kind.
                condition = f"({key} IS NULL OR {condition})"
            parts.append(condition)
        elif len(meta.about_in) > 1:
            key, number = map(expression, meta.about_in)
            parts.append(self._of_subject(record, key, number, about))
        elif meta.about_in:
            parts.append(self._by_text(record, expression, about))
        return " AND ".join(filter(None, parts))

    # -- whose a row is ---------------------------------------------------------------------------

    def _by_key(
        self,
        record: type[Record],
        scope: ScopedBy,
        expression: Expression,
    ) -> str:
        """Make the condition that the key at the end of the path is one of the person's."""
        reach = self._reach[record]
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

    def _by_text(
        self,
        record: type[Record],
        expression: Expression,
        about: type[Record] | None,
    ) -> str:
        """Make the condition where a text names the record: `keys.key:5:2030-01-01`."""
        [text] = map(expression, record.meta.about_in)
        key = f"substr({text}, 1, instr({text}, ':') - 1)"
        number = f"CAST(substr({text}, instr({text}, ':') + 1) AS INTEGER)"
        return self._of_subject(record, key, number, about, is_text=True)

    def _within(
        self,
        record: type[Record],
        about: type[Record],
        *,
        is_about: bool,
    ) -> str:
        if is_about:
            return self.of(record, about=about)
        if record not in self._own:
            self._own[record] = self.of(record)
        return self._own[record]

    def _of_subject(
        self,
        record: type[Record],
        key: str,
        number: str,
        about: type[Record] | None,
        *,
        is_text: bool = False,
    ) -> str:
        """Make the condition over a key and a number; blank where the person reaches everything."""
        seen: list[str] = []
        unseen = [name for other in self._unseen for name in _names(other)]
        limited: list[tuple[str, str]] = []
        is_indexed = record.meta.about == (key, number)
        for other in self._seen:
            names = list(_names(other))
            is_about = other.meta.about or other.meta.about_in
            if is_about and (about is not None or other is record):
                unseen += names
            elif within := self._within(other, record, is_about=bool(is_about)):
                rows = f"main.{other.meta.table}"
                if is_indexed:
                    rows = f"{_if_any(record, names)} CROSS JOIN {rows}"
                ids = f"SELECT id FROM {rows} WHERE {within}"
                # Without a number it is about all of a kind.
                blank = f"{number} IS NULL OR " if record.meta.about_in and not is_text else ""
                limited += [(name, f"({blank}{number} IN ({ids}))") for name in names]
            else:
                seen += names
        if not (self._unseen or limited):
            return ""
        if is_text:
            # A key of no kind of record that is here is for all.
            cases = [f"WHEN {name} THEN {within}" for name, within in limited]
            cases += [f"WHEN {name} THEN 0" for name in unseen]
            return f"CASE {key} {' '.join(cases)} ELSE 1 END"
        # One by one, as the index of the two columns goes.
        parts = [f"({key} = {name} AND {within})" for name, within in limited]
        if seen:
            parts.append(f"{key} IN ({', '.join(seen)})")
        return f"({' OR '.join(parts) or '0'})"


def _names(record: type[Record]) -> Iterator[str]:
    """Yield the key of a kind of record, and those that it had before, as SQL."""
    for key in (record.meta.key, *record.meta.former_keys):
        escaped = key.replace("'", "''")
        yield f"'{escaped}'"


def _if_any(record: type[Record], names: list[str]) -> str:
    """Make a table of one row, of none if no row is about a kind.

    Joined to that kind's rows it keeps SQLite from reading those within reach for nothing: many
    kinds may be written about, and the rows of a kind are mostly about one or two.
    """
    key, _ = record.meta.about
    table = record.meta.table
    return f"(SELECT 1 FROM main.{table} WHERE {key} IN ({', '.join(names)}) LIMIT 1)"
