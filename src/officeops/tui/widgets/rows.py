"""RowView: any number of rows, drawn one line at a time.

The terminal's own cursor follows the cursor of the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from rich.segment import Segment
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from officeops.model.text_folding import folded
from officeops.tui.terminal.cells import cut, pad, tame, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.style import Style
    from textual import events

#: What a piece of a line is; its looks follow from it. A role never says anything that the words do
#: not.
#: `field` and `cursor` are parts of a text that is typed, in a form alone.
Role = Literal["", "head", "dim", "alarm", "strong", "field", "cursor"]
#: A piece of a line: its text and its role, which is blank, `head`, `dim`, `alarm` or `strong`.
Span = tuple[str, Role]

#: Cells before each row: `>` for the row under the cursor, `*` for a marked one.
GUTTER = 2


class RowView(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of rows with a cursor.

    Subclasses override `row_count` and `row_spans`; the base has no rows.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--head",
        "row--dim",
        "row--alarm",
        "row--strong",
        "row--cursor",
    }
    DEFAULT_CSS = """
    RowView {
        height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1;
        background: $background;
        scrollbar-background: $background; scrollbar-background-hover: $background;
        scrollbar-background-active: $background; scrollbar-color: $panel;
        &:ansi {
            background: ansi_default;
            scrollbar-background: ansi_default; scrollbar-color: ansi_bright_black;
        }
        & > .row--head { color: $accent; text-style: bold; }
        & > .row--dim { color: $text-muted; }
        & > .row--alarm { color: $text-error; text-style: bold; }
        & > .row--strong { text-style: bold; }
        & > .row--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground;
        }
        &:ansi > .row--head { color: ansi_default; }
        &:ansi > .row--dim { color: ansi_default; text-style: dim; }
        &:ansi > .row--alarm { color: ansi_red; }
        &:ansi > .row--cursor {
            background: ansi_default; color: ansi_default; text-style: reverse;
        }
        &:nocolor > .row--cursor { text-style: reverse; }
    }
    """

    #: Lines at the top that do not scroll.
    head_lines = 0

    class Moved(Message):
        """The cursor moved to another row."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0
        #: Whether text is typed on another line, where the terminal's cursor stays then.
        self.is_typed_below = False

    # -- for subclasses ----------------------------------------------------------------------------

    def row_count(self) -> int:
        """Return how many rows there are."""
        return 0

    def row_spans(self, index: int, width: int) -> Iterable[Span]:  # noqa: ARG002 - for subclasses
        """Return the text of a row, in pieces; it is cut at `width` cells."""
        return ()

    def head_spans(self, width: int) -> Iterable[Span]:  # noqa: ARG002 - for subclasses
        """Return the text of the line at the top, in pieces."""
        return ()

    def is_stop(self, index: int) -> bool:  # noqa: ARG002 - for subclasses
        """Whether the cursor may be on a row."""
        return True

    def is_marked(self, index: int) -> bool:  # noqa: ARG002 - for subclasses
        """Whether a row is marked."""
        return False

    # -- moving ------------------------------------------------------------------------------------

    @property
    def body_height(self) -> int:
        """How many rows are in sight."""
        return max(self.size.height - self.head_lines, 1)

    @property
    def body_width(self) -> int:
        """How many cells a row has, without its gutter."""
        return max(self.scrollable_content_region.width - GUTTER, 1)

    @property
    def top(self) -> int:
        """The first row in sight."""
        return self.scroll_offset.y

    def move(self, by: int) -> None:
        """Move the cursor by a number of rows, to the nearest row it may be on."""
        self.move_to(self.cursor + by, 1 if by > 0 else -1)

    def move_page(self, by: int) -> None:
        """Move the cursor by a number of rows, and the window with it: no row passes unseen."""
        self.move_to(self.cursor + by, 1 if by > 0 else -1, top=self.top + by)

    def move_to(self, index: int, direction: int = 1, top: int | None = None) -> None:
        """Put the cursor on a row, or on the nearest it may be on, looking in `direction` first.

        `top` is the first row to show, if the cursor is in sight then.
        """
        before = self.cursor
        self.cursor = self._stop_near(index, direction)
        self._keep_in_sight(self.top if top is None else top)
        # Two rows change, and no others are drawn again.
        if self.cursor != before:
            self.refresh_row(before)
            self.refresh_row(self.cursor)
            self.post_message(self.Moved())

    def find(self, text: str) -> int | None:
        """Return the next row that contains a text, or None.

        The search goes from the row after the cursor to the end, then from the first row.
        """
        wanted = folded(text)
        count = self.row_count()
        next_row = min(self.cursor + 1, count)
        places: list[int] = [*range(next_row, count), *range(next_row)]
        for index in places:
            if self.is_stop(index) and wanted in folded(self._text(index)):
                return index
        return None

    def _text(self, index: int) -> str:
        return "".join(text for text, _ in self.row_spans(index, self.body_width))

    def _stop_near(self, index: int, direction: int) -> int:
        last = self.row_count() - 1
        index = min(max(index, 0), max(last, 0))
        forward, backward = range(index, last + 1), range(index, -1, -1)
        ways = (forward, backward) if direction > 0 else (backward, forward)
        for way in ways:
            for place in way:
                if self.is_stop(place):
                    return place
        return index

    def _keep_in_sight(self, top: int) -> None:
        """Show the rows from `top`, or scroll by half a page where the cursor is not among them.

        The next moves then repaint two lines each.
        """
        height = self.body_height
        if self.cursor < height and self._is_first_stop():
            top = 0  # the headings over the first row show
        elif not top <= self.cursor < top + height:
            top = self.cursor - height // 2
        top = max(0, min(top, self.row_count() - height))
        if top != self.top:
            self.scroll_to(y=top, animate=False)
        self.place_terminal_cursor(top)

    def _is_first_stop(self) -> bool:
        return not any(self.is_stop(place) for place in range(self.cursor))

    def place_terminal_cursor(self, top: int | None = None) -> None:
        """Put the terminal's cursor on the row: screen readers and braille lines follow it."""
        if self.has_focus and not self.is_typed_below:
            row = self.cursor - (self.top if top is None else top) + self.head_lines
            self.app.cursor_position = Offset(self.region.x, self.region.y + row)

    def rows_changed(self, cursor: int | None = None) -> None:
        """Draw other rows. The cursor goes to row `cursor`, or stays where it is."""
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, self.row_count() + self.head_lines)
        self.cursor = self._stop_near(self.cursor if cursor is None else cursor, 1)
        self._keep_in_sight(self.top)
        self.refresh()

    # -- drawing -----------------------------------------------------------------------------------

    def refresh_row(self, index: int) -> None:
        """Draw one row again."""
        y = index - self.top + self.head_lines
        if self.head_lines <= y < self.size.height:
            self.refresh(
                Region(
                    0,
                    y,
                    self.size.width,
                    1,
                )
            )

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        width = self.scrollable_content_region.width
        room = width - GUTTER
        if y < self.head_lines:
            return self._strip(
                " " * GUTTER,
                self.head_spans(room),
                width,
                self._style("head"),
            )
        index = y - self.head_lines + self.top
        if index >= self.row_count():
            return Strip.blank(width, self.rich_style)
        is_here = index == self.cursor
        gutter = (">" if is_here else " ") + ("*" if self.is_marked(index) else " ")
        style = None
        if is_here and self.is_stop(index):
            style = self.get_component_rich_style("row--cursor")
        return self._strip(
            gutter,
            self.row_spans(index, room),
            width,
            style,
        )

    def _strip(
        self,
        gutter: str,
        spans: Iterable[Span],
        width: int,
        style: Style | None,
    ) -> Strip:
        """Make a line. With a style the whole line has it: each change of style costs bytes."""
        if style is not None:
            text = gutter + "".join(tame(text) for text, _ in spans)
            return Strip([Segment(pad(text, width), style)], width)
        segments = [Segment(gutter, self.rich_style)]
        left = width - width_of(gutter)
        for text, role in spans:
            piece = cut(tame(text), left)
            left -= width_of(piece)
            segments.append(Segment(piece, self._style(role)))
        segments.append(Segment(" " * left, self.rich_style))
        return Strip(segments, width).simplify()

    def _style(self, role: Role) -> Style:
        return self.get_component_rich_style(f"row--{role}") if role else self.rich_style

    # -- events ------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Fit the rows to the new size."""
        # A subclass has its own way: Textual calls each `on_resize` of them all.
        self.fit_rows()

    def fit_rows(self) -> None:
        """Draw the rows for a new size."""
        self.rows_changed()

    def on_focus(self) -> None:
        """Take the terminal's cursor."""
        self.place_terminal_cursor()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row under the mouse, if settings turned the mouse on."""
        index = event.y - self.head_lines + self.top
        if 0 <= index < self.row_count() and self.is_stop(index):
            self.move_to(index)
