"""FieldRow: one field of a form: its label, its text, what it means, and below it its error."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.model.errors import OfficeError
from officeops.query.candidates import candidates
from officeops.tui.forms.form_row import FormRow
from officeops.tui.forms.inputs import edit_for
from officeops.tui.terminal.cells import cut, pad, width_of
from officeops.tui.widgets.suggestions import Suggestions
from officeops.tui.widgets.text_edit import TextEdit
from officeops.values.scanned.refusal import SEPARATOR, SHOWN_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual import events

    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.tui.forms.form_row import FormLine
    from officeops.tui.widgets.line_edit import LineEdit

#: The fewest cells of a typed text, and the lines of a long one.
FEWEST: Final = 16
_LINES: Final = 3
#: The kinds of field that offer suggestions.
SUGGESTING: Final = frozenset({"reference", "choice"})


class FieldRow(FormRow):
    """A field of a form."""

    def __init__(
        self,
        office: Office,
        field: Field,
        text: str,
        within: Callable[[Office, Field], Mapping[str, int]],
    ) -> None:
        super().__init__(field)
        self._office = office
        self._within = within
        #: The text that nobody typed.
        self._start = text
        self._edit = edit_for(field, text)
        self._edit.fresh = False
        self._top = 0
        self._suggestions = Suggestions()
        #: The meaning of the text, beside it, and whether that is an error.
        self.remark = ("", False)

    @property
    def text(self) -> str:
        """The text as typed so far."""
        return self._edit.text

    @property
    def is_fresh(self) -> bool:
        """Whether the first letter typed replaces the text."""
        return self._edit.fresh

    def enter(self) -> None:
        """Come to the field.

        The first letter typed replaces a text nobody typed; moving in it keeps it.
        """
        is_line = not isinstance(self._edit, TextEdit)
        self._edit.fresh = is_line and bool(self.text) and self.text == self._start

    def leave(self) -> None:
        """Leave the field: a single suggestion is taken, and the list closes."""
        self._edit.fresh = False
        only = self._suggestions.only()
        if only is not None:
            self._edit.fill(only)
        self.shut()

    def put(self, text: str) -> None:
        """Put another text into the field, as one that nobody typed."""
        self._start = text
        if text != self.text:
            self._edit.fill(text)

    # -- typing ------------------------------------------------------------------------------------

    takes_text = True

    def take(self, event: events.Key) -> bool:
        """Take a key, if it is one of the text."""
        before = self.text
        character = event.character or ""
        if character == SEPARATOR or (character and event.is_printable):
            self._edit.insert(character.replace(SEPARATOR, SHOWN_SEPARATOR))
        elif not self._edit.press(event.key):
            return False
        self._follow(before)
        return True

    def paste(self, text: str) -> None:
        """Paste text."""
        before = self.text
        self._edit.insert(text.replace(SEPARATOR, SHOWN_SEPARATOR))
        self._follow(before)

    def _follow(self, before: str) -> None:
        if self.text != before and self.field.kind.editor in SUGGESTING:
            self._suggest()

    # -- suggestions -------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether suggestions are offered."""
        return self._suggestions.is_open

    def moves(self, by: int) -> bool:
        """Choose the next or previous suggestion, if any are offered."""
        if not self.is_open:
            return False
        self._edit.fill(self._suggestions.step(by))
        return True

    def shut(self) -> None:
        """Close the list of suggestions."""
        self._suggestions.offer([])

    def offered(self, width: int) -> Sequence[str]:
        """Return the suggestions as lines."""
        return self._suggestions.text(width).split("\n") if self.is_open else ()

    def _suggest(self) -> None:
        """Offer the candidates of the text, unless it is the only one already."""
        offered = self._candidates()
        words = [word for word, _ in offered]
        self._suggestions.offer([] if words == [self.text] else offered)
        nothing = "nothing like it" if self.text.strip() and not offered else ""
        self.remark = (nothing, False)

    def _candidates(self) -> list[tuple[str, str]]:
        if self.field.target and not self.text.strip():
            return []
        try:
            within = self._within(self._office, self.field)
            return candidates(self._office, self.field, self.text, within)
        except (OfficeError, sqlite3.Error):
            return []  # saving shows the error

    # -- drawing -----------------------------------------------------------------------------------

    def height(self) -> int:
        """Return how many lines the text has."""
        return _LINES if isinstance(self._edit, TextEdit) else 1

    def text_lines(self, width: int, *, is_here: bool) -> Iterable[FormLine]:
        """Yield the lines of the text."""
        if isinstance(self._edit, TextEdit):
            yield from self._long_lines(self._edit, width, is_here=is_here)
            return
        remark, is_wrong = self.remark
        room = max(width - width_of(remark) - 2, min(FEWEST, width)) if remark else width
        line = list(_one_line(self._edit, room, is_here=is_here))
        if remark:
            shown = cut(remark, width - room - 2)
            line.append((f"  {shown}", "alarm" if is_wrong else "dim"))
        yield line

    def _long_lines(
        self,
        edit: TextEdit,
        width: int,
        *,
        is_here: bool,
    ) -> Iterable[FormLine]:
        edit.width = width - 1
        row, column = edit.caret
        if not is_here:
            self._top = 0
        elif not self._top <= row < self._top + _LINES:
            self._top = max(row - _LINES + 1, 0) if row > self._top else row
        for number in range(self._top, self._top + _LINES):
            text = self._line_of(edit, number)
            if is_here and number == row:
                before, under = text[:column], text[column : column + 1].strip() or " "
                rest = width - width_of(before) - width_of(under)
                after = pad(text[column + 1 :], max(rest, 0))
                yield [(before, "field"), (under, "cursor"), (after, "field")]
            else:
                yield [(pad(text, width), "field")]

    def _line_of(self, edit: TextEdit, number: int) -> str:
        if number >= len(edit.lines):
            return ""
        start, end = edit.lines[number]
        return edit.text[start:end]

    def caret(self, width: int) -> tuple[int, int]:
        """Return the line and the cell of the cursor in the text."""
        if isinstance(self._edit, TextEdit):
            row, column = self._edit.caret
            start = self._edit.lines[row][0]
            return row - self._top, width_of(self._edit.text[start : start + column])
        before, _, _ = self._edit.window(width)
        return 0, width_of(before)


def _one_line(
    edit: LineEdit,
    room: int,
    *,
    is_here: bool,
) -> FormLine:
    """Return a text in one line, with the cursor where the person is."""
    if not is_here:
        return [(pad(edit.shown, room), "field")]
    before, under, after = edit.window(room)
    rest = room - width_of(before)
    if edit.fresh:
        return [(before, "cursor"), (pad(under, rest), "field")]
    left = max(rest - width_of(under), 0)
    return [(before, "field"), (under, "cursor"), (pad(after, left), "field")]
