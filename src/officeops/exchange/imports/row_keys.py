"""RowKeys: the fields that tell a file's rows apart, and each row's folded key."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from officeops.exchange.importer import column_of
from officeops.model.errors import UsageProblem
from officeops.model.text_folding import folded, folded_all
from officeops.query.own_number import OWN_NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.exchange.importer import Importer, Row
    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.meta import Meta

    #: Fields that together identify a row.
    Names = tuple[str, ...]
    #: A row's values in them, texts folded.
    Key = tuple[Any, ...]


class RowKeys:
    """The sets of fields that may identify a row, best first. Raises UsageProblem for a bad --key.

    They are the ones that the person named, or the record's own number, the importer's, the unique
    ones, or else all fields of the file. A row goes by the first set that it fills, or by the last.
    """

    def __init__(
        self,
        meta: Meta,
        importer: Importer,
        given: Sequence[str],
        asked: tuple[str, ...],
        *,
        has_numbers: bool = False,
    ) -> None:
        self._meta = meta
        self._importer = importer
        self._given = given
        numbers: list[Names] = [(OWN_NUMBER,)] if has_numbers else []
        self.sets = [self._asked(asked)] if asked else [*numbers, *self._natural()]
        #: How many rows so far have each key of a kind whose equal rows are counted.
        self._times: Counter[Key] = Counter()

    @property
    def best(self) -> Names:
        """The set of fields that identifies most rows."""
        return self.sets[0]

    def after(self, names: Names) -> list[Names]:
        """Return the sets of fields that come after one."""
        place = self.sets.index(names)
        return self.sets[place + 1 :]

    # -- the sets ---------------------------------------------------------------------------------

    def _asked(self, asked: tuple[str, ...]) -> Names:
        return tuple([self._key_field(name).name for name in asked])

    def _key_field(self, name: str) -> Field:
        field = self._meta.field(name)
        if field is None or field.name not in self._given:
            raise UsageProblem(
                f"--key: {name!r} is not a field that the file fills.", code="unknown-field"
            )
        if field.sealed and not field.lookup:
            raise UsageProblem(
                f"--key: {name!r} is sealed, and records are not found by it.", code="sealed"
            )
        return field

    def _natural(self) -> list[Names]:
        """Return the sets that the file fills: the importer's, else the declared ones.

        A file that fills none of them goes by all its fields.
        """
        given = set(self._given)
        filled = given.union(self._importer.fills)
        of_importer = [names for names in self._importer.keys if filled.issuperset(names)]
        if of_importer:
            return of_importer
        declared: list[Names] = [(field.name,) for field in self._meta.fields if field.unique]
        declared += self._meta.unique_together
        declared.append(self.display())
        natural = [names for names in declared if given.issuperset(names)]
        return natural or [self._all_given()]

    def _all_given(self) -> Names:
        """Return every field of the file but the sealed ones that records are not found by."""
        names = []
        for name in self._given:
            field = self._meta.by_name[name]
            if field.lookup or not field.sealed:
                names.append(name)
        return tuple(names)

    def display(self) -> Names:
        """Return the field that names a record, after the records that it belongs to."""
        names: dict[str, None] = {}
        for field in self._meta.fields:
            belongs = bool(field.target) or field.name in self._meta.about
            if belongs and field.required and field.name in self._given:
                names[field.name] = None
        names.setdefault(self._meta.display)
        return tuple(names)

    def identity(self, names: Names) -> Identity | None:
        """Return the record's declared identity of these fields; None where they are none."""
        for identity in self._meta.identities:
            if set(identity.columns) == set(names):
                return identity
        return None

    def is_counted(self, names: Names) -> bool:
        """Whether rows alike in these fields are different records, counted in order."""
        return names in self._importer.counted

    # -- the keys of rows -------------------------------------------------------------------------

    def by_names(self, piece: list[Row]) -> dict[Names, list[Row]]:
        """Return a piece's rows by the fields that identify them: nearly always one set."""
        if len(self.sets) == 1 or not _is_blank_in_some(piece, self.best):
            return {self.best: piece}
        by_names: dict[Names, list[Row]] = {}
        for row in piece:
            names = self._first_filled(row)
            by_names.setdefault(names, []).append(row)
        return by_names

    def _first_filled(self, row: Row) -> Names:
        for names in self.sets:
            if not _is_blank_in_some([row], names):
                return names
        return self.sets[-1]

    def of(self, names: Names, rows: list[Row]) -> list[Key]:
        """Return the rows' keys, numbered where equal rows are different records."""
        keys = self.keys_of(names, [column_of(rows, name) for name in names])
        if not self.is_counted(names):
            return keys
        numbered = []
        for key in keys:
            self._times[key] += 1
            numbered.append((*key, self._times[key]))
        return numbered

    def keys_of(self, names: Names, columns: Sequence[Sequence[Any]]) -> list[Key]:
        """Return the keys of rows from the columns of their parts: texts folded, codes as numbers."""
        parts = map(self._key_part, names, columns)
        return list(zip(*parts, strict=True))

    def _key_part(self, name: str, values: Sequence[Any]) -> Sequence[Any]:
        field = self._meta.by_name.get(name)
        if field is None or not field.kind.is_item_code:
            return _folded_column(values)
        from officeops.values.scanned.item_numbers import item_number

        return [None if value is None else item_number(str(value)) for value in values]


def _is_blank_in_some(rows: list[Row], names: Names) -> bool:
    return any(None in column_of(rows, name) for name in names)


def _folded_column(values: Sequence[Any]) -> Sequence[Any]:
    if set(map(type, values)) <= {str}:
        # All at once: nearly every key is a column of texts, and one call for all is far faster.
        return folded_all(values)
    return [folded(value) if value.__class__ is str else value for value in values]
