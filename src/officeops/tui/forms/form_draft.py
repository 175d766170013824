"""FormDraft: what a person typed in a form and did not save, kept in the file.

A dropped line then loses little: the next form of the same kind goes on where it ended. Sealed and
guarded values are in no draft.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from officeops.model.entry_sheet import SheetColumn
from officeops.model.errors import OfficeError
from officeops.office.sheets.drafts import KeptRow, SheetDrafts
from officeops.tui.widgets.error_text import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from officeops.model.office import Office as AnyOffice
    from officeops.office.office import Office
    from officeops.tui.forms.form import Form
    from officeops.tui.forms.form_state import FormState

#: The rows of a draft: the texts that were typed, and those that the form had in their place.
_TYPED: Final = "typed"
_BEFORE: Final = "before"


class _FormSheet:
    """A form as the drafts of sheets know one."""

    def __init__(self, form: Form) -> None:
        self.key = f"{form.draft} form"
        self.subject = form.draft_of
        self.title = form.title
        self.verb = form.draft
        self._columns = [SheetColumn(field.name, field) for field in form.fields]

    def columns_of(self, office: AnyOffice) -> Sequence[SheetColumn]:  # noqa: ARG002 - as a sheet's
        """Return the fields as columns."""
        return self._columns


class FormDraft:
    """Keeps the texts of one form, and takes up those that were typed before."""

    def __init__(self, office: Office, state: FormState) -> None:
        self._state = state
        form = state.form
        # Without the sealed value that it needs, which no draft has, little of a form is left.
        is_kept = form.draft and not any(field.sealed and field.required for field in form.fields)
        self._drafts = SheetDrafts(office, _FormSheet(form)) if is_kept else None
        self._of = ((form.about.meta.key, form.about.id),) if form.about else ()
        self._kept: Mapping[str, str] = {}
        #: Why texts are not kept, as a sentence; blank while they are.
        self.why_not = ""

    def take(self) -> datetime | None:
        """Put the texts of the file's draft into the form; return when they were typed, if any were."""
        draft = self._drafts.own() if self._drafts else None
        if draft is None or _TYPED not in draft.rows:
            return None
        state = self._state
        known = {field.name for field in state.fields}
        typed = _of_form(draft.rows[_TYPED].texts, known)
        before = draft.rows.get(_BEFORE)
        now = dict(state.before)
        if state.form.only_changed and before is not None:
            state.before |= _of_form(before.texts, known)
        state.texts |= typed
        self._kept = typed
        # A value that somebody saved since then is shown beside the typed one.
        state.rebase(now, ())
        return draft.typed_at if typed else None

    def keep(self) -> None:
        """Keep the texts that are not saved, where they differ from those in the file."""
        state = self._state
        typed = {
            field.name: state.texts[field.name]
            for field in state.changed
            if not (field.sealed or field.name in state.form.guarded)
        }
        if self._drafts is None or typed == self._kept:
            return
        if not typed:
            self.discard()
            return
        before = {name: state.before[name] for name in typed}
        rows = {_TYPED: KeptRow(typed, "", self._of), _BEFORE: KeptRow(before, "", self._of)}
        try:
            self._drafts.keep(str(uuid4()), rows)
        except (OfficeError, sqlite3.Error, OSError) as error:
            self.why_not = sentence(error)
        else:
            self._kept, self.why_not = typed, ""

    def discard(self) -> None:
        """Discard what the file has: it was saved, or is not wanted."""
        if self._drafts is None or not self._kept:
            return
        try:
            self._drafts.discard()
        except (OfficeError, sqlite3.Error, OSError) as error:
            self.why_not = sentence(error)
        else:
            self._kept = {}


def _of_form(texts: Mapping[str, str], known: set[str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name in known}
