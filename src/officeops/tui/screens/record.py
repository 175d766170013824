"""RecordScreen: one record, and the actions on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.sealed_value import bare
from officeops.office.shown_value import shown_value
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.record_actions import record_keys
from officeops.tui.base.record_forms import new_key
from officeops.tui.base.record_verbs import verbs
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.record_lines import record_lines
from officeops.tui.record_lines.targets import Pointer, PointingRecords, SealedField
from officeops.tui.terminal.keys import NEVER, Key
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.widgets.lines import Line


class RecordScreen(LineScreen):
    """One record."""

    def __init__(
        self,
        office: Office,
        record_type: type[Record],
        record_id: int,
    ) -> None:
        super().__init__(office)
        self.record_type = record_type
        self.record_id = record_id
        self._record_name = ""
        #: The words of the actions that can run now.
        self._ready: set[str] = set()
        self.require(f"{record_type.meta.key}.view")

    def crumb(self) -> str:
        """Return type and name; only the name if the screen below lists the type already."""
        if self._type_below() is self.record_type:
            return self._record_name
        return f"{self.record_type.meta.label} {self._record_name}".rstrip()

    def _type_below(self) -> type[Record] | None:
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1] if self in stack else None
        return below.listed_type() if isinstance(below, OfficeScreen) else None

    def withdraw(self) -> None:
        """Forget the record's name too: it is in the breadcrumb of the screens above."""
        super().withdraw()
        self._record_name = ""

    def current(self) -> Record:
        """Return the record as it is now. Raises NotFound if it is gone."""
        return self.office.get(self.record_type, self.record_id)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the record's lines."""
        record = self.current()
        self._record_name = safe(self.office.name(record))
        # Working the reasons out for each key press would read the record each time.
        self._ready.clear()
        for verb in verbs(self.office, self.record_type):
            if not verb.why_not(self.office, record):
                self._ready.add(verb.word)
        return list(record_lines(self.office, record, width))

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the record.

        An action that cannot run now is not in the key line; its key still says why.
        """
        words = "Open the record or list on this line"
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open,
            help=words,
            rank=1,
        )
        yield from self._adding_keys()
        for key in record_keys(
            self,
            self.record_type,
            lambda: [self.current()],
            rank=2,
        ):
            # Editing is a form and none of the verbs that were asked.
            is_ready = key.label == "edit" or key.word in self._ready
            yield key if is_ready else key.replace(rank=NEVER)

    def _adding_keys(self) -> Iterator[Key]:
        """Yield the key that adds the kind that people report about the record: a ticket of a unit."""
        if self.record_type.adds is None:
            return
        key, reference = self.record_type.adds
        kind = self.office.records.get(key)
        if kind is not None and self.office.may_view(kind):
            new = new_key(self, kind, lambda: {reference: self.record_id})
            yield new.replace(label=f"new {kind.meta.one}")

    def open(self) -> None:
        """Open the line's record or list, or show its sealed value after a question."""
        target = self.selected
        if isinstance(target, Pointer):
            self.navigator.open_record(target.record, target.id)
        elif isinstance(target, PointingRecords):
            self.navigator.open_list(target.record, f"{target.field.public_name}=#{target.id}")
        elif isinstance(target, SealedField):
            self._ask_to_reveal(target.field)
        else:
            self.say(
                f"There is nothing more behind this line; {self.letters['edit']} edits the record."
            )

    def _ask_to_reveal(self, field: Field) -> None:
        question = f"Show {field.words}? The history records that you read it."
        reveal = partial(
            self.write,
            partial(self._revealed, field),
            self._show_once,
        )
        self.ask(question, reveal)

    def _revealed(self, field: Field, office: Office) -> str:
        # In the office of the thread, whose action records that somebody read the value.
        record = office.get(self.record_type, self.record_id)
        value = office.reveal(record, field.name)
        return f"{field.label}: {shown_value(office, bare(field), value) or 'blank'}"

    def _show_once(self, words: str) -> None:
        """Show a value until the next key.

        It stays out of the messages that can be read again.
        """
        self.prompt.say(words, keep=False)
