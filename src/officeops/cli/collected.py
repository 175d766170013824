"""What a command prints, collected as the blocks of a page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from officeops.exchange.paper.printout import Grid, Lines, Printout
from officeops.values.convert import plain, show, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.exchange.paper.printout import Block
    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions


class Collected:
    """What a command prints, as the blocks of a page: its tables as tables, its lines as lines."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.under: tuple[str, ...] = ()
        self._whole: Printout | None = None
        self._blocks: list[Block] = []
        #: Takes the place of standard output.
        self.stream = io.StringIO()

    def add(self, block: Block) -> None:
        """Add a block below the lines printed so far."""
        self._take_lines()
        self._blocks.append(block)

    def add_rows(
        self,
        fields: Sequence[Field],
        rows: Iterable[Sequence[object]],
        ways: Conventions,
    ) -> int:
        """Add a table of field values, choices in words, and return how many rows it has.

        Nobody types a filter from paper. Spreadsheets have the plain values.
        """
        texts, values = [], []
        for row in rows:
            pairs = list(zip(fields, row, strict=True))
            texts.append([worded(field, show(field, value, ways)) for field, value in pairs])
            values.append([plain(field, value, ways) for field, value in pairs])
        # An empty table has no widths; the command says that there is nothing.
        if texts:
            labels = [field.label for field in fields]
            right = [field.kind.align == "right" for field in fields]
            names = [field.public_name for field in fields]
            self.add(Grid(labels, texts, right, names=names, plain=values))
        return len(texts)

    def take(self, printout: Printout) -> None:
        """Take a page that is already made, in place of what the command would print."""
        self._whole = printout

    def page(self, office: str, printed: str) -> Printout:
        """Return the page; `printed` is the line at its bottom."""
        self._take_lines()
        page = self._whole or Printout(self.title, tuple(self._blocks), under=self.under)
        return page.replace(office=office, printed=printed)

    def _take_lines(self) -> None:
        # Each table takes the lines printed before it, so that the page keeps their order.
        text = self.stream.getvalue()
        self.stream.seek(0)
        self.stream.truncate()
        if text.strip():
            lines = text.strip("\n").split("\n")
            self._blocks.append(Lines(tuple(lines), is_spaced=True))
