"""Decimal marks: whether the numbers of a column are written with a point or with a comma. 1.000 is a thousand or one."""

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
    """Return a number's text with its digits written plainly, as with this decimal mark; None where they cannot be.

    "$1.234,50" with a comma is "$1234.5".
    """
    core = _CORE.search(text) if len(text) <= _LONGEST else None
    if core is None:
        return None
    digits = core[0].rstrip(" \u00a0\u202f")
    form = _FORMS[mark].fullmatch(digits)
    if form is None or not (form[1] or form[2]):
        return None
    whole = "".join(character for character in form[1] if character.isdigit())
    fraction = (form[2] or "").rstrip("0")
    plain = f"{whole or '0'}.{fraction}" if fraction else whole or "0"
    return text[: core.start()] + plain + text[core.start() + len(digits) :]


def in_doubt(cells: Iterable[object]) -> bool:
    """Return whether any of a column's different cells is another number with a decimal comma than with a point."""
    return any(_differs(cell) for cell in cells if isinstance(cell, str) and _is_suspect(cell))


def _is_suspect(text: str) -> bool:
    return "," in text or text[-4:-3] == "." or ("." in text and not text[-1:].isdecimal())


def _differs(text: str) -> bool:
    comma = written(text.strip(), "comma")
    return comma is not None and comma != written(text.strip(), "point")


class Marks(Evidence):
    """What the cells of one column prove of its decimal mark."""

    words = MARKS
    option = "--decimal"

    def see(self, line: int, cell: object) -> None:
        """Take a cell into account."""
        if not isinstance(cell, str) or not ("," in cell or "." in cell):
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
        point = self.proofs["point"]
        comma = self.proofs["comma"]
        return (
            f"{column} has numbers with a decimal point and with a decimal comma: {place} {point[0]} has {quoted(point[1])}, "
            f"{place} {comma[0]} has {quoted(comma[1])}. Write them all with one, or say --decimal point or --decimal comma "
            "and fix the rows that it leaves out."
        )


def plainly(cell: object, mark: str) -> object:
    """Return a number's cell with its digits written plainly.

    Raises ValueError where it has the other mark.
    """
    if not isinstance(cell, str) or not ("," in cell or "." in cell):
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
