"""Lines: a list of lines, some of which have a target that Enter opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value
from officeops.tui.widgets.rows import Role, RowView, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Line", "LineList", "Role", "Span"]


class Line(Value):
    """One line of a screen: its pieces and its target.

    Each piece has a role: `head`, `dim`, `alarm`, `strong` or none.

    The cursor passes over headings and blank lines. `key` finds the line again after the list is
    read again. Text from records must have passed `officeops.values.convert.show` or `safe`.
    `also` are words by which a filter finds the line, beside those it shows.
    """

    spans: tuple[Span, ...] = ()
    target: object = None
    key: str = ""
    also: str = ""

    @classmethod
    def of(
        cls,
        text: str = "",
        role: Role = "",
        target: object = None,
        key: str = "",
    ) -> Line:
        """Return a line of one piece."""
        return cls(((text, role),), target, key)

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.spans)

    @property
    def is_heading(self) -> bool:
        """Whether the line is over others, and none to act on."""
        said = [role for text, role in self.spans if text.strip()]
        return self.target is None and bool(said) and set(said) == {"head"}


class LineList(RowView):
    """A list of lines.

    The cursor stops at every line with words, so that a screen reader reads them all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.head = ""

    def show(self, lines: Iterable[Line], head: str = "") -> None:
        """Show other lines.

        The cursor stays with its line, by key, or else where it is. `head` does not scroll.
        """
        key = self.current.key if self.current else ""
        self.lines = list(lines)
        self.head = head
        self.head_lines = 1 if head else 0
        self.rows_changed(self.place(key))

    def place(self, key: str) -> int | None:
        """Return the number of the line with a key, or None."""
        if not key:
            return None
        for number, line in enumerate(self.lines):
            if line.key == key:
                return number
        return None

    def change(self, index: int, line: Line) -> None:
        """Replace one line. The others are not drawn again: a slow terminal would feel it."""
        self.lines[index] = line
        self.refresh_row(index)

    @property
    def current(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    def row_count(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def row_spans(self, index: int, width: int) -> Sequence[Span]:  # noqa: ARG002 - the base cuts
        """Return a line's pieces."""
        return self.lines[index].spans

    def head_spans(self, width: int) -> Sequence[Span]:  # noqa: ARG002 - the base cuts
        """Return the line at the top."""
        return [(self.head, "head")]

    def is_stop(self, index: int) -> bool:
        """Whether the line has words beyond a heading, or a target."""
        if index >= len(self.lines):
            return False
        line = self.lines[index]
        if line.target is not None:
            return True
        return any(role != "head" and text.strip() for text, role in line.spans)
