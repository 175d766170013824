"""Page: one sheet after the other, with the title at the top of each and its number at the bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from officeops.exchange.paper.fonts import Fonts, Style
    from officeops.exchange.paper.printout import Printout

Paper: TypeAlias = Literal["letter", "a4"]

#: Width and height of the sheets, in points of 1/72 inch: ANSI A, and ISO 216.
SHEETS: Final[dict[Paper, tuple[float, float]]] = {
    "letter": (612.0, 792.0),
    "a4": (595.276, 841.89),
}
#: Points that stay blank at each edge; no office printer prints closer than 0.25 inch.
MARGIN: Final = 40.0
SIZE: Final = 9.0
LEADING: Final = 1.3
_TITLE: Final = 13.0
_SMALL: Final = 7.5
_THIN: Final = 0.3
_THICK: Final = 0.8


class Page:
    """The page that is being filled, from the top; a full one is followed by the next.

    Lengths are points; `y` is the distance of the next line's top from the bottom of the sheet.
    """

    def __init__(
        self,
        out: BinaryIO,
        printout: Printout,
        paper: Paper,
        *,
        is_wide: bool,
        fonts: Fonts,
    ) -> None:
        from reportlab.pdfgen.canvas import Canvas

        width, height = SHEETS[paper]
        # Landscape is the same sheet turned, not another size that a printer would have to have.
        self.width, self.height = (height, width) if is_wide else (width, height)
        # Invariant: the same page is the same bytes, without the second it was made in.
        self._canvas = Canvas(out, pagesize=(self.width, self.height), invariant=True)
        self._canvas.setTitle(printout.title)
        self._canvas.setAuthor(printout.office)
        self._canvas.setCreator("officeops")
        self._printout, self.fonts = printout, fonts
        self._number = 0
        self.y = 0.0
        self._begin()

    @property
    def room(self) -> float:
        """The points between the left and the right margin."""
        return self.width - 2 * MARGIN

    @property
    def left(self) -> float:
        """The points that are left above the bottom line."""
        return self.y - MARGIN - 2 * _SMALL

    @property
    def whole(self) -> float:
        """The points of an empty page below its title."""
        return self.height - 2 * MARGIN - 4 * _SMALL - _TITLE

    def text(
        self,
        text: str,
        x: float,
        *,
        style: Style = "plain",
        size: float = SIZE,
        right: bool = False,
    ) -> None:
        """Write one line at `x` points from the left margin; with `right`, up to there."""
        at = MARGIN + x
        # Numbers end where the column ends, so that their digits are one below the other.
        if right:
            at -= self.fonts.width(text, style, size)
        self._write(text, at, self.y - size, style, size)

    def rule(self, *, thick: bool = False) -> None:
        """Draw a line across the page."""
        self._canvas.setLineWidth(_THICK if thick else _THIN)
        self._canvas.line(MARGIN, self.y, self.width - MARGIN, self.y)

    def down(self, points: float) -> None:
        """Go down."""
        self.y -= points

    def turn(self) -> None:
        """End this page and begin the next."""
        self._canvas.showPage()
        self._begin()

    def save(self) -> None:
        """Write the file."""
        self._canvas.showPage()
        # How many pages there are is known now; every page refers to this text.
        self._canvas.beginForm("pages")
        self._write(f"{self._number}", 0, 0, "plain", _SMALL)
        self._canvas.endForm()
        self._canvas.save()

    def _begin(self) -> None:
        self._number += 1
        self.y = self.height - MARGIN
        # The title is large once: later pages repeat it so that a loose sheet is known.
        size = _TITLE if self._number == 1 else SIZE
        self.text(self._printout.title, 0, style="bold", size=size)
        self.text(self._printout.office, self.room, size=SIZE, right=True)
        self.down(size * LEADING + _SMALL)
        if self._number == 1:
            self._under()
        self._write(self._printout.printed, MARGIN, MARGIN - _SMALL, "plain", _SMALL)
        # Room for the number of pages, which is not known yet: up to four digits.
        words = f"Page {self._number:,} of "
        at = self.width - MARGIN - self.fonts.width("0000", "plain", _SMALL)
        width = self.fonts.width(words, "plain", _SMALL)
        self._write(words, at - width, MARGIN - _SMALL, "plain", _SMALL)
        self._canvas.saveState()
        self._canvas.translate(at, MARGIN - _SMALL)
        self._canvas.doForm("pages")
        self._canvas.restoreState()

    def _under(self) -> None:
        """Write the lines that belong to the title, on the first page."""
        for line in (self._printout.aside, *self._printout.under):
            # The name of the office is beside the title already.
            if line and line != self._printout.office:
                self.text(line, 0)
                self.down(SIZE * LEADING)
        self.down(_SMALL)

    def _write(
        self,
        text: str,
        x: float,
        y: float,
        style: Style,
        size: float,
    ) -> None:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        for font, piece in self.fonts.runs(text, style):
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, y, piece)
            x += stringWidth(piece, font, size)
