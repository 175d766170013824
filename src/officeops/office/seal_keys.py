"""SealKeys: the keys that an office's sealed values have, and the one that seals new values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.sealing.field_text import CURE
from officeops.sealing.keyring import NoKey
from officeops.store.blobs import sealed_otherwise
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.sealing.keyring import Ring, SealKey

#: The beginning of a sealed value: the mark of its key.
MARK: Final = Pattern(r"v[1-9][0-9]*\.[0-9a-f]{8}")


class SealKeys:
    """Compares the keys on the ring with those of the values in the file."""

    def __init__(
        self,
        ring: Ring,
        reader: Reader,
        authorizer: Authorizer,
    ) -> None:
        self._ring, self._reader, self._authorizer = ring, reader, authorizer
        #: The ring as it was when all values in the file were found to have a key on it.
        self._checked: tuple[SealKey, ...] = ()

    def key_marks(self) -> list[str]:
        """List the marks of the keys on the ring."""
        return [key.mark for key in self._ring.keys]

    def key_to_write(self) -> SealKey:
        """Return the key that seals new values; the first use of an office makes it.

        Raises NoKey where a value in the file has a key that is not on the ring: with another key
        beside it, the office would need both and know of one.
        """
        keys = self._ring.keys
        if keys and keys == self._checked:
            return keys[-1]
        present = {key.mark for key in keys}
        for mark, where in self.marks():
            if mark and mark not in present:
                raise NoKey(
                    f"Nothing was sealed: {where} has the key {mark}, which is not in "
                    f"{self._ring.path}. {CURE}"
                )
        key = keys[-1] if keys else self._ring.made()
        self._checked = self._ring.keys
        return key

    def marks(self) -> Iterator[tuple[str, str]]:
        """Yield the mark of each key in the file, with a field and record that has it.

        The mark is blank for a value that is not sealed.
        """
        for meta, field in self.sealed_fields():
            name = field.name
            sql = (
                f"SELECT substr({name}, 1, instr({name}, '.') + 8), min(id) FROM {meta.table} "
                f"WHERE {name} IS NOT NULL GROUP BY 1"
            )
            with self._authorizer.lifted():
                rows = self._reader.rows(sql)
            for beginning, id_ in rows:
                # The beginning of an open value may be the whole of it, so it is not repeated.
                mark = beginning if MARK.fullmatch(beginning) else ""
                place = f"{field.words} of {meta.one}"
                # The first record that has the key may be out of the person's reach.
                yield mark, f"{place} #{id_}" if self._authorizer.is_unlimited else place

    def former(self) -> bool:
        """Whether a record that may change, or a file, is sealed with a former key."""
        mark = self._ring.keys[-1].mark
        for meta, field in self.sealed_fields():
            if meta.append_only:
                continue
            sql = f"SELECT 1 FROM {meta.table} WHERE {field.name} NOT GLOB ? LIMIT 1"
            with self._authorizer.lifted():
                if self._reader.value(sql, f"{mark}.*"):
                    return True
        with self._authorizer.lifted():
            return bool(sealed_otherwise(self._reader.store.db, mark, "", 1))

    def sealed_fields(self) -> Iterator[tuple[Meta, Field]]:
        """Yield every sealed field of the kinds of record that are on, with its Meta."""
        for record in self._reader.records.values():
            for field in record.meta.sealed:
                yield record.meta, field
