"""SealedFields: seals values on their way into the file, and opens them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import Problem, Refused, discreet
from officeops.model.placeholder import Unusable
from officeops.model.sealed_value import GONE, MASK, Sealed
from officeops.office.seal_keys import SealKeys
from officeops.office.sealed_lookup import SealedLookup
from officeops.sealing.field_text import CURE, as_text, from_text, looked_up, sealed_field
from officeops.sealing.keyring import NoKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.office.sealed_lookup import Acting
    from officeops.sealing.keyring import Ring


class SealedFields:
    """The sealed fields of an office.

    `acting` opens an action, which records that a person saw one.
    """

    def __init__(self, ring: Ring, reader: Reader, authorizer: Authorizer, acting: Acting) -> None:
        #: The keys of the sealed fields.
        self.ring = ring
        self._reader, self._authorizer, self._acting = reader, authorizer, acting
        keys = SealKeys(ring, reader, authorizer)
        self.key_marks, self.key_to_write = keys.key_marks, keys.key_to_write
        self.marks, self.former, self.sealed_fields = keys.marks, keys.former, keys.sealed_fields
        lookup = SealedLookup(ring, reader, authorizer, acting, self.opened)
        self.look_up, self.digests, self.no_twin = lookup.look_up, lookup.digests, lookup.no_twin

    # -- opening ---------------------------------------------------------------------------------

    def open(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field for code that works with it; `reveal` shows it to a person.

        Nothing is recorded, and no permission is asked. Raises NoKey where its key is not here,
        Altered where it does not open.
        """
        discreet()
        field = sealed_field(record.meta, name)
        value = getattr(record, field.name)
        if isinstance(value, Sealed) and value.is_typed:
            return value.typed
        token = value.kept if isinstance(value, Sealed) else None
        if token is None and field.name in self._authorizer.withheld(type(record)):
            # The record was read without what the acting person may not see; this code needs it.
            sql = f"SELECT {field.name} FROM {record.meta.table} WHERE id = ?"
            with self._authorizer.lifted():
                token = self._reader.value(sql, record.id)
        return None if token is None else self.opened(record.meta, record.id, field, token)

    def reveal(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field to show it to a person, after recording that they saw it.

        Raises Forbidden where they may not see it, NoKey or Altered where it does not open.
        """
        meta, field = record.meta, sealed_field(record.meta, name)
        verb = f"{meta.key}.{field.public_name}.reveal"
        subject = {"of": [f"{meta.key}:{record.id}"]}
        with self._acting(verb, subject, needs=f"{meta.guarded[field.name]}.view"):
            current = self._reader.get(type(record), record.id)
            return self.open(current, field.name)

    def opened(self, meta: Meta, id: int, field: Field, token: object) -> Any:  # noqa: A002, ANN401
        """Open one sealed value, as the file holds it.

        Raises NoKey, or Altered, naming its record.
        """
        from officeops.sealing.seal import Altered, Place, mark_of, unseal

        discreet()
        mark = mark_of(token)
        key = next((key for key in self.ring.keys if key.mark == mark), None)
        if mark and key is None:
            about = self._about(meta, id, field)
            raise NoKey(
                f"{about} is sealed with key {mark}, which is not in {self.ring.path}. {CURE}"
            )
        # A value that was sealed before a migration renamed its field or record opens by that name.
        former = self._reader.store.former.places(meta.table, field.name)
        for table, column in ((meta.table, field.name), *former):
            try:
                return from_text(field, unseal(key, Place(table, id, column), str(token)))
            except Altered:
                continue
        raise Altered(
            f"{self._about(meta, id, field)} does not open: it was altered outside officeops, "
            "or copied there from another record or field. `officeops history verify` tells "
            "more; type the right value in."
        )

    def _about(self, meta: Meta, id: int, field: Field) -> str:  # noqa: A002
        record = self._reader.records[meta.key]
        with self._authorizer.lifted():
            name = self._reader.label(record, id)
        return f"{field.label} of {meta.label.lower()} {name} (#{id})"

    def masked(self, value: object) -> str:
        """Return the mask for a sealed value; blank for None."""
        from officeops.sealing.seal import mark_of

        if value is None or isinstance(value, Unusable):
            return ""
        if isinstance(value, Sealed) and not value.is_typed:
            return MASK if mark_of(value.kept) in self.key_marks() else GONE
        return MASK

    # -- sealing ---------------------------------------------------------------------------------

    def sealed(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Seal values of one record whose fields are sealed; return the columns, digests included.

        Raises NoKey where the key is lost, Refused for a value that was sealed for another place,
        or that another record has.
        """
        fields = [field for field in meta.sealed if field.name in values]
        columns: dict[str, Any] = {}
        for field in fields:
            if field.lookup:
                columns[field.index_column] = None
        for field in fields:
            columns[field.name] = None
        for field in fields:
            value = values[field.name]
            if value is None:
                continue
            if isinstance(value, Sealed):
                if not value.is_typed:
                    why = "is sealed for its own record; open it to copy it"
                    raise Refused([Problem(why, field.public_name)], meta.label)
                value = value.typed
            columns.update(self._one(meta, id, field, value))
        self.no_twin(meta, id, {field.name: values[field.name] for field in fields})
        return columns

    def resealed(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Seal opened values of a record with the key in use; no unique value is looked for."""
        columns: dict[str, Any] = {}
        for name, value in values.items():
            columns.update(self._one(meta, id, meta.by_name[name], value))
        return columns

    def _one(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        field: Field,
        value: object,
    ) -> dict[str, Any]:
        from officeops.sealing.seal import Place, index, seal

        key, place = self.key_to_write(), Place(meta.table, id, field.name)
        columns: dict[str, Any] = {field.name: Sealed(seal(key, place, as_text(value)))}
        if field.lookup:
            columns[field.index_column] = index(key, place, looked_up(field, value))
        return columns

    # -- comparing -------------------------------------------------------------------------------

    def same(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        name: str,
        one: object,
        other: object,
    ) -> bool:
        """Compare two values of a record's field, each sealed or typed."""
        if one is None or other is None or one == other:
            return one == other
        field = meta.by_name[name]
        texts = [as_text(self._plain(meta, id, field, value)) for value in (one, other)]
        return texts[0] == texts[1]

    def _plain(self, meta: Meta, id: int, field: Field, value: object) -> Any:  # noqa: A002, ANN401
        if isinstance(value, Sealed):
            return value.typed if value.is_typed else self.opened(meta, id, field, value.kept)
        return self.opened(meta, id, field, value)
