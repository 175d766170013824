"""Text folding: when two texts are the same to people.

The one rule behind unique names, look-ups, filters and imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Characters that show as a blank, or as nothing, without being white space to Python.
_BLANKS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_UNSEEN: Final = frozenset("\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\ufeff")
#: From here on (Cyrillic and beyond) a mark makes another letter; before it, in Latin and Greek, it
#: is an accent.
_LETTERS_OF_THEIR_OWN: Final = 0x0400


def folded(text: str) -> str:
    """Reduce a text to what it has in common with the same texts.

    Case, accents, and blanks at the edges or repeated are dropped. "Médical  SUPPLY" and "medical
    supply" fold alike, as do full-width and half-width forms. Accents are dropped from Latin and
    Greek letters alone: elsewhere a mark makes another letter (и and й, か and が). Folding a folded
    text changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return _fold_unicode(text)


def same_value(one: object, other: object) -> bool:
    """Whether two values of a field are the same to people: texts are folded, others are not."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or folded(one) == folded(other)
    return one == other


def seems_blank(text: str) -> bool:
    """Whether people see nothing in a text: it is empty, or only has blanks and the like."""
    if not text:
        return True
    visible = text.strip() if text.isascii() else folded(text)
    return not visible


def folded_all(texts: Sequence[str]) -> list[str]:
    """Fold many texts.

    Where all are plain, as in nearly every import, they are folded as one text, in a tenth of the
    time: joined by bars, which none of them has, and split again.
    """
    text = "|".join(texts)
    is_plain = text.isascii() and text.isprintable() and text.count("|") == len(texts) - 1
    is_tidy = not any(blank in f"|{text}|" for blank in ("  ", " |", "| "))
    if is_plain and is_tidy:
        return text.lower().split("|")
    return [folded(single) for single in texts]


def _fold_unicode(text: str) -> str:
    from unicodedata import combining, normalize

    letters: list[str] = []
    base = 0
    # Twice: case folding of a decomposed letter may leave one that decomposes further.
    for character in normalize("NFKD", normalize("NFKD", text).casefold()):
        if character in _UNSEEN or _is_variation(character):
            continue
        if combining(character):
            if base >= _LETTERS_OF_THEIR_OWN:
                letters.append(character)
            continue
        base = ord(character)
        letters.append(" " if character in _BLANKS else character)
    return " ".join(normalize("NFC", "".join(letters)).split())


def _is_variation(character: str) -> bool:
    """Whether a character only selects the form of the one before it (U+FE00 to U+FE0F)."""
    return "\ufe00" <= character <= "\ufe0f"
