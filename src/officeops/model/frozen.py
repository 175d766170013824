"""Frozen: fields of a record that stay as they are while something rests on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.meta import Meta


class Frozen(Value):
    """Fields that nobody changes while a rule says so: `frozen = (Frozen(("read_on",), rule="…"),)`.

    At the end of each action, in its transaction, `rule` is asked about the records whose `fields`
    it changed: by a command, an import, SQL, an undo or a redo alike. It is `module:function` of
    the office, the record as it is now, and what the changed columns held before, as the file keeps
    them; it returns why they may not change, or None. A merge, which changes what references name,
    asks no such rule.
    """

    fields: tuple[str, ...]
    rule: str

    def check(self, meta: Meta) -> None:
        """Raise TypeError for a field that the record does not have."""
        columns = set(meta.columns)
        for name in self.fields:
            if name not in columns:
                raise TypeError(f"{meta.key}: Frozen names {name!r}, which is no field of it")
