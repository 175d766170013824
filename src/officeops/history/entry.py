"""Entry: one line of the history as a person may see it, by the names of today."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops.history.masking import masked_side
from officeops.model.immutable import Value
from officeops.store.opened_mark import OPENED
from officeops.store.row_format import Layouts, kept
from officeops.store.signed_mark import SIGNED
from officeops.store.typed_line import TYPED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from officeops.model.meta import Meta
    from officeops.store.stored_office import StoredOffice

#: The place and the key beside the name of a person who signed.
_MARKS: Final = ("place", "login", "key", "witness")


class Entry(Value):
    """One recorded change, or an action that changed no record.

    `record` is the noun, or the table's name while its plugin is off. It is blank, with no id,
    for an action that changed no record: such an entry has the action's `arguments` (JSON text)
    and `outcome`. That of an archived record has the reason among its `arguments`. `before` and `after` are JSON text; both are None after they were destroyed.
    A follower continues from `cursor`; `number` is the action's own, which `undo` takes. `place`,
    `login` and `key` are those of a shared login at which the actor signed; `witness` is a second
    person who did.
    """

    at: str
    actor: str
    action: str
    record: str
    record_id: int | None
    before: str | None
    after: str | None
    cursor: int
    number: int
    arguments: str | None = None
    outcome: str | None = None
    place: str | None = None
    login: str | None = None
    key: str | None = None
    witness: str | None = None

    @property
    def shows_nothing(self) -> bool:
        """Whether the acting person may see nothing of an edit: that there was one tells of it.

        When somebody's pay was changed, for example.
        """
        return self.before == self.after == "{}"

    @property
    def destroyed(self) -> bool:
        """Whether its contents were destroyed when their retention was over."""
        return bool(self.record) and self.before is None and self.after is None


class EntryView:
    """Makes entries of recorded changes, without anything the acting person may not see."""

    def __init__(self, office: StoredOffice) -> None:
        records = office.records.values()
        self._former = office.store.former
        self._layouts = Layouts(office.store.db, *(kept(record.meta.columns) for record in records))
        self._office = office
        self._metas: dict[str, Meta] = {}
        #: By table: the guarded columns that the person may see, and the names of their fields.
        self._guarded: dict[str, dict[str, str]] = {}
        self._withheld: dict[str, frozenset[str]] = {}
        for record in records:
            self._metas[record.meta.table] = record.meta
            self._withheld[record.meta.table] = withheld = office.withheld(record)
            if record.meta.open_guarded:
                shown = record.meta.open_guarded
                seen = {name: field for name, field in shown.items() if name not in withheld}
                self._guarded[record.meta.table] = seen
        #: Nobody knows any more whether a dropped column was guarded, so few people see it.
        self._may_see_dropped = office.who.everything or office.who.reaches_pattern("sensitive")

    def entry(
        self,
        at: str,
        actor: str,
        verb: str,
        recorded_table: str,
        record_id: int,
        before: str | None,
        after: str | None,
        cursor: int,
        number: int,
        signed: str | None,
    ) -> Entry:
        """Make the entry of one change, from the columns that the log reads."""
        table = self._former.table(recorded_table, cursor)
        meta = self._metas.get(table)
        noun = meta.noun if meta else table
        old = self._side(table, recorded_table, cursor, before)
        new = self._side(table, recorded_table, cursor, after)
        if table in self._guarded:
            self._note_guarded(table, record_id, f"{old}{new}")
        given = self._reason(meta, verb, record_id, signed)
        marks = signed_at(signed)
        return Entry(at, actor, verb, noun, record_id, old, new, cursor, number, given, **marks)

    def _reason(
        self,
        meta: Meta | None,
        verb: str,
        record_id: int,
        arguments: str | None,
    ) -> str | None:
        """Return the reason for which a record was archived, as JSON text; None without one."""
        if meta is None or not verb.endswith(".archive") or self._withheld[meta.table]:
            return None
        given = arguments_of(arguments)
        # The children went with it, and the reason is not about them.
        is_of_it = given.get("of") == [f"{meta.key}:{record_id}"] and verb == f"{meta.key}.archive"
        return as_json({"reason": given["reason"]}) if is_of_it and given.get("reason") else None

    def _note_guarded(
        self,
        table: str,
        record_id: int,
        sides: str,
    ) -> None:
        """Note the guarded fields of which a change shows a value."""
        for column, field in self._guarded[table].items():
            if sides.count(f'"{column}":') > sides.count(f'"{column}":null'):
                self._office.note_reading(field, record_id, column)

    def _side(
        self,
        table: str,
        recorded_table: str,
        change: int,
        side: str | None,
    ) -> str | None:
        """Rewrite one side of a change: by its columns of today, masked, without withheld ones."""
        text = self._layouts.named(side)
        if not text:
            return text
        if change <= self._former.newest_change():
            values = self._former.content(recorded_table, change, json.loads(text))
            text = as_json(values or {})
        meta = self._metas.get(table)
        withheld = self._hidden(table, text)
        if withheld:
            shown = json.loads(text)
            for name in withheld:
                shown.pop(name, None)
            text = as_json(shown)
        sealed = [field.name for field in meta.sealed] if meta else []
        return masked_side(text, sealed)

    def _hidden(self, table: str, text: str) -> Collection[str]:
        meta = self._metas.get(table)
        withheld = self._withheld.get(table, frozenset())
        if self._may_see_dropped or meta is None:
            return withheld
        return withheld.union(name for name in json.loads(text) if name not in meta.columns)


def as_json(values: Mapping[str, Any]) -> str:
    """Write values as the history's triggers do."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def signed_at(arguments: str | None) -> dict[str, str | None]:
    """Read at which shared login an action was signed, from its arguments: nothing at one's own."""
    if not arguments or SIGNED not in arguments:
        return {}
    signed = recorded_arguments(arguments).get(SIGNED)
    if not isinstance(signed, dict):
        return {}
    return {name: str(signed.get(name) or "") or None for name in _MARKS}


def recorded_arguments(text: str | None) -> dict[str, Any]:
    """Read arguments as they are kept, marks included; nothing of a text that was altered, which the chain shows."""
    try:
        arguments = json.loads(text or "{}")
    except ValueError:
        return {}
    return arguments if isinstance(arguments, dict) else {}


def arguments_of(text: str | None) -> dict[str, Any]:
    """Read what an action was given, from its arguments."""
    arguments = recorded_arguments(text)
    # The digest of the typed line is for repeats alone; who signed where, an entry says by itself,
    # and the sealed values that it opened are for `seal readings`.
    arguments.pop(TYPED, None)
    arguments.pop(SIGNED, None)
    arguments.pop(OPENED, None)
    return arguments
