"""Texts: read from people and files, tidied, with nothing in them that could drive a terminal."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officeops.model.text_folding import seems_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The longest text a field takes, in characters.
LONGEST_LINE: Final = 1_000
LONGEST_TEXT: Final = 100_000
_SEPARATORS: Final = "\x1c\x1d\x1e\x1f"


class Pattern:
    """A regular expression compiled at its first use: at import, all cost a tenth of start-up."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - a method of re.Pattern
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update(fullmatch=compiled.fullmatch, match=compiled.match, sub=compiled.sub)
        return getattr(compiled, method)


def line(value: object) -> str | None:
    """Read one line of text: edge and repeated white space goes, control characters are refused."""
    text = _tidied(as_text(value))
    if len(text) > LONGEST_LINE:
        raise ValueError(f"is {len(text):,} characters long; {LONGEST_LINE:,} is the most")
    return None if seems_blank(text) else text


def paragraph(value: object) -> str | None:
    """Read text that may have several lines."""
    with_unix_ends = as_text(value).replace("\r\n", "\n").replace("\r", "\n")
    lines = [_tidied(text) for text in with_unix_ends.split("\n")]
    text = "\n".join(lines).strip("\n")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"is {len(text):,} characters long; {LONGEST_TEXT:,} is the most")
    return None if seems_blank(text) else text


def untidy(text: str, *, several_lines: bool = False) -> str:
    """Return why a text is not kept as it is, as a sentence's end; blank for one that is tidy.

    A tidy text is as `line` reads it, or as `paragraph` does where it may have several lines.
    """
    try:
        tidy = paragraph(text) if several_lines else line(text)
    except ValueError as error:
        return str(error)
    if tidy == text:
        return ""
    if tidy is None:
        return "has nothing in it that can be seen"
    if not several_lines and len(text.splitlines()) > 1:
        return "has several lines; write it in one"
    return "has blanks at an edge or in a row, or letters that are not composed"


def is_untidy(text: str | None, several_lines: int) -> bool:
    """Whether a reader would not leave a text as it is, for SQLite; a blank one is as it is."""
    return bool(text and untidy(text, several_lines=bool(several_lines)))


def all_tidy(texts: Sequence[str]) -> bool:
    """Tell whether all of many texts are plain lines that are tidy, without a look at each.

    False may be wrong: then each is looked at.
    """
    # A bar on each side shows the edges of every text.
    joined = f"|{'|'.join(texts)}|"
    if not (joined.isascii() and joined.isprintable()):
        return False
    has_blanks = any(blanks in joined for blanks in ("  ", " |", "| "))
    return not has_blanks and max(map(len, texts), default=0) <= LONGEST_LINE


def as_text(value: object) -> str:
    """Return what a cell or an argument holds as text; nothing is blank."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value.bit_length() > 1000:
        raise ValueError("is a number of hundreds of digits")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _tidied(text: str) -> str:
    """Return a line without edge and repeated white space, and tidy."""
    if text.isascii() and text.isprintable():
        text = text.strip(" ")
        return _single_spaced(text) if "  " in text else text
    # Python takes the four ASCII separators for white space; here they are control characters like
    # the rest, and are refused.
    has_separators = any(separator in text for separator in _SEPARATORS)
    if not has_separators:
        text = _single_spaced(text)
    return _single_spaced(_tidy(text))


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def _tidy(text: str) -> str:
    """Compose accents, drop soft hyphens, refuse characters that drive a terminal or hide."""
    from unicodedata import category, normalize

    text = normalize("NFC", text.replace("\u00ad", "").replace("\ufeff", ""))
    if text.isprintable():
        return text
    for character in text:
        # Zero-width joiners belong to several scripts; the rest of Cc, Cf and Cs only hides or
        # commands.
        if category(character) in {"Cc", "Cf", "Cs"} and character not in "\u200c\u200d":
            raise ValueError(
                f"has the character U+{ord(character):04X}, which cannot be shown; take it out"
            )
    return text


#: Control characters, and those that hide or turn around text.
_UNSAFE = Pattern(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """Return text with every control character made visible, for the terminal."""
    if text.isprintable():
        return text
    return str(_UNSAFE.sub(_visible, text))


def _visible(control: re.Match[str]) -> str:
    return " " if control[0] in "\n\t" else "\ufffd"
