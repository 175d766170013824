"""Renamings: the changes of names that a file's upgrades made, and the records that they renamed.

A name may be given to something else later, so every renaming counts for earlier entries alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.model.meta import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: No change has a higher id.
LAST: Final = 2**63 - 1


class FormerName(Value):
    """One renaming.

    `record` is the key before it; `field` is the column, blank for the record itself; `choice` is
    the code of one of the field's choices, blank for the field itself.

    `now` is the new key, column or code, `action` the upgrade that renamed it, `change` the last
    recorded change at that moment: those up to it have the former name.
    """

    record: str
    field: str
    now: str
    action: int
    change: int
    choice: str = ""


class Span(Value):
    """The changes that know a record by one table's name: ids above `low`, up to `high`."""

    table: str
    low: int
    high: int


class RenamedRecords:
    """The names that records had before, by the renamings of a file in their order."""

    def __init__(self, renamings: Iterable[FormerName] = ()) -> None:
        self._renamings = list(renamings)
        #: Of each table that was asked for: what its record was called, the latest first.
        self._spans: dict[str, tuple[Span, ...]] = {}

    def __bool__(self) -> bool:
        """Whether anything was ever renamed."""
        return bool(self._renamings)

    def table(self, table: str, change: int) -> str:
        """Return what the table that a change names is called today."""
        for renaming in self._renamings:
            if renaming.change < change or renaming.field:
                continue
            if table_of(renaming.record) == table:
                table = table_of(renaming.now)
        return table

    def meanings(self, table: str) -> set[str]:
        """List the names of today that a recorded table may have; a change's id tells which."""
        meanings = {self.table(table, LAST)}
        for renaming in self._renamings:
            if not renaming.field:
                meanings.add(self.table(table, renaming.change))
        return meanings

    def key(self, key: str, action: int) -> str:
        """Return the key of today for a record that an action names by the key of its day."""
        for renaming in self._renamings:
            if renaming.action > action and not renaming.field and renaming.record == key:
                key = renaming.now
        return key

    def keys(self, key: str) -> list[str]:
        """Return every key that a record has had, today's first."""
        keys = [key]
        for renaming in reversed(self._renamings):
            if not renaming.field and renaming.now == keys[-1]:
                keys.append(renaming.record)
        return keys

    def verb(self, verb: str, action: int) -> str:
        """Return what an action's name, such as `keys.key.edit`, is today."""
        if not self._renamings:
            return verb
        plugin, _, rest = verb.partition(".")
        word, dot, last = rest.partition(".")
        return f"{self.key(f'{plugin}.{word}', action)}{dot}{last}"

    def reference(self, text: str, action: int) -> str:
        """Return what an action's `keys.key:5` is today."""
        key, colon, number = text.partition(":")
        return f"{self.key(key, action)}{colon}{number}"

    def spans(self, table: str) -> tuple[Span, ...]:
        """List the names, each with its changes, by which the history knows a table's records."""
        if table not in self._spans:
            self._spans[table] = tuple(self._spans_of(table))
        return self._spans[table]

    def _spans_of(self, table: str) -> Iterator[Span]:
        high = LAST
        for renaming in reversed(self._renamings):
            if renaming.field or renaming.change > high:
                continue
            if table_of(renaming.now) == table:
                yield Span(table, renaming.change, high)
                table, high = table_of(renaming.record), renaming.change
            elif table_of(renaming.record) == table:
                # Until then another record had this name, so ours is younger.
                yield Span(table, renaming.change, high)
                return
        yield Span(table, 0, high)

    def condition(self, table: str, change: str = "c") -> str:
        """Write the condition that a row of core_change, `change`, is about a table's records."""
        spans = self.spans(table)
        if len(spans) == 1 and not spans[0].low:
            return f"{change}.record = {_literal(table)}"
        names: set[str] = set()
        parts: list[str] = []
        for span in spans:
            name = _literal(span.table)
            names.add(name)
            bounds = f"{change}.id > {span.low} AND {change}.id <= {span.high}"
            parts.append(f"{change}.record = {name} AND {bounds}")
        # The names alone, too: by them SQLite finds its index.
        return f"{change}.record IN ({', '.join(sorted(names))}) AND ({' OR '.join(parts)})"


def _literal(name: str) -> str:
    """Return a name as SQL text: in an altered file it may be anything."""
    return f"'{name}'" if name.isidentifier() else f"CAST(x'{name.encode().hex()}' AS TEXT)"
