"""The forms that add and edit records, and their keys."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from officeops.model.about import as_one
from officeops.model.archived_record import why_archived
from officeops.tui.forms.field_text import starting_texts, text_of
from officeops.tui.forms.form import Form
from officeops.tui.terminal.keys import NEVER, Key
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.children.child_change import ChildChange
    from officeops.office.office import Office
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.forms.child_entries import ChildEntries


def new_key(
    screen: OfficeScreen,
    record: type[Record],
    given: Callable[[], Mapping[str, int]] = dict,
) -> Key:
    """Return the key that adds a record, by its form.

    `given()` returns the references that the record begins with, as ids by column.
    """

    def run() -> None:
        add(screen, record, given())

    meta = record.meta
    new = meta.one if meta.has_no_singular else f"a new {meta.one}"
    key = Key((":new",), "new", run, f"Add {new}", means="new")
    return _by_hand(key, screen.office, record, "add")


def edit_key(
    screen: OfficeScreen,
    record: type[Record],
    chosen: Callable[[], Sequence[Record]],
) -> Key:
    """Return the key that edits the one record that `chosen()` returns."""

    def run() -> None:
        edit(screen, chosen())

    key = Key((":edit",), "edit", run, f"Edit the {record.meta.one}", means="edit")
    return _by_hand(key, screen.office, record, "edit")


def _by_hand(
    key: Key,
    office: Office,
    record: type[Record],
    verb: str,
) -> Key:
    """Return a key as one that writes a record by hand: it says why where that cannot be."""
    why_not = _why_not_by_hand(office, record, verb)
    # The key stays without its place in the key line, so that a press says why not.
    rank = NEVER if why_not() else 2
    return key.replace(rank=rank, group=record.meta.label, reason=why_not)


def _why_not_by_hand(
    office: Office,
    record: type[Record],
    verb: str,
) -> Callable[[], str | None]:
    meta = record.meta
    if meta.child:
        return lambda: f"{meta.many} are edited with the record that they belong to"
    if not meta.editable:
        return lambda: f"{meta.many} are written by actions alone, never by hand"
    return lambda: office.why_not(f"{meta.key}.{verb}") or None


def _fields(office: Office, record: type[Record]) -> list[Field]:
    """Return the fields that the acting person may fill in."""
    guarded = record.meta.guarded
    fields = []
    for field in as_one(record.meta.fields, record.meta.subject):
        guard = guarded.get(field.name)
        # Actions alone write managed fields, so a form has no row for them.
        if not field.managed and (guard is None or office.may(f"{guard}.edit")):
            fields.append(field)
    return fields


def add(
    screen: OfficeScreen,
    record: type[Record],
    given: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Open the form of a new record; `given` are ids of references it begins with, by column."""
    from officeops.office.crud import add_record

    meta = record.meta
    fields = _fields(screen.office, record)
    texts = starting_texts(screen.office, fields)
    # The list that the person came from fixes some references: a lot is added to the item it lists.
    for field in fields:
        if field.name in given:
            texts[field.name] = text_of(screen.office, field, given[field.name])

    children = _children(screen.office, record, None)

    ids: list[int] = []

    def save(office: Office, values: Mapping[str, Any]) -> str:
        added = add_record(office, record, values, None, _changes(children))
        ids.append(added.id)
        return safe(" ".join([f"{meta.label} {added} is added.", *office.remarks]))

    form = Form(
        title=f"New {meta.one}",
        fields=fields,
        save=save,
        texts=texts,
        needs=(f"{meta.key}.add",),
        guarded=meta.guarded,
        children=children,
        draft=f"{meta.key}.add",
        # A draft for a lot of one item is not for a lot of another.
        draft_of=", ".join(f"{name} {number}" for name, number in given.items()),
    )

    def saved(message: str) -> None:
        screen.say(message)
        screen.came(record, ids[-1])

    screen.navigator.open_form(form, saved)


def edit(screen: OfficeScreen, chosen: Sequence[Record]) -> None:
    """Open the form of a record as it is now."""
    if not is_one(screen, chosen, "edit"):
        return
    if why := why_archived(chosen[0]):
        screen.say(f"{chosen[0]}: {why}")
        return
    edited = _Edit(screen.office, chosen[0])
    meta = chosen[0].meta
    screen.office.readings.show(chosen[0], [field.name for field in edited.fields])
    form = Form(
        title=f"Edit {chosen[0]}",
        fields=edited.fields,
        save=edited.save,
        texts=edited.texts(screen.office),
        only_changed=True,
        rebase=edited.rebase,
        about=chosen[0],
        needs=(f"{meta.key}.view", f"{meta.key}.edit"),
        guarded=meta.guarded,
        children=edited.children,
        draft=f"{meta.key}.edit",
        draft_of=str(chosen[0].id),
    )

    def saved(message: str) -> None:
        screen.say(message)
        screen.came(type(chosen[0]), chosen[0].id)

    screen.navigator.open_form(form, saved)


def _children(
    office: Office,
    record: type[Record],
    parent: Record | None,
) -> list[ChildEntries]:
    """Return the sections of the children that the acting person may see."""
    if not record.children:
        return []
    from officeops.office.children.rows import visible
    from officeops.tui.forms.child_entries import ChildEntries

    return [ChildEntries(office, child, kind, parent) for child, kind in visible(office, record)]


def _changes(children: Sequence[ChildEntries]) -> list[ChildChange]:
    changes: list[ChildChange] = []
    for entries in children:
        changes += entries.changes()
    return changes


class _Edit:
    """A record under edit.

    After a conflict it continues from the record as someone else saved it.
    """

    def __init__(self, office: Office, record: Record) -> None:
        self._record = record
        self.fields = _fields(office, type(record))
        self.children = _children(office, type(record), record)

    def texts(self, office: Office) -> dict[str, str]:
        return starting_texts(office, self.fields, self._record)

    def save(self, office: Office, values: Mapping[str, Any]) -> str:
        from officeops.office.crud import edit_record

        before = self._record.version
        saved = edit_record(office, self._record, values, None, _changes(self.children))
        # A save counts the version on by one; more means that somebody saved in between.
        merged = ", beside someone else's changes" if saved.version > before + 1 else ""
        message = f"{saved.meta.label} {saved} is saved{merged}."
        return safe(" ".join([message, *office.remarks]))

    def rebase(self, office: Office) -> dict[str, str]:
        self._record = office.get(type(self._record), self._record.id)
        return self.texts(office)


def is_one(
    screen: OfficeScreen,
    chosen: Sequence[Record | None],
    verb: str,
) -> bool:
    """Whether exactly one record is chosen; if not, the screen says so."""
    if len(chosen) > 1:
        action = verb.capitalize()
        screen.say(
            f"{action} is done to one at a time; {len(chosen)} are marked. Space removes a mark."
        )
    elif not chosen:
        screen.say("There is nothing here to act on.")
    return len(chosen) == 1
