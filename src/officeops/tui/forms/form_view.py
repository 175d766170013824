"""FormView: the rows of a form, drawn a line at a time, and the suggestions over them."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Offset, Region, Size

from officeops.tui.forms.form_row import GAP, LABEL
from officeops.tui.terminal.cells import tame, width_of
from officeops.tui.widgets.rows import GUTTER, RowView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.strip import Strip

    from officeops.tui.forms.field_rows import FieldRows
    from officeops.tui.forms.form_row import FormLine, FormRow


class FormView(RowView):
    """Draws a form. A step to another field draws the lines of two fields again, and no others."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--field"}
    DEFAULT_CSS = """
    FormView {
        & > .row--field { background: $surface; }
        &:ansi > .row--field { background: ansi_default; text-style: underline; }
    }
    """

    def __init__(self, rows: FieldRows) -> None:
        super().__init__()
        self._form = rows
        self._lines: list[FormLine] = []
        #: The first line of each row.
        self._starts: dict[FormRow, int] = {}
        #: The suggestions by line: they cover other rows, so that nothing moves.
        self._over: dict[int, str] = {}
        #: The width that the lines are made for.
        self._made_for = 0

    # -- for the form ------------------------------------------------------------------------------

    def lay_out(self) -> None:
        """Draw all rows again: there may be more lines or fewer."""
        self._make_lines()
        self.rows_changed(self._caret_line())

    def draw(self, *rows: FormRow | None) -> None:
        """Draw some rows again, whose lines are as many as before."""
        for row in rows:
            if row in self._starts:
                self._draw_one(row)
        self._show_offered()
        self.move_to(self._caret_line())
        self.place_terminal_cursor()

    # -- lines -------------------------------------------------------------------------------------

    @property
    def body_width(self) -> int:
        """How many cells a row has; before the first layout, as many as it will have."""
        return super().body_width if self.size.width else self.app.size.width - 1 - GUTTER

    def _make_lines(self) -> None:
        self._made_for = self.body_width
        self._lines, self._starts = [], {}
        for row in self._form:
            self._starts[row] = len(self._lines)
            self._lines += row.lines(self.body_width, is_here=row is self._form.here)
        self._show_offered()

    def _draw_one(self, row: FormRow) -> None:
        start = self._starts[row]
        lines = list(row.lines(self.body_width, is_here=row is self._form.here))
        for number, line in enumerate(lines, start):
            if number < len(self._lines) and self._lines[number] != line:
                cells = changed_cells(self._lines[number], line)
                self._lines[number] = line
                self._refresh_cells(number, *cells)

    def _refresh_cells(
        self,
        number: int,
        first: int,
        count: int,
    ) -> None:
        """Draw a part of a line again: over a slow line, each cell counts."""
        y = number - self.top
        if 0 <= y < self.size.height:
            self.refresh(
                Region(
                    GUTTER + first,
                    y,
                    count,
                    1,
                )
            )

    def refresh_row(self, index: int) -> None:
        """Draw the mark before a line again; what changes of a line is drawn where it changes."""
        self._refresh_cells(index, -GUTTER, GUTTER)

    def _caret_line(self) -> int:
        here = self._form.here
        if here is None or here not in self._starts:
            return 0
        return self._starts[here] + here.caret(self._text_width)[0]

    @property
    def _text_width(self) -> int:
        return self.body_width - LABEL - GAP

    def _show_offered(self) -> None:
        """Put the suggestions below the row where the person is, or above it where there is no room."""
        before, here = self._over, self._form.here
        offered = here.offered(self._text_width) if here else ()
        line = self._caret_line()
        is_below = line + len(offered) < max(self.top + self.body_height, len(self._lines))
        first = line + 1 if is_below else line - len(offered)
        self._over = dict(enumerate(offered, first))
        changed = before.items() ^ self._over.items()
        for number in {number for number, _ in changed}:
            self._refresh_cells(number, -GUTTER, self.size.width)

    # -- as rows -----------------------------------------------------------------------------------

    def row_count(self) -> int:
        """Return how many lines there are."""
        return len(self._lines)

    def row_spans(self, index: int, width: int) -> FormLine:  # noqa: ARG002 - the base cuts
        """Return the pieces of a line."""
        over = self._over.get(index)
        if over is not None:
            return [(" " * (LABEL + GAP), ""), (over, "strong" if over[:1] == ">" else "")]
        return self._lines[index] if index < len(self._lines) else []

    def is_stop(self, index: int) -> bool:  # noqa: ARG002 - a form marks its fields itself
        """Return False: the line of the cursor is drawn like the others."""
        return False

    def is_marked(self, index: int) -> bool:
        """Whether a line begins a field that is needed."""
        if index in self._over:
            return False
        return any(row.field.required and start == index for row, start in self._starts.items())

    def render_line(self, y: int) -> Strip:
        """Draw one line; suggestions may go on below the last."""
        index = y + self.top
        if index in self._over and index >= self.row_count():
            width = self.scrollable_content_region.width
            return self._strip(" " * GUTTER, self.row_spans(index, width), width, None)
        return super().render_line(y)

    def place_terminal_cursor(self, top: int | None = None) -> None:
        """Put the terminal's cursor where the text is typed."""
        here = self._form.here
        if here is None or here not in self._starts or not self.has_focus or self.is_typed_below:
            return
        line, cell = here.caret(self._text_width)
        row = self._starts[here] + line - (self.top if top is None else top)
        x = self.region.x + GUTTER + LABEL + GAP + cell
        self.app.cursor_position = Offset(x, self.region.y + row)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is text here. The program takes other keys first."""
        here = self._form.here
        is_text = here is not None and here.takes_text
        return is_text and character is not None and character.isprintable()

    # -- events ------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Take the size that the rows will have: another one would mean a second layout."""
        self._make_lines()
        self.virtual_size = Size(self.app.size.width - 1, len(self._lines))

    def fit_rows(self) -> None:
        """Make the lines for a new width; those of the same width are drawn already."""
        if self.body_width != self._made_for:
            self.lay_out()
        else:
            self._keep_in_sight(self.top)

    def on_click(self, event: events.Click) -> None:
        """Leave the field as it is: keys alone move in a form."""
        event.stop()


def changed_cells(before: FormLine, now: FormLine) -> tuple[int, int]:
    """Return where two lines differ: the first cell that does, and how many there are to the last."""
    old, new = list(_cells(before)), list(_cells(now))
    same = [one == other for one, other in zip_longest(old, new)]
    if all(same):
        return 0, 0
    first = same.index(False)
    last = len(same) - 1 - same[::-1].index(False)
    return first, last - first + 1


def _cells(line: FormLine) -> Iterator[tuple[str, str]]:
    """Yield each cell of a line: its letter and role. A wide letter has two."""
    for text, role in line:
        for letter in tame(text):
            yield from [(letter, role)] * width_of(letter)
