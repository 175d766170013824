"""Label sheets: labels on the stock that offices have, 30 on a Letter sheet or 21 on an A4 one."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.exchange.paper.lettering import Lettering
from officeops.exchange.paper.page import SHEETS, Paper
from officeops.exchange.paper.qr_code import squares
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from officeops.exchange.paper.fonts import Fonts, Style
    from officeops.exchange.paper.printout import Label, Labels


class Stock(Value):
    """A sheet of labels, in points: how many there are, the first one's corner, and the pitch."""

    columns: int
    rows: int
    left: float
    top: float
    across: float
    down: float
    width: float
    height: float

    @property
    def count(self) -> int:
        """The labels on a sheet."""
        return self.columns * self.rows


_MM: Final = 72 / 25.4
#: Avery 5160, 1 by 2 5/8 inches; Avery L7160, 63.5 by 38.1 mm.
STOCKS: Final[dict[Paper, Stock]] = {
    "letter": Stock(3, 10, 13.5, 36.0, 198.0, 72.0, 189.0, 72.0),
    "a4": Stock(3, 7, 7.2 * _MM, 15.1 * _MM, 66.0 * _MM, 38.1 * _MM, 63.5 * _MM, 38.1 * _MM),
}
#: Points that stay blank around the text of a label, as printers are off by as much.
_PAD: Final = 6.0
_SIZE: Final = 8.0
_BIG: Final = 11.0
_LEADING: Final = 1.2


def write_labels(
    out: BinaryIO,
    block: Labels,
    paper: Paper,
    fonts: Fonts,
) -> None:
    """Write labels as PDF, one sheet after the other."""
    from reportlab.pdfgen.canvas import Canvas

    stock = STOCKS[paper]
    canvas = Canvas(out, pagesize=SHEETS[paper], invariant=True)
    canvas.setCreator("officeops")
    for number, label in enumerate(block.labels, block.skip):
        place = number % stock.count
        if place == 0 and number > block.skip:
            canvas.showPage()
        row, column = divmod(place, stock.columns)
        left = stock.left + column * stock.across
        top = SHEETS[paper][1] - stock.top - row * stock.down
        _draw(canvas, label, stock, left, top, fonts)
    canvas.showPage()
    canvas.save()


def _draw(
    canvas: Canvas, label: Label, stock: Stock, left: float, top: float, fonts: Fonts
) -> None:
    """Draw one label: its code at the left, and its lines beside it, the first one large."""
    side = min(stock.height, stock.width / 2) - 2 * _PAD
    _draw_code(canvas, label.code, left + _PAD, top - _PAD, side)
    x = left + side + 2 * _PAD
    room = left + stock.width - _PAD - x
    y = top - _PAD
    for number, line in enumerate(label.lines):
        style: Style = "plain" if number else "bold"
        size = _SIZE if number else _BIG
        for text in Lettering(fonts, style, size).lines(line, room):
            y -= size * _LEADING
            if y < top - stock.height + _PAD:
                return
            _write(canvas, text, x, y, style, size, fonts)


def _draw_code(
    canvas: Canvas,
    code: str,
    left: float,
    top: float,
    side: float,
) -> None:
    rows = squares(code)
    size = side / len(rows)
    for down, row in enumerate(rows):
        for across, is_dark in enumerate(row):
            if is_dark:
                x, y = left + across * size, top - (down + 1) * size
                canvas.rect(x, y, size, size, stroke=0, fill=1)


def _write(
    canvas: Canvas, text: str, x: float, y: float, style: Style, size: float, fonts: Fonts
) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for font, piece in fonts.runs(text, style):
        canvas.setFont(font, size)
        canvas.drawString(x, y, piece)
        x += stringWidth(piece, font, size)
