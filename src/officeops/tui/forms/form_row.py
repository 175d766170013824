"""FormRow: one row of a form, a field or the children of one kind. No widget: the form draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui.terminal.cells import cut, pad, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual import events

    from officeops.model.fields import Field
    from officeops.tui.widgets.rows import Span

    #: A line of a form, in pieces.
    FormLine = list[Span]

#: Cells of a label, and between it and the text.
LABEL: Final = 18
GAP: Final = 2


class FormRow:
    """A row of a form. `field` is what its problems are about."""

    #: Whether letters are text in it, and not keys.
    takes_text = False

    def __init__(self, field: Field) -> None:
        self.field = field
        self._notes: Sequence[str] = ()

    # -- for subclasses ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Come to the row."""

    def leave(self) -> None:
        """Leave the row."""

    def put(self, text: str) -> None:
        """Put another text into the row."""

    def take(self, event: events.Key) -> bool:  # noqa: ARG002 - for subclasses
        """Take a key, if the row has a use for it."""
        return False

    def paste(self, text: str) -> None:
        """Paste text."""

    @property
    def is_open(self) -> bool:
        """Whether suggestions are offered."""
        return False

    def shut(self) -> None:
        """Close the list of suggestions."""

    def offered(self, width: int) -> Sequence[str]:  # noqa: ARG002 - for subclasses
        """Return the suggestions as lines."""
        return ()

    def moves(self, by: int) -> bool:  # noqa: ARG002 - for subclasses
        """Choose another suggestion or line of the row, if there is one in that direction."""
        return False

    def height(self) -> int:
        """Return how many lines the row has without its notes."""
        return 1

    def text_lines(self, width: int, *, is_here: bool) -> Iterable[FormLine]:  # noqa: ARG002
        """Yield the lines beside the label."""
        return ()

    def caret(self, width: int) -> tuple[int, int]:  # noqa: ARG002 - for subclasses
        """Return the line and the cell of the cursor, from the first line beside the label."""
        return 0, 0

    # -- drawing -----------------------------------------------------------------------------------

    def note(self, *parts: str) -> None:
        """Show a note below the row; none removes it.

        Several parts are side by side if they fit, else one below another.
        """
        self._notes = [part for part in parts if part]

    def lines(self, width: int, *, is_here: bool) -> Iterator[FormLine]:
        """Yield the lines of the row: label and text, and the notes below."""
        label = pad(self.field.label, LABEL) + " " * GAP
        for line in self.text_lines(width - LABEL - GAP, is_here=is_here):
            yield [(label, "strong" if is_here else "dim"), *line]
            label = " " * (LABEL + GAP)
        for number, note in enumerate(self._note_lines(width - LABEL - GAP)):
            mark = "! " if number == 0 else ""
            yield [(label, ""), (f"{mark}{note}", "alarm")]

    def lines_of(self, width: int) -> int:
        """Return how many lines the row has with its notes."""
        return self.height() + len(self._note_lines(width - LABEL - GAP))

    def _note_lines(self, width: int) -> list[str]:
        room = max(width - 2, 1)
        side_by_side = "   ".join(self._notes)
        if len(self._notes) > 1 and width_of(side_by_side) > room:
            return [cut(part, room) for part in self._notes]
        return wrapped(side_by_side, room) if side_by_side else []
