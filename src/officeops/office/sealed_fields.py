"""SealedFields: seals values on their way into the file, and opens them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.error_words import discreet
from officeops.model.errors import Problem, Refused
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
    from officeops.office.openings import Openings
    from officeops.office.reader import Reader
    from officeops.office.sealed_lookup import Acting
    from officeops.sealing.keyring import Ring


class SealedFields:
    """The sealed fields of an office.

    `acting` opens an action, which records that a person saw one.
    """

    def __init__(
        self,
        ring: Ring,
        reader: Reader,
        authorizer: Authorizer,
        acting: Acting,
        openings: Openings,
    ) -> None:
        #: The keys of the sealed fields.
        self.ring = ring
        self._reader = reader
        self._authorizer = authorizer
        self._acting = acting
        #: What code opened, and may open.
        self.openings = openings
        keys = SealKeys(ring, reader, authorizer)
        self.key_marks = keys.key_marks
        self.key_to_write = keys.key_to_write
        self.marks = keys.marks
        self.former = keys.former
        self.sealed_fields = keys.sealed_fields
        lookup = SealedLookup(ring, reader, authorizer, acting, self.opened)
        self.look_up = lookup.look_up
        self.digests = lookup.digests
        self.no_twin = lookup.no_twin

    # -- opening ---------------------------------------------------------------------------------

    def open(
        self,
        record: Record,
        name: str,
        *,
        needs: str = "",
    ) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field for code that works with it; `reveal` shows it to a person.

        The acting person needs the permission to see the field, or the one that `needs` names in
        its place. The history records the opening, with the open action or as one of its own. A
        value that was just typed is returned as it is. Raises Forbidden, OutsideAction where a
        plugin is asked something outside an action, NoKey where its key is not here, and Altered
        where it does not open.
        """
        discreet()
        meta = record.meta
        field = sealed_field(meta, name)
        value = getattr(record, field.name)
        if isinstance(value, Sealed) and value.is_typed:
            return value.typed
        field_key = f"{meta.key}.{field.public_name}"
        permission = needs or f"{meta.guarded[field.name]}.view"
        self.openings.allow(field_key, permission)
        token = self._token(record, field)
        if token is None:
            return None
        self.openings.note(field_key, f"{meta.key}:{record.id}", permission)
        return self.opened(meta, record.id, field, token)

    def _token(self, record: Record, field: Field) -> object:
        """Return a sealed value as the file has it; None where the record has none."""
        meta = record.meta
        value = getattr(record, field.name)
        token = value.kept if isinstance(value, Sealed) else None
        if token is None and field.name in self._authorizer.withheld(type(record)):
            # The record was read without what the acting person may not see; this code needs it.
            sql = f"SELECT {field.name} FROM {meta.table} WHERE id = ?"
            with self._authorizer.lifted():
                token = self._reader.value(sql, record.id)
        return token

    def reveal(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field to show it to a person, after recording that they saw it.

        Raises Forbidden where they may not see it, NoKey or Altered where it does not open.
        """
        meta = record.meta
        field = sealed_field(meta, name)
        verb = f"{meta.key}.{field.public_name}.reveal"
        subject = {"of": [f"{meta.key}:{record.id}"]}
        permission = f"{meta.guarded[field.name]}.view"
        with self._acting(verb, subject, needs=permission):
            current = self._reader.get(type(record), record.id)
            token = self._token(current, field)
            return None if token is None else self.opened(meta, current.id, field, token)

    def opened(self, meta: Meta, id: int, field: Field, token: object) -> Any:  # noqa: A002, ANN401
        """Open one sealed value, as the file holds it.

        Raises NoKey, or Altered, naming its record.
        """
        from officeops.sealing.seal import Altered, Place, mark_of, unseal

        discreet()
        mark = mark_of(token)
        by_mark = {key.mark: key for key in self.ring.keys}
        key = by_mark.get(mark)
        if mark and key is None:
            about = self._about(meta, id, field)
            raise NoKey(
                f"{about} is sealed with key {mark}, which is not in {self.ring.path}. {CURE}"
            )
        # A value that was sealed before a migration renamed its field or record opens by that name.
        former = self._reader.store.former.places(meta.table, field.name)
        for table, column in ((meta.table, field.name), *former):
            place = Place(table, id, column)
            try:
                text = unseal(key, place, str(token))
            except Altered:
                continue
            return from_text(field, text)
        raise Altered(
            f"{self._about(meta, id, field)} does not open: it was altered outside officeops, "
            "or copied there from another record or field. `officeops history verify` tells "
            "more; type the right value in."
        )

    def _about(self, meta: Meta, id: int, field: Field) -> str:  # noqa: A002
        record = self._reader.records[meta.key]
        with self._authorizer.lifted():
            name = self._reader.label(record, id)
        return f"{field.label} of {meta.one} {name} (#{id})"

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
            if isinstance(value, Sealed) and not value.is_typed:
                why = "is sealed for its own record; open it to copy it"
                raise Refused([Problem(why, field.public_name, code="sealed")], meta.label)
            plain = value.typed if isinstance(value, Sealed) else value
            columns.update(self._one(meta, id, field, plain))
        own = {field.name: values[field.name] for field in fields}
        self.no_twin(meta, id, own)
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

        key = self.key_to_write()
        place = Place(meta.table, id, field.name)
        token = seal(key, place, as_text(value))
        columns: dict[str, Any] = {field.name: Sealed(token)}
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
        # Two seals of one value differ, so the values themselves are compared.
        field = meta.by_name[name]
        first = self._plain(meta, id, field, one)
        second = self._plain(meta, id, field, other)
        return as_text(first) == as_text(second)

    def _plain(self, meta: Meta, id: int, field: Field, value: object) -> Any:  # noqa: A002, ANN401
        if isinstance(value, Sealed) and value.is_typed:
            return value.typed
        token = value.kept if isinstance(value, Sealed) else value
        return self.opened(meta, id, field, token)
