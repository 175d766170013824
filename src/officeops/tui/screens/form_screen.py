"""FormScreen: every form: a new record, an edited one, or the parameters of an action."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from textual.widgets import Static

from officeops.model.errors import Conflict, OfficeError, Refused
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.forms.field_row import FieldRow
from officeops.tui.forms.field_rows import FieldRows
from officeops.tui.forms.form_draft import FormDraft
from officeops.tui.forms.form_state import FormState
from officeops.tui.forms.form_view import FormView
from officeops.tui.forms.hints import foot_lines, hint
from officeops.tui.forms.last_changes import last_changes
from officeops.tui.screens.form_children import FormChildren
from officeops.tui.screens.form_conflicts import FormConflicts
from officeops.tui.screens.form_keys import form_keys
from officeops.tui.terminal.keys import key_name
from officeops.tui.widgets.foot import Foot
from officeops.tui.widgets.office_time import clock_time
from officeops.tui.widgets.rows import GUTTER
from officeops.values import wording
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from textual import events
    from textual.widget import Widget

    from officeops.model.errors import Problem
    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.tui.forms.form import Form
    from officeops.tui.forms.form_row import FormRow
    from officeops.tui.terminal.keys import Key
    from officeops.tui.terminal.scans import Scan

#: The keys that a text of several lines takes before the form does.
IN_LONG_TEXT: Final = frozenset({"enter", "up", "down"})


class FormScreen(OfficeScreen):
    """A form. Ctrl+s saves; Esc goes back, and asks first if it would lose an entry."""

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
        texts, within = self.state.texts, self.state.within
        self._children = FormChildren(self, form.children)
        rows = [FieldRow(office, field, texts[field.name], within) for field in self.state.fields]
        self._rows = FieldRows([*rows, *self._children.sections])
        self._view = FormView(self._rows)
        self._foot = Foot(foot_lines("", 1))
        self._conflicts = FormConflicts(self, self.state, self._rows)
        self._draft = FormDraft(self.office, self.state)
        #: Whether the texts are saved, or not wanted.
        self._is_done = False

    def body(self) -> Iterable[Widget]:
        """Return the fields, one below another, and above them what the form says first."""
        note = self.form.note
        above = [Static(f" {note}", markup=False)] if note else []
        return [*above, self._view, self._foot]

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
        self.show_notes()
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
        return self._children.keys(self._rows.here)

    def common_keys(self) -> Iterator[Key]:
        """Yield the keys of a form."""
        return form_keys(self)

    def scanned(self, scan: Scan) -> None:
        """Leave the form as it is: with a field open, a scan is text and does not come here."""
        self.say(f"{scan.shown} was scanned with no field open; nothing was done.")

    def on_key(self, event: events.Key) -> None:
        """Take a key as text, unless it is one of the form."""
        here = self._rows.here
        is_mine = self.app.screen is self and not self.prompt.busy
        if here is None or not is_mine or not self._takes(here, event):
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.prompt.clear()
        self._typed(here)

    def _takes(self, row: FormRow, event: events.Key) -> bool:
        """Whether a row took a key: its text comes before the keys that move between rows."""
        if self.key_named(key_name(event)) is None:
            return row.take(event)
        return event.key in IN_LONG_TEXT and row.height() > 1 and row.take(event)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the field, or into the prompt line while it reads."""
        here = self._rows.here
        if self.prompt.busy or here is None:
            super().on_paste(event)
        else:
            here.paste(event.text)
            self._typed(here)

    def _typed(self, row: FormRow) -> None:
        """Keep the text of a row, and say what it means."""
        if isinstance(row, FieldRow):
            name = row.field.name
            if self.state.texts[name] != row.text:
                self.state.texts[name] = row.text
                self._forget_error(row)
            self._remark_on(row)
        self._view.draw(row)
        self._describe()
        self.show_bars()

    def _forget_error(self, row: FieldRow) -> None:
        if self.state.errors.pop(row.field.name, None) is not None:
            row.note()
            self.lay_out()

    def _remark_on(self, row: FieldRow) -> None:
        if not row.is_open:
            row.remark = self.state.remark(self.office, row.field, is_here=row is self._rows.here)

    def go(self, by: int) -> None:
        """Go to another field."""
        if self._take_scans():
            before = self._rows.here
            self._rows.go(by)
            self._came_from(before)

    def enter(self, row: FormRow) -> None:
        """Go to a row."""
        before = self._rows.here
        self._rows.enter(row)
        self._came_from(before)

    def _came_from(self, before: FormRow | None) -> None:
        self._keep()
        for row in (before, self._rows.here):
            if isinstance(row, FieldRow):
                self.state.texts[row.field.name] = row.text
                self._remark_on(row)
        self._view.draw(before, self._rows.here)
        self._describe()

    def _describe(self) -> None:
        """Describe the field in the last lines."""
        here = self._rows.here
        if isinstance(here, FieldRow):
            words = hint(here.field, self.office.ways, has_value=self.form.only_changed)
            remark, is_wrong = here.remark
            # Beside the text there may be no room for all of it.
            words = f"! {remark}. {words}" if is_wrong else words
            self._foot.show(foot_lines(words, self.size.width - GUTTER))

    def lay_out(self) -> None:
        """Draw all rows again: there may be more lines or fewer."""
        self._view.lay_out()

    def step(self, by: int) -> None:
        """Choose a suggestion if any are offered, else go to another field."""
        here = self._rows.here
        if here is None or not here.moves(by):
            self.go(by)
        else:
            self._typed(here)

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
            self.lay_out()
            labels = [row.field.words for row in self._rows if texts.get(row.field.name)]
            self.show_bars()
            self.prompt.say(f"The code filled {wording.listing(labels)}.", keep=False)
        return True

    def next_or_save(self) -> None:
        """Go to the next field; after the last one, save."""
        if not self._rows or self._rows.is_last:
            self.save()
        else:
            self.go(1)

    def back(self) -> None:
        """Close the suggestions; without any, go back."""
        here = self._rows.here
        if here is not None and here.is_open:
            here.shut()
            self._view.draw(here)
        else:
            super().back()

    # -- saving ------------------------------------------------------------------------------------

    def save(self) -> None:
        """Read the entries and save them, with a question first if the form has one."""
        # Esc and Tab settle suggestions; ctrl+s may come in the middle of them.
        if self._rows.here is not None:
            self.enter(self._rows.here)
        if not self._take_scans():
            return
        if self.state.conflicts:
            self._conflicts.ask_next()
            return
        values = self.state.read(self.office)
        self.show_notes()
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
        self.lose()
        if self.app.screen is self:
            self.app.pop_screen()
        self._saved(message)

    def _show_refusal(self, error: Exception) -> None:
        """Show each problem at its field, and the others on the prompt line."""
        if isinstance(error, Conflict) and self._children.clash(error):
            return
        if isinstance(error, Conflict) and self.form.rebase:
            self._children.refresh()
            now = self.form.rebase(self.office)
            by = last_changes(self.office, self.form.about) if self.form.about else {}
            self._conflicts.begin(error, now, by)
            return
        elsewhere = self.state.blame(error)
        self.show_notes()
        if elsewhere:
            self.prompt.say(self._refusal_text(error, elsewhere), alarm=True)
        else:
            self._go_to_first_error()

    def _refusal_text(self, error: Exception, elsewhere: Sequence[Problem]) -> str:
        if not self.state.errors:
            return self.dialog.sentence(error)
        return safe("; ".join(map(str, elsewhere)))

    def show_notes(self) -> None:
        """Show the errors below the rows."""
        for row in self._rows:
            row.note(*self._conflicts.notes(row))
        self.lay_out()

    def _go_to_first_error(self) -> None:
        for row in self._rows:
            error = self.state.errors.get(row.field.name)
            if error is not None:
                self.enter(row)
                self.prompt.say(f"{row.field.label} {error}", alarm=True)
                return

    # -- events ------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Begin at the first field, with the texts that were typed before a line dropped."""
        typed_at = self.guarded(self._draft.take)
        for row in self._rows:
            if isinstance(row, FieldRow):
                row.put(self.state.texts[row.field.name])
                self._remark_on(row)
        self._rows.go(0)
        # The view made its lines before the draft was read.
        self.lay_out()
        self._describe()
        if typed_at is not None:
            self._tell_of_draft(typed_at)

    def _tell_of_draft(self, typed_at: datetime) -> None:
        count = wording.count(len(self.state.changed), "field")
        at = clock_time(self.office, typed_at)
        self.say(f"{count} typed at {at}, not saved; Esc and y discards.")
        if self.state.conflicts:
            self._conflicts.ask_next()

    # -- texts that are not saved ------------------------------------------------------------------------

    def _keep(self) -> None:
        was_kept = not self._draft.why_not
        self._draft.keep()
        if was_kept and self._draft.why_not:
            # Said once: the form can be saved all the same.
            self.say(f"What you type is not kept yet. {self._draft.why_not}")

    def lose(self) -> None:
        """Discard the draft: it is saved, or not wanted."""
        self._is_done = True
        self._draft.discard()

    def hung_up(self) -> None:
        """Keep the texts: the line dropped."""
        self._draft.keep()

    def on_unmount(self) -> None:
        """Keep the texts: the program closes."""
        if not self._is_done:
            self._draft.keep()
