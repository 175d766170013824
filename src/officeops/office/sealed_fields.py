"""Sealed fields: values sealed on their way into the file, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Problem, Refused, discreet
from officeops.model.placeholder import Unusable
from officeops.model.sealed_value import GONE, MASK, Sealed
from officeops.sealing.field_text import CURE, as_text, from_text, looked_up, sealed_field
from officeops.sealing.keyring import NoKey
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.sealing.keyring import Ring, SealKey

#: What a sealed value begins with.
MARK: Final = Pattern(r"v[1-9][0-9]*\.[0-9a-f]{8}")


class SealedFields:
    """Seals and opens the values of sealed fields. `acting` opens an action: that somebody was shown one is on record."""

    def __init__(
        self,
        ring: Ring,
        reader: Reader,
        authorizer: Authorizer,
        acting: Callable[..., AbstractContextManager[object]],
    ) -> None:
        #: The keys of the sealed fields.
        self.ring = ring
        self._reader, self._authorizer, self._acting = reader, authorizer, acting
        #: The keys that were found to be those of this office's values.
        self._fitting: tuple[SealKey, ...] = ()
        #: Digests of values that were looked up, and found, since the office was opened.
        self._looked_up: set[str] = set()

    # -- opening ------------------------------------------------------------------------------------

    def open(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Return the value of a sealed field of a record as it was read, for code that works with it.

        `reveal` is for showing it to a person.

        Nothing is recorded and nobody is asked. Raises NoKey where its key is not here, Altered where it does not open.
        """
        discreet()
        field = sealed_field(record.meta, name)
        there = getattr(record, field.name)
        if isinstance(there, Sealed) and there.is_typed:
            return there.typed
        token = there.kept if isinstance(there, Sealed) else None
        if token is None and field.name in self._authorizer.withheld(type(record)):
            # What the acting person may not see was left out of the record; code that works with it needs it.
            with self._authorizer.lifted():
                token = self._reader.value(
                    f"SELECT {field.name} FROM {record.meta.table} WHERE id = ?", record.id
                )
        return None if token is None else self.opened(record.meta, record.id, field, token)

    def reveal(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field to show it to a person, after recording that they saw it.

        Raises Forbidden where they may not see it, NoKey or Altered where it does not open.
        """
        meta, field = record.meta, sealed_field(record.meta, name)
        verb, about = f"{meta.key}.{field.public_name}.reveal", {"of": [f"{meta.key}:{record.id}"]}
        with self._acting(verb, about, needs=f"{meta.guarded[field.name]}.view"):
            return self.open(self._reader.get(type(record), record.id), field.name)

    def opened(self, meta: Meta, id: int, field: Field, token: object) -> Any:  # noqa: A002, ANN401 - as above
        """Return what a sealed value of a record's field says. Raises NoKey, or Altered naming both."""
        from officeops.sealing.seal import Altered, Place, mark_of, unseal

        discreet()
        mark = mark_of(token)
        key = next((each for each in self.ring.keys if each.mark == mark), None)
        if mark and key is None:
            about = self._about(meta, id, field)
            raise NoKey(
                f"{about} is sealed with key {mark}, which is not in {self.ring.path}. {CURE}"
            )
        try:
            return from_text(field, unseal(key, Place(meta.table, id, field.name), str(token)))
        except Altered:
            raise Altered(
                f"{self._about(meta, id, field)} does not open: it was altered outside officeops, or copied there from "
                "another record or field. `officeops history verify` tells more; type the right value in."
            ) from None

    def _about(self, meta: Meta, id: int, field: Field) -> str:  # noqa: A002 - as above
        with self._authorizer.lifted():
            return f"{field.label} of {meta.label.lower()} {self._reader.label(self._reader.records[meta.key], id)} (#{id})"

    def masked(self, value: object) -> str:
        """Return the mask for a sealed value; blank for None."""
        from officeops.sealing.seal import mark_of

        if value is None or isinstance(value, Unusable):
            return ""
        if isinstance(value, Sealed) and not value.is_typed:
            return MASK if mark_of(value.kept) in self.key_marks() else GONE
        return MASK

    def key_marks(self) -> list[str]:
        """Return the marks of the keys that are here."""
        return [key.mark for key in self.ring.keys]

    # -- sealing ------------------------------------------------------------------------------------

    def sealed(self, meta: Meta, id: int, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002 - the column's name
        """Return what the file is to hold of those values whose fields are sealed: each sealed for its record, and its digest.

        Raises NoKey where the key is lost, Refused for a value that was sealed for another place, or is another record's.
        """
        fields = [f for f in meta.sealed if f.name in values]
        made: dict[str, Any] = {f.index_column: None for f in fields if f.lookup}
        made |= {f.name: None for f in fields}
        for f in fields:
            value = values[f.name]
            if value is None:
                continue
            if isinstance(value, Sealed) and not value.is_typed:
                raise Refused(
                    [Problem("is sealed for its own record; open it to copy it", f.public_name)],
                    meta.label,
                )
            made |= self._one(meta, id, f, value.typed if isinstance(value, Sealed) else value)
        self.no_twin(meta, id, {f.name: values[f.name] for f in fields})
        return made

    def resealed(self, meta: Meta, id: int, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002
        """Return opened values of a record sealed with the key in use, whoever else may have them."""
        made: dict[str, Any] = {}
        for name, value in values.items():
            made |= self._one(meta, id, meta.by_name[name], value)
        return made

    def _one(self, meta: Meta, id: int, field: Field, value: object) -> dict[str, Any]:  # noqa: A002
        from officeops.sealing.seal import Place, index, seal

        key, place = self.key_to_write(), Place(meta.table, id, field.name)
        made: dict[str, Any] = {field.name: Sealed(seal(key, place, as_text(value)))}
        if field.lookup:
            made[field.index_column] = index(key, place, looked_up(field, value))
        return made

    def key_to_write(self) -> SealKey:
        """Return the key in use; made where nothing is sealed yet. Raises NoKey where the office's values have other keys."""
        keys = self.ring.keys
        if keys and keys == self._fitting:
            return keys[-1]
        known = {key.mark for key in keys}
        for mark, where in self.marks():
            if mark and mark not in known:
                raise NoKey(
                    f"Nothing was sealed: {where} has the key {mark}, which is not in {self.ring.path}. {CURE}"
                )
        key = keys[-1] if keys else self.ring.made()
        self._fitting = self.ring.keys
        return key

    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield the keys that records' values were sealed with, each with a field and record that has one; blank for a value in the open."""
        for meta, field in self.sealed_fields():
            name = field.name
            sql = f"SELECT substr({name}, 1, instr({name}, '.') + 8), min(id) FROM {meta.table} WHERE {name} IS NOT NULL GROUP BY 1"
            with self._authorizer.lifted():
                found = self._reader.rows(sql)
            # What is no sealed value at all is not repeated.
            named = ((mark if MARK.fullmatch(mark) else "", id_) for mark, id_ in found)
            yield from (
                (mark, f"{field.label.lower()} of {meta.label.lower()} #{id_}")
                for mark, id_ in named
            )

    def former(self) -> bool:
        """Return whether a record that may change has a value sealed with a former key."""
        mark = self.ring.keys[-1].mark
        changing = [(meta, field) for meta, field in self.sealed_fields() if not meta.append_only]
        with self._authorizer.lifted():
            return any(
                self._reader.value(
                    f"SELECT 1 FROM {meta.table} WHERE {field.name} NOT GLOB ? LIMIT 1", f"{mark}.*"
                )
                for meta, field in changing
            )

    def sealed_fields(self) -> Iterator[tuple[Meta, Field]]:
        """Yield every sealed field of the kinds of record that are on, with its record's declaration."""
        for record in self._reader.records.values():
            yield from ((record.meta, field) for field in record.meta.sealed)

    # -- looking up ---------------------------------------------------------------------------------

    def look_up(self, meta: Meta, field: Field, value: object) -> list[str]:
        """Return the digests by which a filter finds a value. Whoever finds one has learnt it: that is on record, as reading is.

        Once for each value as long as the office is open, and not for code that works with the office.
        """
        found = self.digests(meta, field, value)
        if self._authorizer.is_trusted or found[0] in self._looked_up:
            return found
        marks = ", ".join("?" * len(found))
        with self._authorizer.lifted():
            ids = self._reader.rows(
                f"SELECT id FROM {meta.table} WHERE {field.index_column} IN ({marks}) ORDER BY id",
                *found,
            )
        if ids:
            about = {"of": [f"{meta.key}:{id_}" for (id_,) in ids]}
            verb, needs = (
                f"{meta.key}.{field.public_name}.look-up",
                f"{meta.guarded[field.name]}.view",
            )
            with self._acting(verb, about, needs=needs):
                self._looked_up.add(found[0])
        return found

    def digests(self, meta: Meta, field: Field, value: object) -> list[str]:
        """Return the digests a value of a field may be found by, one for each key. Raises NoKey where there is none."""
        from officeops.sealing.seal import Place, indexes

        if not self.ring.keys:
            raise NoKey(
                f"{field.label} cannot be looked up: its key, {self.ring.path}, is not here. {CURE}"
            )
        return indexes(self.ring.keys, Place(meta.table, 0, field.name), looked_up(field, value))

    def no_twin(self, meta: Meta, id: int, values: Mapping[str, Any]) -> None:  # noqa: A002
        """Raise Refused where another record has a unique value already, under a former key.

        Under one and the same key the file's own index tells; its digests say nothing of each other's.
        """
        if len(self.ring.keys) < 2:
            return
        for f in meta.sealed:
            value = values.get(f.name)
            if not f.unique or value is None:
                continue
            if isinstance(value, Sealed):
                value = value.typed if value.is_typed else self.opened(meta, id, f, value.kept)
            found = self.digests(meta, f, value)
            marks = ", ".join("?" * len(found))
            sql = f"SELECT 1 FROM {meta.table} WHERE {f.index_column} IN ({marks}) AND archived_at IS NULL AND id <> ?"
            with self._authorizer.lifted():
                taken = self._reader.value(sql, *found, id)
            if taken:
                raise Refused(
                    [Problem(f"is taken by another {meta.label.lower()}", f.public_name)],
                    meta.label,
                )

    def same(self, meta: Meta, id: int, name: str, one: object, other: object) -> bool:  # noqa: A002
        """Compare two values of a record's field, each sealed or typed."""
        if one is None or other is None or one == other:
            return one == other
        field = meta.by_name[name]
        return as_text(self._plain(meta, id, field, one)) == as_text(
            self._plain(meta, id, field, other)
        )

    def _plain(self, meta: Meta, id: int, field: Field, value: object) -> Any:  # noqa: A002, ANN401
        if isinstance(value, Sealed):
            return value.typed if value.is_typed else self.opened(meta, id, field, value.kept)
        return self.opened(meta, id, field, value)
