"""Fonts: for each letter of a page, the first font that has it; what no font has is replaced.

PDF readers draw a box or nothing for a letter that is not in the page's font, and a name with a hole in
it is another name. So every font is embedded, and a letter that no font has becomes a question mark, which
the command names.
"""

from __future__ import annotations

import io
import os
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from unicodedata import category
from unicodedata import name as name_of

from officeops.exchange.paper.directions import as_drawn, is_unjoined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfbase.ttfonts import TTFont

Style: TypeAlias = Literal["plain", "bold", "spaced"]

#: The fonts that come with officeops, by style: the first has Latin, Greek and Cyrillic letters, the
#: second also Arabic, Hebrew, Devanagari, Thai and Georgian ones.
_OWN: Final = {
    "plain": ("NotoSans_Regular", "FiraGO_Regular"),
    "bold": ("NotoSans_Bold", "FiraGO_Bold", "NotoSans_Regular", "FiraGO_Regular"),
    "spaced": ("CascadiaMono_Regular", "NotoSans_Regular", "FiraGO_Regular"),
}
#: Where a machine keeps its fonts.
_FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
)
#: The most installed fonts that are asked for a letter; each takes some 10 ms.
_MOST_INSTALLED: Final = 60
REPLACEMENT: Final = "?"


class Fonts:
    """The fonts of one printout. Each is loaded when the first letter asks for it."""

    def __init__(self) -> None:
        self._loaded: dict[str, TTFont | None] = {}
        self._of_letter: dict[tuple[Style, str], str] = {}
        self._installed: list[str] | None = None
        #: The letters that no font has, in the order in which they were met.
        self.missing: dict[str, None] = {}
        #: The scripts whose letters are drawn without joining them, likewise.
        self.unjoined: dict[str, None] = {}

    def runs(self, text: str, style: Style) -> Iterator[tuple[str, str]]:
        """Yield a text in pieces of one font each, with the name of the font."""
        font, piece = "", ""
        for letter in as_drawn(text):
            if is_unjoined(letter):
                self.unjoined[name_of(letter, "").split(" ")[0].title()] = None
            # PDF readers would draw a box for a joiner that people never see.
            if _is_unseen(letter):
                continue
            own = self._font_of(letter, style)
            seen = letter if own else REPLACEMENT
            own = own or self._font_of(REPLACEMENT, style)
            if own != font and piece:
                yield font, piece
                piece = ""
            font, piece = own, piece + seen
        if piece:
            yield font, piece

    def width(
        self,
        text: str,
        style: Style,
        size: float,
    ) -> float:
        """Return the width of a text in points."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        total = 0.0
        for font, piece in self.runs(text, style):
            total += stringWidth(piece, font, size)
        return total

    def _font_of(self, letter: str, style: Style) -> str:
        """Return the name of the first font that has a letter; blank if none has it."""
        known = self._of_letter.get((style, letter))
        if known is None:
            # Asked once for a letter: a page has thousands, and few different ones.
            known = next(self._having(letter, style), "")
            self._of_letter[style, letter] = known
            if not known:
                self.missing[letter] = None
        return known

    def _having(self, letter: str, style: Style) -> Iterator[str]:
        for name in _OWN[style]:
            if self._has(name, letter):
                yield name
        # Fonts of the machine come last: the page looks the same everywhere as far as ours go.
        for path in self._installed_fonts():
            if self._has(path, letter):
                yield path

    def _has(self, name: str, letter: str) -> bool:
        if name not in self._loaded:
            self._loaded[name] = _load(name)
        font = self._loaded[name]
        return font is not None and ord(letter) in font.face.charToGlyph

    def _installed_fonts(self) -> list[str]:
        if self._installed is None:
            files = [path for folder in _FOLDERS for path in _fonts_in(os.path.expanduser(folder))]
            # The same letters get the same fonts on every run.
            self._installed = sorted(files, key=_by_promise)[:_MOST_INSTALLED]
        return self._installed


def _is_unseen(letter: str) -> bool:
    """Return whether a character has no shape: a joiner, a mark of direction, a variation."""
    return category(letter) in {"Cf", "Cc"} or "\ufe00" <= letter <= "\ufe0f"


def _fonts_in(folder: str) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            if name.lower().endswith((".ttf", ".ttc")):
                yield os.path.join(place, name)


def _by_promise(path: str) -> tuple[bool, bool, str]:
    """Order regular fonts without serifs first: they are the ones that look like ours."""
    name = os.path.basename(path).lower()
    is_styled = any(word in name for word in ("bold", "italic", "oblique", "light", "mono"))
    return is_styled, "sans" not in name, path


def _load(name: str) -> TTFont | None:
    """Return a font, known to reportlab by its name; None for a file that cannot be embedded."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    # Outlines of PostScript, and fonts whose maker forbids it, cannot be embedded.
    try:
        font = TTFont(name, name if os.path.isabs(name) else io.BytesIO(_bytes_of(name)))
    except (TTFError, OSError):
        return None
    registerFont(font)
    return font


def _bytes_of(name: str) -> bytes:
    content: bytes = import_module(f"pymupdf_fonts.{name}").fontbuffer
    return content
