"""RecordScreen: one record, and the actions on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem
from officeops.model.sealed_value import bare
from officeops.office.shown_value import shown_value
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.record_actions import record_keys
from officeops.tui.base.record_forms import add, new_key
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
        """Yield the key that adds to the list where the cursor is.

        Elsewhere it adds the kind that people report about the record, such as a ticket of a unit,
        or asks which kind.
        """
        here = self._list_here()
        if here is not None:
            yield self._adding_key(here.record, here.field.name)
            return
        key, reference = self.record_type.adds or ("", "")
        kind = self.office.records.get(key)
        if kind is not None and self.office.may_view(kind):
            yield self._adding_key(kind, reference)
        elif self._added_here():
            yield Key(
                keys=(":new",),
                label="add here",
                run=self._ask_what_to_add,
                help="Add a record of another kind that belongs to this one",
                means="new",
                rank=3,
            )

    def _adding_key(self, kind: type[Record], reference: str) -> Key:
        new = new_key(self, kind, lambda: {reference: self.record_id})
        return new.replace(label=f"new {kind.meta.one}")

    def _list_here(self) -> PointingRecords | None:
        """Return the list that the line under the cursor is in, or None."""
        for line in reversed(self.list.lines[: self.list.cursor + 1]):
            if isinstance(line.target, PointingRecords):
                return line.target
            if not line.text.strip():
                return None
        return None

    def _added_here(self) -> dict[str, tuple[type[Record], str]]:
        """Return the kinds that a person may add here, by noun, with the field that points here."""
        kinds: dict[str, tuple[type[Record], str]] = {}
        for kind in self.office.seen().values():
            meta = kind.meta
            may_add = meta.editable and not meta.child and self.office.may(f"{meta.key}.add")
            for field in meta.fields if may_add else ():
                if field.target == self.record_type.meta.key and not field.managed:
                    kinds.setdefault(meta.noun, (kind, field.name))
        return kinds

    def _ask_what_to_add(self) -> None:
        kinds = self._added_here()
        if len(kinds) == 1:
            self._add(next(iter(kinds)))
            return
        self.ask_for(
            f"Add here ({', '.join(kinds)}): ",
            str,
            self._add,
            complete=lambda text: next((noun for noun in kinds if noun.startswith(text)), None),
        )

    def _add(self, noun: str) -> None:
        kinds = self._added_here()
        fitting = [known for known in kinds if known.startswith(noun.strip())] if noun else []
        if noun not in kinds and len(fitting) != 1:
            raise UsageProblem(
                f"There is no {noun!r} to add here; there are {', '.join(kinds)}.",
                code="unknown-choice",
            )
        kind, reference = kinds[noun if noun in kinds else fitting[0]]
        add(self, kind, {reference: self.record_id})

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

    def came(self, record: type[Record], record_id: int) -> None:
        """Put the cursor on a record that was added from here, or on its list where it has no line."""
        self.reload()
        place = self._place_of(Pointer, record, record_id)
        if place is None:
            place = self._place_of(PointingRecords, record, self.record_id)
        if place is not None:
            self.list.move_to(place)

    def _place_of(
        self,
        kind: type[Pointer | PointingRecords],
        record: type[Record],
        number: int,
    ) -> int | None:
        for place, line in enumerate(self.list.lines):
            target = line.target
            if isinstance(target, kind) and (target.record, target.id) == (record, number):
                return place
        return None

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
