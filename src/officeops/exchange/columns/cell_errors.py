"""Cell errors: texts of spreadsheet programs in place of a value, in the languages they speak."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops.values.text import Pattern

if TYPE_CHECKING:
    from officeops.model.fields import Field

#: `#REF!`, `#NAME?`, `#¡VALOR!`, `#ЗНАЧ!`: a cross, a word in capitals, a mark at its end.
_WORD: Final = Pattern(r"#[¡¿]?[^\W\d_][\w/ ]{1,24}[!?]")
#: Those without a mark: not available, in several languages, and a value that is on its way.
_BARE: Final = frozenset(
    "#N/A #N/D #N/B #NV #I/T #NA #HIÁNYZIK #YOK #Н/Д #N/V "
    "#NO_DISPONIBLE #GETTING_DATA #BUSY #CONNECT".split()
)
#: LibreOffice and OpenOffice number theirs: Err:502.
_NUMBERED: Final = Pattern(
    r"(?i:Err|Fehler|Erreur|Erro|Errore|Chyba|Virhe|Fel|Feil|Fout|Ошибка): ?\d{3}"
)
_WAITING: Final = frozenset({"Loading...", "Loading…"})
_AS_TEXT: Final = "format the column as text, and type the cell again as it was"
_UNCOMPUTED: Final = "#UNCOMPUTED!"


def error_in(cell: object) -> str:
    """Return why a cell has no value, as a sentence for its row; blank for a good or empty cell.

    A column too narrow for its number is exported as a row of crosses; that too is no value.
    """
    if not isinstance(cell, str):
        return ""
    text = cell.strip()
    if text == _UNCOMPUTED:
        return (
            "is a formula that was never computed; "
            "open the file in a spreadsheet program and save it there"
        )
    if not is_error(text):
        return ""
    return "is an error of the spreadsheet, not a value; fix it there, or clear the cell"


#: As spreadsheets show a number of twelve digits and more: the digits that are missing are gone.
_SHORTENED: Final = Pattern(r"[+-]?\d(?:[.,]\d+)?[Ee]\+\d{1,3}")
#: From here on a spreadsheet keeps fifteen digits and makes the others up; JSON has whole numbers
#: as they are.
_ROUNDED: Final = 10**15


def ruined_in(
    cell: object,
    field: Field,
    form: str,
) -> str:
    """Return why a text field's cell is not as it was typed into the spreadsheet; or blank.

    A code of many digits becomes 4.00638E+12 or has its last digits rounded; one like 5-1 becomes
    a date.
    """
    if isinstance(cell, str):
        text = cell.strip()
        shortened = "E+" in text.upper() and _SHORTENED.fullmatch(text)
        return f"is a number as the spreadsheet shortened it; {_AS_TEXT}" if shortened else ""
    if isinstance(cell, int | float) and abs(cell) >= _ROUNDED:
        is_exact = form == "json" and isinstance(cell, int)
        return (
            "" if is_exact else f"has more digits than a spreadsheet keeps of a number; {_AS_TEXT}"
        )
    if (
        isinstance(cell, date)
        and field.kind.is_text
        and field.kind.editor == "line"
        and field.name != "note"
    ):
        return f"is a date to the spreadsheet; {_AS_TEXT}"
    return ""


def is_error(text: str) -> bool:
    """Return whether a spreadsheet shows a text, without edge blanks, in place of a value."""
    if text.startswith("#"):
        crosses = len(text) > 2 and not text.strip("#")
        return crosses or text in _BARE or _is_capital_word(text)
    return text in _WAITING or _is_numbered(text)


def _is_capital_word(text: str) -> bool:
    return text == text.upper() and bool(_WORD.fullmatch(text))


def _is_numbered(text: str) -> bool:
    # Two looks that are cheaper than the pattern, and rule out nearly every text.
    may_be = text[-1:].isdigit() and ":" in text[:9]
    return may_be and bool(_NUMBERED.fullmatch(text))
