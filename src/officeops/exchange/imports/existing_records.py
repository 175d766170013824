"""ExistingRecords: the office's records that rows name by their keys, found by an index."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from officeops.exchange.importer import column_of
from officeops.office.noted_readings import LOOK_UP
from officeops.query.own_number import OWN_NUMBER
from officeops.store.folded_identities import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.context import ImportContext
    from officeops.exchange.imports.row_keys import Key, Names
    from officeops.model.identity import Identity
    from officeops.model.sealed_value import Sealed

    #: A row with the record that it names.
    KnownRow = tuple[Row, "Existing"]
    #: A row and its key.
    KeyedRow = tuple[Row, Key]
    #: The FROM and WHERE of a query, and its values.
    Source = tuple[str, list[object]]


class Existing(NamedTuple):
    """A record that a row names, with its values in the fields that the file fills."""

    id: int
    version: int
    values: tuple[Any, ...]


class ExistingRecords:
    """Finds the records that rows name, also those that earlier rows of the file added."""

    def __init__(self, context: ImportContext) -> None:
        self._office = context.office
        self._record = context.record
        self._meta = context.meta
        self._given = context.given
        self._keys = context.keys
        self._sealed = context.sealed

    def find(
        self,
        names: Names,
        rows: list[Row],
        keys: Sequence[Key],
    ) -> dict[Key, Existing]:
        """Return the records of rows by key: by these fields, else by another unique key."""
        records = self._by(names, rows, keys)
        by_other = self._by_other_keys(names, rows, keys, records)
        return records | by_other

    def _by(
        self,
        names: Names,
        rows: list[Row],
        keys: Sequence[Key],
    ) -> dict[Key, Existing]:
        identity = self._keys.identity(names)
        if identity is not None and len(names) == 1 and not self._has_any(identity, keys):
            return {}
        digests = self._sealed.digests(names, rows)
        if identity is None:
            source, values = self._by_first_column(names[0], rows, digests)
        else:
            source, values = self._by_identity(identity, rows, keys)
        key_columns = map(self._column, names)
        wanted = ["id", "version", *key_columns, *self._given]
        columns = ", ".join(f"t.{name}" for name in wanted)
        # The first of doubles, which old files may have, comes last and counts.
        # An import reads as an action does: it must not tell of rows that are out of reach.
        reached = self._office.within_reach(self._record, "t.id")
        within = f" AND {reached}" if reached else ""
        sql = f"SELECT {columns} FROM {source} AND t.archived_at IS NULL{within} ORDER BY t.id DESC"
        return self._by_key(names, self._office.rows(sql, *values), digests)

    def _by_key(
        self,
        names: Names,
        found: Sequence[tuple[Any, ...]],
        digests: Mapping[object, Sealed],
    ) -> dict[Key, Existing]:
        """Return records by key.

        The rows found have the id, the version, the fields `names`, and the fields of the file.
        """
        width = 2 + len(names)
        parts = [_opened(found, place, digests) for place in range(2, width)]
        keys = self._keys.keys_of(names, parts)
        if self._keys.is_counted(names):
            keys = _numbered_from_last(keys)
        records = {}
        self._note_look_ups(names, found)
        for key, row in zip(keys, found, strict=True):
            records[key] = Existing(row[0], row[1], row[width:])
        return records

    # -- the look-ups -----------------------------------------------------------------------------

    def _note_look_ups(self, names: Names, found: Sequence[tuple[Any, ...]]) -> None:
        """Note the records that sealed values of the file found: who sent it knows those values."""
        for name in names:
            field = self._meta.by_name.get(name)
            if field is not None and field.sealed:
                verb = f"{self._meta.key}.{field.public_name}{LOOK_UP}"
                for row in found:
                    self._office.note_reading(verb, row[0], name)

    def _has_any(self, identity: Identity, keys: Sequence[Key]) -> bool:
        """Whether any record's folded value is within the range of a piece's keys.

        The first import of a sorted list has none, piece after piece, and spares a look-up for
        each row.
        """
        forms = [str(key[0]) for key in keys if key[0] is not None]
        if not forms:
            return False
        sql = (
            f"SELECT EXISTS (SELECT 1 FROM {table_of(self._meta)} "
            "WHERE identity = ? AND folded BETWEEN ? AND ?)"
        )
        [(has_any,)] = self._office.rows(sql, identity.name, min(forms), max(forms))
        return bool(has_any)

    def _by_identity(
        self,
        identity: Identity,
        rows: list[Row],
        keys: Sequence[Key],
    ) -> Source:
        """Look records up by the index of a declared identity."""
        if len(identity.columns) == 1:
            forms = [key[0] for key in keys]
        else:
            forms = [identity.of(row.values) for row in rows]
        different = dict.fromkeys(forms)
        different.pop(None, None)
        wanted = list(map(str, different))
        folded_table = table_of(self._meta)
        source = (
            f"{folded_table} s CROSS JOIN {self._meta.table} t ON t.id = s.id "
            f"WHERE s.identity = ? AND s.folded IN ({_marks(wanted)})"
        )
        return source, [identity.name, *wanted]

    def _by_first_column(
        self,
        name: str,
        rows: list[Row],
        digests: Mapping[object, Sealed],
    ) -> Source:
        """Look records up by one field; a sealed one by the digests of its values."""
        column = self._column(name)
        values = set(column_of(rows, name))
        if column in {name, "id"}:
            wanted: list[object] = [value for value in values if value is not None]
        else:
            wanted = [digest for digest, value in digests.items() if value in values]
        condition = f"t.{column} IN ({_marks(wanted)})"
        if None in values:
            condition = f"({condition} OR t.{column} IS NULL)"
        return f"{self._meta.table} t WHERE {condition}", wanted

    def _column(self, name: str) -> str:
        return "id" if name == OWN_NUMBER else self._sealed.column(name)

    # -- by other unique keys ---------------------------------------------------------------------

    def _by_other_keys(
        self,
        names: Names,
        rows: list[Row],
        keys: Sequence[Key],
        records: Mapping[Key, Existing],
    ) -> dict[Key, Existing]:
        """Return records that rows name by another unique key and that lack these fields.

        A box in the office without a barcode is the box that a row gives one; one with another
        barcode is another box.
        """
        by_other: dict[Key, Existing] = {}
        for others in self._keys.after(names):
            if not self._tells_apart(names, others):
                continue
            new: list[KeyedRow] = []
            for row, key in zip(rows, keys, strict=True):
                is_known = key in records or key in by_other
                if not is_known and _fills(row, others):
                    new.append((row, key))
            if new:
                by_other |= self._without(names, others, new)
        return by_other

    def _tells_apart(self, names: Names, others: Names) -> bool:
        """Whether `others` are a unique key, and the file has all of its fields and of `names`."""
        identity = self._keys.identity(others)
        if identity is None or not identity.unique:
            return False
        return set(self._given).issuperset((*names, *others))

    def _without(
        self,
        names: Names,
        others: Names,
        new: Sequence[KeyedRow],
    ) -> dict[Key, Existing]:
        """Return records that rows name by `others`, and that have nothing in `names`."""
        rows = [row for row, _ in new]
        other_keys = self._keys.of(others, rows)
        by_other = self._by(others, rows, other_keys)
        lacking = [name for name in names if name not in others]
        places = list(map(self._given.index, lacking))
        keys = [key for _, key in new]
        records = {}
        for key, other in zip(keys, other_keys, strict=True):
            record = by_other.get(other)
            if record is not None and _is_blank_in(record, places):
                records[key] = record
        return records


def _opened(
    found: Sequence[tuple[Any, ...]], place: int, digests: Mapping[object, Sealed]
) -> list[Any]:
    """Return one column of found rows, with the value itself in place of a digest."""
    column = [row[place] for row in found]
    return [digests.get(value, value) for value in column] if digests else column


def _is_blank_in(record: Existing, places: Sequence[int]) -> bool:
    return all(record.values[place] is None for place in places)


def _fills(row: Row, names: Names) -> bool:
    return all(row.values[name] is not None for name in names)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _numbered_from_last(keys: Sequence[Key]) -> list[Key]:
    """Return keys, newest record first, each with its number among equals, oldest first."""
    times: Counter[Key] = Counter()
    numbered = []
    for key in reversed(keys):
        times[key] += 1
        numbered.append((*key, times[key]))
    numbered.reverse()
    return numbered
