"""Form: what a dialog asks for and what saving it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.forms.child_entries import ChildEntries


@dataclass(frozen=True)
class Form:
    """A dialog: its title, its fields, the texts they begin with, and what saving does.

    `save(office, values)` runs in a thread and returns the message to show. `values` has all
    fields, or with `only_changed` the fields whose text changed. `question` is asked before saving,
    if saving is grave.
    """

    title: str
    fields: Sequence[Field]
    save: Callable[[Office, dict[str, Any]], str]
    texts: dict[str, str] = field(default_factory=dict)
    only_changed: bool = False
    question: str = ""
    #: Returns what saving would do with the values; the question says it.
    preview: Callable[[Office, dict[str, Any]], str] | None = None
    #: Called after a conflict: reads the record again and returns the texts that the form would
    #: begin with now. From then on, saving changes the record as it was read here.
    rebase: Callable[[Office], dict[str, str]] | None = None
    #: The permissions without which the form closes.
    needs: tuple[str, ...] = ()
    #: The record under edit, or that an action is about: a reference may be limited to records of
    #: it, or be to the one that it has already.
    about: Record | None = None
    #: The permission prefix that guards a field's value, by field.
    guarded: Mapping[str, str] = field(default_factory=dict)
    #: Said above the fields: what follows from saving.
    note: str = ""
    #: The children that are edited with the record, a section each.
    children: Sequence[ChildEntries] = ()
    #: The permission of saving, under which the texts are kept in the file until then, and of which
    #: record or references the form is; blank for a form that is not kept.
    draft: str = ""
    draft_of: str = ""
