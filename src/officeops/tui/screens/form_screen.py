"""FormScreen: every form: a new record, an edited one, what an action asks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll

from officeops.model.errors import Conflict
from officeops.model.sealed_value import MASK
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.forms.form_field import FieldRow
from officeops.tui.forms.form_state import Form, FormState
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.error_text import sentence
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.widget import Widget

    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.tui.terminal.scans import Scan

_HINTS = {
    "date": "a date: 2026-01-31, 1/31/2026, today, +30d",
    "money": "money: 12.50",
    "price": "a price: 12.50, or 0.125",
    "duration": "a duration: 90, 1:30, 1h30m",
    "yes_no": "yes or no; space changes it",
    "choice": "space shows the next choice",
    "reference": "type a part of its name, down chooses",
    "number": "a whole number",
    "quantity": "a whole number",
}


class FormScreen(OfficeScreen):
    """A form. Ctrl+s saves; Esc goes back, and asks first where something typed would be lost."""

    DEFAULT_CSS = """
    FormScreen > VerticalScroll { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    FormScreen > VerticalScroll { background: $background; }
    FormScreen > VerticalScroll:ansi { background: ansi_default; }
    """

    def __init__(self, office: Office, form: Form, saved: Callable[[str], object]) -> None:
        super().__init__(office)
        self.form, self.state = form, FormState(form)
        self._saved = saved
        self.needs = form.needs
        self.prompt.more_key = "f2"
        self._entered: Field | None = None
        self._fields = [
            FieldRow(office, f, self.state.texts[f.name], self.state.within)
            for f in self.state.fields
        ]

    def body(self) -> Iterable[Widget]:
        """Return the fields, one under another."""
        scroll = VerticalScroll(*self._fields)
        scroll.can_focus = False
        return [scroll]

    def crumb(self) -> str:
        """Return what the form is for."""
        return safe(self.form.title)

    def status(self) -> str:
        """Return what is not saved yet."""
        count = len(self.state.changed)
        return f"{count} not saved" if count else ""

    def unsaved(self) -> str:
        """Return what is typed and not saved."""
        names = [f.label.lower() for f in self.state.changed]
        return names[0] if len(names) == 1 else f"{len(names)} changes" if names else ""

    # -- what is theirs -----------------------------------------------------------------------------

    def withdraw(self) -> None:
        """Take out of the form what may not be seen any more; the rest stays as it was typed."""
        super().withdraw()
        mine = all(map(self.office.may, self.needs))
        if not mine:
            self.form.title = ""  # it names the record
        gone = [row for row in self._fields if not (mine and self._is_theirs(row.field))]
        for row in gone:
            self.state.drop(row.field)
            self._fields.remove(row)
            row.display = False
            if row.parent:
                row.remove()
        for row in self._fields:
            row.shut()
            if row.field.kind == "reference" and not self.office.may(f"{row.field.target}.view"):
                # The name of a record of that kind may stand there, typed or offered.
                self.state.blank(row.field)
                row.put("")
        self._show_errors()
        if gone and mine:
            names = ", ".join(row.field.label for row in gone)
            self.say(f"You can no longer edit {names}; your other entries are kept.")

    def _is_theirs(self, field: Field) -> bool:
        """Whether a field is for the acting person yet: to fill in, and to see what was in it."""
        guard = self.form.guarded.get(field.name)
        shown = self.state.before[field.name]
        return not guard or (
            self.office.may(f"{guard}.edit") and (not shown or self.office.may(f"{guard}.view"))
        )

    def common_keys(self) -> Iterator[Key]:
        """Yield the keys of a form: letters belong to what is typed."""
        yield Key(("ctrl+s",), "save", self.save, "Save and go back", 0)
        yield Key(("escape",), "back", self.back, "Go back; asks before it loses anything", 0)
        yield Key(
            ("tab", "enter"),
            "next field",
            self.next_or_save,
            "Next field; on the last one, enter saves",
            2,
        )
        yield Key(("shift+tab",), "previous", partial(self.go, -1), "Previous field", 8)
        yield Key(("down",), "down", partial(self.step, 1), "Next field or candidate", 9)
        yield Key(("up",), "up", partial(self.step, -1), "Previous field or candidate", 9)
        yield Key(("f2",), "messages", self.desk.open_messages, "Read the last messages in full", 9)
        yield Key(("f1",), "help", self.desk.open_help, "Show what every key does", 1)

    def scanned(self, scan: Scan) -> None:
        """Leave the form as it is: what is scanned goes into a field, once one is open."""
        self.say(f"{scan.shown} was scanned where no field is open; nothing was done.")

    def on_mount(self) -> None:
        """Begin at the first field."""
        if self._fields:
            self._fields[0].enter()
        self.take_news()

    # -- moving -------------------------------------------------------------------------------------

    @property
    def here(self) -> int:
        """Which field the person is in."""
        return next((i for i, row in enumerate(self._fields) if row.control is self.focused), 0)

    def go(self, by: int) -> None:
        """Go to another field."""
        if self._fields:
            self._fields[(self.here + by) % len(self._fields)].enter()

    def step(self, by: int) -> None:
        """Choose a candidate where some are offered, or go to another field."""
        row = self._fields[self.here]
        if row.is_open:
            row.step(by)
        else:
            self.go(by)

    def next_or_save(self) -> None:
        """Go to the next field; after the last one, save."""
        if not self._fields or self.here == len(self._fields) - 1:
            self.save()
        else:
            self.go(1)

    def back(self) -> None:
        """Close the offer; then go back, asking first where something typed would be lost."""
        if self._fields and self._fields[self.here].is_open:
            self._fields[self.here].shut()
        else:
            super().back()

    # -- saving -------------------------------------------------------------------------------------

    def save(self) -> None:
        """Read what was typed and save it, asking first where that is grave."""
        for row in self._fields:
            row.settle()
        if self.state.rifts:
            self._settle_next()
            return
        values = self.state.read(self.office)
        self._show_errors()
        if values is None:
            self._to_first_error()
        elif self.form.only_changed and not values:
            self.say("Nothing was changed; Esc goes back.")
        elif self.form.question:
            self.ask(self.form.question, partial(self._send, values))
        else:
            self._send(values)

    def _send(self, values: dict[str, Any]) -> None:
        self.write(lambda office: self.form.save(office, values), self._close, self._refused)

    def _close(self, words: str) -> None:
        if self.app.screen is self:
            self.app.pop_screen()
        self._saved(words)

    def _refused(self, error: Exception) -> None:
        """Show what was refused where it was typed."""
        if isinstance(error, Conflict) and self.form.rebase:
            self._clashed(error, self.form.rebase(self.office))
            return
        elsewhere = self.state.blame(error)
        self._show_errors()
        if elsewhere:
            self.prompt.say(
                sentence(error, self.fate)
                if not self.state.errors
                else safe("; ".join(map(str, elsewhere))),
                alarm=True,
            )
        else:
            self._to_first_error()

    # -- a clash ------------------------------------------------------------------------------------

    def _clashed(self, error: Conflict, now: dict[str, str]) -> None:
        """Show what someone else wrote meanwhile, and ask field by field whose is kept; nothing is settled silently."""
        self.state.rebase(now, error.mine)
        for row in self._fields:
            row.put(self.state.texts[row.field.name])
        if self.state.rifts:
            self._settle_next()
        else:
            what = error.archived or "changed"
            self.say(f"{safe(error.about)} was {what} since then; ctrl+s saves yours anyway.")

    def _settle_next(self) -> None:
        """Ask about the first field that is not settled."""
        self._show_errors()
        row = next((each for each in self._fields if each.field.name in self.state.rifts), None)
        if row is None:
            self.say("Every field is settled; ctrl+s saves.")
            return
        self.set_focus(row.control)
        self.call_after_refresh(row.scroll_visible, animate=False)
        mine, theirs = (partial(self._settle, row, theirs=each) for each in (False, True))
        count = len(self.state.rifts)
        more = f"{count} fields were changed by someone else too. " if count > 1 else ""
        question = f"{more}{row.field.label}: keep yours, or take theirs?"
        self.choose(
            question, {"m": mine, "t": theirs}, "m mine  t theirs  any other key neither yet"
        )

    def _settle(self, row: FieldRow, *, theirs: bool) -> None:
        row.put(self.state.settle(row.field.name, theirs=theirs))
        self._settle_next()

    def _told(self, row: FieldRow) -> str:
        """Return what stands under a field: what is wrong with it, or who wrote what."""
        name = row.field.name
        if rift := self.state.rifts.get(name):
            sides = {"yours": self.state.texts[name], "theirs": rift.theirs, "before": rift.before}
            sealed = MASK if row.field.sealed else ""
            words = {
                who: sealed or " ".join(text.split("\n")) or "blank" for who, text in sides.items()
            }
            return row.fitted([f"{who} {text}" for who, text in words.items()])
        return self.state.errors.get(name, "")

    # -- errors -------------------------------------------------------------------------------------

    def _show_errors(self) -> None:
        for row in self._fields:
            row.note(self._told(row), wrong=True)

    def _to_first_error(self) -> None:
        wrong = [row for row in self._fields if row.field.name in self.state.errors]
        if wrong:
            wrong[0].control.focus()
            first = wrong[0].field
            self.prompt.say(f"{first.label} {self.state.errors[first.name]}", alarm=True)

    # -- events -------------------------------------------------------------------------------------

    def on_field_row_typed(self, event: FieldRow.Typed) -> None:
        """Take note of what was typed."""
        self.state.texts[event.name] = event.text
        self.show_bars()

    def on_field_row_entered(self, event: FieldRow.Entered) -> None:
        """Say what the field is for; not to who only comes back to it from a question."""
        if event.field is not self._entered and event.field.name not in self.state.errors:
            self.prompt.say(hint(event.field, kept=self.form.only_changed), keep=False)
        self._entered = event.field


def hint(field: Field, *, kept: bool = False) -> str:
    """Return what a field is for and what it takes, in a line; `kept` where it has a value already."""
    unit = f"in {field.unit}" if field.unit else ""
    sealed = "sealed: unchanged unless typed" if kept else "sealed: not shown again"
    words = [
        field.help,
        sealed if field.sealed else "",
        ", ".join(field.choices) or _HINTS.get(field.kind, ""),
        unit,
    ]
    return ". ".join(each[:1].upper() + each[1:] for each in words if each)
