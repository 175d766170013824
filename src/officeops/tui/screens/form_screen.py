"""FormScreen: every form: a new record, an edited one, or the parameters of an action."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll
from textual.widgets import Static

from officeops.model.errors import Conflict, OfficeError, Refused
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.forms.field_row import FieldRow
from officeops.tui.forms.field_rows import FieldRows
from officeops.tui.forms.form_state import FormState
from officeops.tui.forms.hints import hint
from officeops.tui.screens.form_children import FormChildren
from officeops.tui.screens.form_conflicts import FormConflicts
from officeops.tui.screens.form_keys import form_keys
from officeops.values import wording
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from textual.widget import Widget

    from officeops.model.errors import Problem
    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.tui.forms.form import Form
    from officeops.tui.terminal.keys import Key
    from officeops.tui.terminal.scans import Scan


class FormScreen(OfficeScreen):
    """A form. Ctrl+s saves; Esc goes back, and asks first if it would lose an entry."""

    DEFAULT_CSS = """
    FormScreen > VerticalScroll {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background;
    }
    FormScreen > VerticalScroll:ansi { background: ansi_default; }
    """
    #: `!` is text in a form.
    MESSAGES_KEY = "f2"

    def __init__(
        self,
        office: Office,
        form: Form,
        saved: Callable[[str], object],
    ) -> None:
        super().__init__(office)
        self.form = form
        self.state = FormState(form)
        self._title = form.title
        self._saved = saved
        self.require(*form.needs)
        self._entered: Field | None = None
        texts, within = self.state.texts, self.state.within
        self._children = FormChildren(self, form.children)
        rows = [FieldRow(office, field, texts[field.name], within) for field in self.state.fields]
        self._rows = FieldRows([*rows, *self._children.sections])
        self._conflicts = FormConflicts(
            self,
            self.state,
            self._rows,
            self._show_notes,
        )

    def body(self) -> Iterable[Widget]:
        """Return the fields, one below another, and above them what the form says first."""
        scroll = VerticalScroll(*self._rows)
        scroll.can_focus = False
        note = self.form.note
        return [Static(f" {note}", markup=False), scroll] if note else [scroll]

    def crumb(self) -> str:
        """Return the form's title."""
        return safe(self._title)

    def status(self) -> str:
        """Return how many fields are not saved yet."""
        count = len(self.state.changed) + len(self._children.unsaved)
        return f"{count} not saved" if count else ""

    def unsaved(self) -> str:
        """Return the entries that are not saved."""
        labels = [*[field.words for field in self.state.changed], *self._children.unsaved]
        if len(labels) == 1:
            return labels[0]
        return f"{len(labels)} changes" if labels else ""

    # -- lost permissions --------------------------------------------------------------------------

    def withdraw(self) -> None:
        """Remove from the form what may no longer be seen.

        Other entries stay as they were typed.
        """
        super().withdraw()
        may_stay = all(map(self.office.may, self.form.needs))
        # Without the form's permissions nothing of it may stay, not even the title.
        if not may_stay:
            self._title = ""  # it names the record
        lost = [row for row in self._rows if not (may_stay and self._is_allowed(row.field))]
        for row in lost:
            self.state.drop(row.field)
            self._rows.remove(row)
        for row in self._rows:
            row.shut()
            if row.field.target and not self.office.may(f"{row.field.target}.view"):
                # The name of such a record may be in the field, typed or offered.
                self.state.blank(row.field)
                row.put("")
        self._show_notes()
        if lost and may_stay:
            labels = ", ".join(row.field.label for row in lost)
            self.say(f"You can no longer edit {labels}; your other entries are kept.")

    def _is_allowed(self, field: Field) -> bool:
        """Whether the acting person may still fill in a field, and see the value it began with."""
        guard = self.form.guarded.get(field.name)
        if not guard:
            return True
        began_blank = not self.state.before[field.name]
        return self.office.may(f"{guard}.edit") and (
            began_blank or self.office.may(f"{guard}.view")
        )

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the row of children that has the focus, if one has."""
        return self._children.keys(self.focused)

    def common_keys(self) -> Iterator[Key]:
        """Yield the keys of a form."""
        return form_keys(self)

    def scanned(self, scan: Scan) -> None:
        """Leave the form as it is: with a field open, a scan is text and does not come here."""
        self.say(f"{scan.shown} was scanned with no field open; nothing was done.")

    def go(self, by: int) -> None:
        """Go to another field."""
        if self._take_scans():
            self._rows.go(self.focused, by)

    def step(self, by: int) -> None:
        """Choose a suggestion if any are offered, else go to another field."""
        if not self._rows.here(self.focused).moves(by):
            self.go(by)
        self.show_bars()

    def _take_scans(self) -> bool:
        """Spread a scanned code over the fields that it fills; return whether it can be used."""
        try:
            texts = self.state.take_scans(self.office)
        except Refused as error:
            self.prompt.say(self.dialog.sentence(error), alarm=True)
            return False
        if texts:
            for row in self._rows:
                if row.field.name in texts:
                    row.put(texts[row.field.name])
            labels = [row.field.words for row in self._rows if texts.get(row.field.name)]
            self.show_bars()
            self.prompt.say(f"The code filled {wording.listing(labels)}.", keep=False)
        return True

    def next_or_save(self) -> None:
        """Go to the next field; after the last one, save."""
        if not self._rows or self._rows.is_last(self.focused):
            self.save()
        else:
            self.go(1)

    def back(self) -> None:
        """Close the suggestions; without any, go back."""
        if self._rows and self._rows.here(self.focused).is_open:
            self._rows.here(self.focused).shut()
        else:
            super().back()

    # -- saving ------------------------------------------------------------------------------------

    def save(self) -> None:
        """Read the entries and save them, with a question first if the form has one."""
        # Esc and Tab settle suggestions; ctrl+s may come in the middle of them.
        for row in self._rows:
            row.settle()
        if not self._take_scans():
            return
        if self.state.conflicts:
            self._conflicts.ask_next()
            return
        values = self.state.read(self.office)
        self._show_notes()
        if values is None:
            self._go_to_first_error()
        elif self.form.only_changed and not (values or self._children.unsaved):
            self.say("Nothing was changed; Esc goes back.")
        elif self.form.question:
            self._ask(values)
        else:
            self._send(values)

    def _ask(self, values: dict[str, Any]) -> None:
        """Ask before saving; the question says what would happen, where the form knows it."""
        question = self.form.question
        if self.form.preview:
            try:
                question = f"{question} {self.form.preview(self.office, values)}"
            except OfficeError as error:
                # What would be refused is not asked about.
                self._show_refusal(error)
                return
        self.ask(question, partial(self._send, values))

    def _send(self, values: dict[str, Any]) -> None:
        self.write(
            lambda office: self.form.save(office, values),
            self._close,
            self._show_refusal,
        )

    def _close(self, message: str) -> None:
        if self.app.screen is self:
            self.app.pop_screen()
        self._saved(message)

    def _show_refusal(self, error: Exception) -> None:
        """Show each problem at its field, and the others on the prompt line."""
        if isinstance(error, Conflict) and self._children.clash(error):
            return
        if isinstance(error, Conflict) and self.form.rebase:
            self._children.refresh()
            self._conflicts.begin(error, self.form.rebase(self.office))
            return
        elsewhere = self.state.blame(error)
        self._show_notes()
        if elsewhere:
            self.prompt.say(self._refusal_text(error, elsewhere), alarm=True)
        else:
            self._go_to_first_error()

    def _refusal_text(self, error: Exception, elsewhere: Sequence[Problem]) -> str:
        if not self.state.errors:
            return self.dialog.sentence(error)
        return safe("; ".join(map(str, elsewhere)))

    def _show_notes(self) -> None:
        for row in self._rows:
            row.note(self._conflicts.note(row), wrong=True)

    def _go_to_first_error(self) -> None:
        for row in self._rows:
            error = self.state.errors.get(row.field.name)
            if error is not None:
                row.control.focus()
                self.prompt.say(f"{row.field.label} {error}", alarm=True)
                return

    # -- events ------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin at the first field."""
        self._rows.enter_first()
        self.refresh_if_changed()

    def on_field_row_typed(self, event: FieldRow.Typed) -> None:
        """Keep the text."""
        self.state.texts[event.name] = event.text
        self.show_bars()

    def on_field_row_entered(self, event: FieldRow.Entered) -> None:
        """Show the field's hint, unless the person only comes back to it from a question."""
        if event.field is not self._entered and event.field.name not in self.state.errors:
            words = hint(event.field, has_value=self.form.only_changed)
            self.prompt.say(words, keep=False)
        self._entered = event.field
