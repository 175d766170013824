"""RecordScreen: one record: its values, what points to it, its history, and everything that can be done to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.sealed_value import bare
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.record_actions import record_keys
from officeops.tui.base.record_verbs import verbs
from officeops.tui.screens.browser import Browser
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.record_lines import Hidden, Many, Pointer, lines, value_text
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.widgets.lines import Line


class RecordScreen(LineScreen):
    """One record."""

    def __init__(self, office: Office, kind: type[Record], record_id: int) -> None:
        super().__init__(office)
        self.kind, self.record_id = kind, record_id
        self._words = ""
        self._able: set[str] = set()
        self.needs = (f"{kind.meta.key}.view",)

    def crumb(self) -> str:
        """Return kind and name; the list of its kind just before it says the kind already."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack else None
        if isinstance(below, Browser) and below.record is self.kind:
            return self._words
        return f"{self.kind.meta.label} {self._words}".rstrip()

    def withdraw(self) -> None:
        """Forget the record's name too, which stands in the breadcrumb of the screens above."""
        super().withdraw()
        self._words = ""

    def current(self) -> Record:
        """Return the record as it is now. Raises NotFound where it is gone."""
        return self.office.get(self.kind, self.record_id)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the record's lines."""
        record = self.current()
        self._words = safe(self.office.name(record))
        self._able = {
            verb.key
            for verb in verbs(self.office, self.kind)
            if not verb.why_not(self.office, record)
        }
        return list(lines(self.office, record, width))

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the record. What cannot be done now is not in the key line, and says why when pressed."""
        yield Key(("enter",), "open", self.open, "Open what the line stands for", 1)
        for key in record_keys(self, self.kind, lambda: [self.current()], rank=2):
            yield key if key.label == "edit" or key.keys[0] in self._able else key.replace(rank=9)
        yield Key(("right", "l"), "open", self.open, "Open what the line stands for", 9)

    def _revealed(self, field: Field, office: Office) -> str:
        value = office.reveal(office.get(self.kind, self.record_id), field.name)
        return f"{field.label}: {value_text(office, bare(field), value) or 'blank'}"

    def _tell_once(self, words: str) -> None:
        """Show a value until the next key, and keep it from the messages that can be read again."""
        self.prompt.say(words, keep=False)

    def open(self) -> None:
        """Open what the line stands for: a record, the list of all that point here, or, once asked again, a sealed value."""
        target = self.selected
        if isinstance(target, Pointer):
            self.desk.open_record(target.record, target.id)
        elif isinstance(target, Many):
            self.desk.open_list(target.record, f"{target.field.public_name}=#{target.id}")
        elif isinstance(target, Hidden):
            field = target.field
            ask = f"Show {field.label.lower()}? The history records that you read it."
            self.ask(ask, lambda: self.write(partial(self._revealed, field), self._tell_once))
        else:
            self.say("There is nothing more behind this line; e edits the record.")
