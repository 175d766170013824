"""SealedLookup: finds sealed values by their digests, and refuses a second unique one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from officeops.model.errors import Problem, Refused
from officeops.model.sealed_value import Sealed
from officeops.office.validation import like_another
from officeops.sealing.field_text import CURE, looked_up
from officeops.sealing.keyring import NoKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.sealing.keyring import Ring

    Opened: TypeAlias = Callable[[Meta, int, Field, object], Any]
    Acting: TypeAlias = Callable[..., AbstractContextManager[object]]


class SealedLookup:
    """Looks sealed values up.

    `opened` opens one, and `acting` opens the action that records a look-up.
    """

    def __init__(
        self,
        ring: Ring,
        reader: Reader,
        authorizer: Authorizer,
        acting: Acting,
        opened: Opened,
    ) -> None:
        self._ring = ring
        self._reader = reader
        self._authorizer = authorizer
        self._acting = acting
        self._opened = opened
        #: Digests of values that were looked up, and found, since the office was opened.
        self._recorded: set[str] = set()

    def look_up(
        self,
        meta: Meta,
        field: Field,
        value: object,
    ) -> list[str]:
        """Return the digests by which a filter finds a value.

        A person who finds a value this way knows it, so the history records it as it records a
        reading: once for each value while the office is open, and not for code of the office.
        """
        digests = self.digests(meta, field, value)
        if self._authorizer.is_trusted or digests[0] in self._recorded:
            return digests
        sql = f"SELECT id FROM {meta.table} WHERE {_has_one_of(field, digests)} ORDER BY id"
        with self._authorizer.lifted():
            ids = self._reader.rows(sql, *digests)
        # A value that nobody has tells nothing, so the search for it is not recorded.
        if ids:
            subject = {"of": [f"{meta.key}:{id_}" for (id_,) in ids]}
            verb = f"{meta.key}.{field.public_name}.look-up"
            permission = f"{meta.guarded[field.name]}.view"
            with self._acting(verb, subject, needs=permission):
                # Inside the action, so that a refused one does not count as recorded.
                self._recorded.add(digests[0])
        return digests

    def digests(
        self,
        meta: Meta,
        field: Field,
        value: object,
    ) -> list[str]:
        """Return the digests a value of a field may be found by, one for each key. Raises NoKey."""
        from officeops.sealing.seal import Place, indexes

        keys = self._ring.keys
        if not keys:
            raise NoKey(
                f"{field.label} cannot be looked up: its key, {self._ring.path}, is not here. "
                f"{CURE}"
            )
        text = looked_up(field, value)
        digests = indexes(keys, Place(meta.table, 0, field.name), text)
        for table, column in self._former_places(meta, field):
            digests += indexes(keys, Place(table, 0, column), text)
        return digests

    def _former_places(self, meta: Meta, field: Field) -> list[tuple[str, str]]:
        return self._reader.store.former.places(meta.table, field.name)

    def no_twin(self, meta: Meta, id: int, values: Mapping[str, Any]) -> None:  # noqa: A002
        """Raise Refused where another record has a unique value already, under a former key.

        Under one key the file's own index finds it. The digests of two keys cannot be compared,
        nor those from before and after a migration renamed the field.
        """
        has_one_key = len(self._ring.keys) < 2
        if has_one_key and not self._reader.store.former:
            return
        for field in meta.sealed:
            value = values.get(field.name)
            if not field.unique or value is None:
                continue
            if has_one_key and not self._former_places(meta, field):
                continue
            if isinstance(value, Sealed) and value.is_typed:
                value = value.typed
            elif isinstance(value, Sealed):
                value = self._opened(meta, id, field, value.kept)
            if self._is_taken(meta, id, field, value):
                problem = Problem(
                    f"is taken by another {meta.one}", field.public_name, code="taken"
                )
                if field.name in self._authorizer.withheld(self._reader.records[meta.key]):
                    problem = like_another(meta)
                raise Refused([problem], meta.label)

    def _is_taken(self, meta: Meta, id: int, field: Field, value: object) -> bool:  # noqa: A002
        digests = self.digests(meta, field, value)
        sql = (
            f"SELECT 1 FROM {meta.table} WHERE {_has_one_of(field, digests)} "
            "AND archived_at IS NULL AND id <> ?"
        )
        with self._authorizer.lifted():
            # A twin counts also where the person may not see it, as the file's own index counts it.
            other = self._reader.value(sql, *digests, id)
        return other is not None


def _has_one_of(field: Field, digests: list[str]) -> str:
    """Write the SQL condition that a sealed field has one of these digests, its values."""
    marks = ", ".join("?" * len(digests))
    return f"{field.index_column} IN ({marks})"
