"""Decimal marks: whether a column's numbers are written with a point or with a comma.

1.000 is a thousand or one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from officeops.exchange.columns.evidence import Evidence, quoted
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS: Final = {"point": ".", "comma": ","}
#: The digits and marks of a number, without its sign and its currency.
_CORE: Final = Pattern(r"[.,]?\d[\d.,'’ \u00a0\u202f]*")
#: Thousands apart by the other mark, by a blank or an apostrophe, or not at all; then the decimals.
_WHOLE: Final = (
    r"([1-9]\d{0,2}(?:%s\d{3})+|[1-9]\d{0,2}(?:[ '’\u00a0\u202f]\d{3})+|\d*)(?:%s(\d*))?"
)
_FORMS: Final = {"point": Pattern(_WHOLE % (",", "[.]")), "comma": Pattern(_WHOLE % ("[.]", ","))}
#: The longest text that is looked at as a number.
_LONGEST: Final = 60


def written(text: str, mark: str) -> str | None:
    """Return a number's text with its digits written plainly, as with this decimal mark.

    None where they cannot be. "$1.234,50" with a comma is "$1234.5".
    """
    if len(text) > _LONGEST:
        return None
    core = _CORE.search(text)
    if core is None:
        return None
    digits = core[0].rstrip(" \u00a0\u202f")
    form = _FORMS[mark].fullmatch(digits)
    if form is None:
        return None
    whole, fraction = form.groups()
    if not whole and not fraction:
        return None
    start = core.start()
    end = start + len(digits)
    return text[:start] + _plain(whole, fraction or "") + text[end:]


def _plain(whole: str, fraction: str) -> str:
    """Write a number's digits without marks of thousands, and without zeros at the end."""
    digits = "".join(filter(str.isdigit, whole)) or "0"
    fraction = fraction.rstrip("0")
    return f"{digits}.{fraction}" if fraction else digits


def in_doubt(cells: Iterable[object]) -> bool:
    """Return whether any of a column's different cells means another number with a comma."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return any(_is_suspect(text) and _differs(text) for text in texts)


def _is_suspect(text: str) -> bool:
    """Whether a text needs a look: a comma, three digits after a point, or a mark at the end."""
    if "," in text or text[-4:-3] == ".":
        return True
    ends_in_mark = not text[-1:].isdecimal()
    return "." in text and ends_in_mark


def _differs(text: str) -> bool:
    number = text.strip()
    comma = written(number, "comma")
    return comma is not None and comma != written(number, "point")


class Marks(Evidence):
    """The proof that the cells of one column give of its decimal mark."""

    words = MARKS
    option = "--decimal"

    def see(self, line: int, cell: object) -> None:
        """Take a cell into account."""
        if not isinstance(cell, str) or not _has_mark(cell):
            return
        readings = {mark: written(cell.strip(), mark) for mark in MARKS}
        admitted = [mark for mark, reading in readings.items() if reading is not None]
        if len(admitted) == 1:
            self.proofs.setdefault(admitted[0], (line, cell))
        elif admitted and readings["point"] != readings["comma"]:
            self.ambiguous = self.ambiguous or (line, cell)

    def contradiction(self, column: str, place: str) -> str:
        """Return the sentence for a column that proves both marks; blank where it does not."""
        if len(self.proofs) < 2:
            return ""
        point_line, point = self.proofs["point"]
        comma_line, comma = self.proofs["comma"]
        return (
            f"{column} has numbers with a decimal point and with a decimal comma: "
            f"{place} {point_line} has {self.quoted(point)}, "
            f"{place} {comma_line} has {self.quoted(comma)}. "
            "Write them all with one, or say --decimal point or --decimal comma "
            "and fix the rows that it leaves out."
        )


def _has_mark(text: str) -> bool:
    return "," in text or "." in text


def plainly(cell: object, mark: str) -> object:
    """Return a number's cell with its digits written plainly.

    Raises ValueError where it has the other mark.
    """
    if not isinstance(cell, str) or not _has_mark(cell):
        return cell
    plain = written(cell.strip(), mark)
    if plain is None:
        raise ValueError(f"{quoted(cell)} is not a number with a decimal {mark}")
    return plain


def shown(text: str, mark: str) -> str:
    """Return how a number reads with a decimal mark, for a sentence."""
    plain = written(text.strip(), mark)
    core = _CORE.search(plain or "")
    return f"{Decimal(core[0]):f}" if core else text
