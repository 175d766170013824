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
    them; it returns why they may not change, or None. Of a record with a lifecycle, `states` and
    `why` say the same without a rule: `Frozen(("terms",), states=("signed",), why="it is signed")`.
    A merge, which changes what references name, asks neither.
    """

    fields: tuple[str, ...]
    rule: str = ""
    states: tuple[str, ...] = ()
    why: str = ""

    def check(self, meta: Meta) -> None:
        """Raise TypeError for a field or a state that the record does not have."""
        columns = set(meta.columns)
        for name in self.fields:
            if name not in columns:
                raise TypeError(f"{meta.key}: Frozen names {name!r}, which is no field of it")
        if bool(self.rule) == bool(self.states) or bool(self.states) != bool(self.why):
            raise TypeError(f"{meta.key}: Frozen takes a rule, or states with their why")
        known = meta.life.states if meta.life else ()
        for state in self.states:
            if state not in known:
                raise TypeError(f"{meta.key}: Frozen names {state!r}, which is no state of it")

    def holds_in(self, *states: object) -> bool:
        """Whether a record that goes from one of these states to another one keeps the fields."""
        return set(states) <= set(self.states)
