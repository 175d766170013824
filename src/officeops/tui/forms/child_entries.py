"""ChildEntries: the children of one kind in a form, as typed and not saved yet. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.sealed_value import MASK
from officeops.office.children.child_change import ChildChange
from officeops.office.children.rows import children_of
from officeops.tui.forms.field_text import starting_texts, text_of
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.children import Child
    from officeops.model.errors import Conflict
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

#: What a row's first letter says of it.
_SAVED, _ADDED, _CHANGED, _REMOVED = " ", "+", "~", "-"


class ChildEntry:
    """One row: a child as it was read, or a new one, with the values typed in it."""

    def __init__(self, texts: dict[str, str], record: Record | None = None) -> None:
        self.texts = texts
        self.record = record
        #: The values that were typed: all of a new child, the changed ones of another.
        self.values: dict[str, Any] = {}
        self.is_removed = False
        #: The values that somebody else saved since; blank for none.
        self.theirs = ""

    @property
    def mark(self) -> str:
        """One letter that says what saving does to it."""
        if self.is_removed:
            return _REMOVED
        if self.record is None:
            return _ADDED
        return _CHANGED if self.values else _SAVED

    @property
    def is_changed(self) -> bool:
        """Whether leaving would lose something of it."""
        return self.mark != _SAVED


class ChildEntries:
    """The rows of one kind of child in a form."""

    def __init__(
        self,
        office: Office,
        child: Child,
        kind: type[Record],
        parent: Record | None,
    ) -> None:
        self.child = child
        self.kind = kind
        self.fields = self._fields(office)
        self.rows: list[ChildEntry] = []
        self._parent = parent
        if parent is not None:
            self.rows = [self._read(office, row) for row in children_of(office, parent, child)]

    def _fields(self, office: Office) -> list[Field]:
        """List the fields that the acting person may fill."""
        guarded = self.kind.meta.guarded
        fields = []
        for field in self.child.fields(self.kind):
            guard = guarded.get(field.name)
            if guard is None or office.may(f"{guard}.edit"):
                fields.append(field)
        return fields

    def _read(self, office: Office, row: Record) -> ChildEntry:
        texts = starting_texts(office, self.fields, row)
        for field in self.fields:
            if field.sealed and getattr(row, field.name) is not None:
                texts[field.name] = MASK
        return ChildEntry(texts, row)

    # -- typed rows -----------------------------------------------------------------------------

    def put(
        self,
        office: Office,
        values: Mapping[str, Any],
        entry: ChildEntry | None = None,
    ) -> ChildEntry:
        """Take the values of a new row, or the changed ones of another."""
        if entry is None:
            entry = ChildEntry(starting_texts(office, self.fields))
            self.rows.append(entry)
        entry.values.update(values)
        for field in self.fields:
            if field.name not in values:
                continue
            text = text_of(office, field, values[field.name])
            is_hidden = field.sealed and values[field.name] is not None
            entry.texts[field.name] = MASK if is_hidden else text
        return entry

    def remove(self, entry: ChildEntry) -> None:
        """Take a row away, or keep it after all. A new one is gone at once."""
        if entry.record is None:
            self.rows.remove(entry)
        else:
            entry.is_removed = not entry.is_removed

    def line(self, entry: ChildEntry) -> str:
        """Return a row as one line, behind its mark."""
        cells = [" ".join(entry.texts.get(field.name, "").split()) for field in self.fields]
        line = "  ".join(filter(None, cells))
        theirs = f"   (theirs: {entry.theirs})" if entry.theirs else ""
        return safe(f"{entry.mark} {line}{theirs}")

    # -- saving ------------------------------------------------------------------------------------

    @property
    def changed(self) -> Sequence[ChildEntry]:
        """The rows that are not saved."""
        return [entry for entry in self.rows if entry.is_changed]

    def changes(self) -> list[ChildChange]:
        """Return what saving writes."""
        changes = []
        for entry in self.changed:
            values = {} if entry.is_removed else entry.values
            changes.append(ChildChange(self.child, values, entry.record, entry.is_removed))
        return changes

    # -- someone else's changes --------------------------------------------------------------------

    def clash(self, office: Office, clash: Conflict) -> ChildEntry | None:
        """Show what somebody else saved on the row that a conflict is about, if it is one of these.

        Saving again then writes the typed values.
        """
        key, number = clash.child
        for entry in self.rows:
            if key == self.kind.meta.key and entry.record is not None and entry.record.id == number:
                now = office.get(self.kind, number)
                texts = starting_texts(office, self.fields, now).values()
                entry.theirs = "removed" if now.archived_at else "  ".join(filter(None, texts))
                entry.record = now
                return entry
        return None

    def take_theirs(self, office: Office, entry: ChildEntry) -> None:
        """Take the values that somebody else saved in place of the typed ones."""
        if entry.record is None:
            return
        if entry.record.archived_at:
            self.rows.remove(entry)
            return
        place = self.rows.index(entry)
        self.rows[place] = self._read(office, entry.record)

    def refresh(self, office: Office) -> None:
        """Show the rows that others added since the form was opened; typed values stay."""
        if self._parent is None:
            return
        known = {entry.record.id: entry for entry in self.rows if entry.record is not None}
        rows = []
        for row in children_of(office, self._parent, self.child):
            entry = known.get(row.id)
            rows.append(
                entry if entry is not None and entry.is_changed else self._read(office, row)
            )
        self.rows = [*rows, *[entry for entry in self.rows if entry.record is None]]
