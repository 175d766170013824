"""What a cell says instead of a value: the errors of spreadsheet programs, in the languages they speak."""

from __future__ import annotations

from typing import Final

from officeops.texts import Pattern

#: `#REF!`, `#NAME?`, `#¡VALOR!`, `#ЗНАЧ!`: a cross, a word in capitals, a mark at its end.
_WORD: Final = Pattern(r"#[¡¿]?[^\W\d_][\w/ ]{1,24}[!?]")
#: Those without a mark: not available, in several languages, and what is still being fetched.
_BARE: Final = frozenset(
    "#N/A #N/D #N/B #NV #I/T #NA #HIÁNYZIK #YOK #Н/Д #N/V #NO_DISPONIBLE #GETTING_DATA #BUSY #CONNECT".split()
)
#: LibreOffice and OpenOffice number theirs: Err:502.
_NUMBERED: Final = Pattern(r"(?i:Err|Fehler|Erreur|Erro|Errore|Chyba|Virhe|Fel|Feil|Fout|Ошибка): ?\d{3}")
_WAITING: Final = frozenset({"Loading...", "Loading…"})
_UNCOMPUTED: Final = "#UNCOMPUTED!"


def error_in(cell: object) -> str:
    """Return why a cell has no value, as a sentence for its row; blank for a cell that has, or is empty.

    A column too narrow for its number is exported as a row of crosses; that too is no value.
    """
    if not isinstance(cell, str):
        return ""
    text = cell.strip()
    if text == _UNCOMPUTED:
        return "is a formula that was never computed; open the file in a spreadsheet program and save it there"
    if not is_error(text):
        return ""
    return "is an error of the spreadsheet, not a value; mend it there, or clear the cell"


def is_error(text: str) -> bool:
    """Return whether a text without edge blanks is what a spreadsheet shows in the place of a value."""
    if text.startswith("#"):
        crosses = len(text) > 2 and not text.strip("#")
        return crosses or text in _BARE or (text == text.upper() and bool(_WORD.fullmatch(text)))
    return text in _WAITING or (text[-1:].isdigit() and ":" in text[:9] and bool(_NUMBERED.fullmatch(text)))
