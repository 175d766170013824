"""Plain letters: screens in ASCII, where the terminal's language has no UTF-8.

Each letter gives as many as it has cells, so that no column moves. Data is the same as before: only
the picture of it changes, and what a person types is read as ever.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Letters that say something by their look.
_LOOKS: Final = str.maketrans(
    {
        **dict.fromkeys("…", "~"),
        **dict.fromkeys("§", "&"),
        **dict.fromkeys("–—‐‑−─━═╌╴╶", "-"),
        **dict.fromkeys("│┃║▏▎▍▌▐▕", "|"),
        **dict.fromkeys("·•∙●○", "."),
        **dict.fromkeys("›»▶▸→", ">"),
        **dict.fromkeys("‹«◀◂←", "<"),
        **dict.fromkeys("↑▲△", "^"),
        **dict.fromkeys("↓▼▽", "v"),
        **dict.fromkeys("█▇▆▓", "#"),
        **dict.fromkeys("▅▄▃▀", "="),
        **dict.fromkeys("▂▁", "_"),
        **dict.fromkeys("░▒", ":"),
        **dict.fromkeys("✓✔", "+"),
        **dict.fromkeys("×✗✘", "x"),
        **dict.fromkeys("‘’′", "'"),
        **dict.fromkeys("“”″", '"'),
        **dict.fromkeys("\N{DEGREE SIGN}", "o"),
        **dict.fromkeys("µμ", "u"),
    }
)
#: Corners and crossings of lines.
_CORNERS: Final = range(0x250C, 0x2570)
_OTHER: Final = re.compile(r"[^\x00-\x7f]")
_VARIABLES: Final = ("LC_ALL", "LC_CTYPE", "LANG")


def wants_plain_letters(environ: Mapping[str, str]) -> bool:
    """Whether the environment names a language without UTF-8; one that names none has it."""
    named = next((text for name in _VARIABLES if (text := environ.get(name))), "")
    return bool(named) and "utf8" not in named.lower().replace("-", "")


def plain_letters(text: str) -> str:
    """Return a text in ASCII that takes the same cells; `?` is a letter that has no like."""
    if text.isascii():
        return text
    return _OTHER.sub(lambda match: _like(match[0]), text.translate(_LOOKS))


@cache
def _like(letter: str) -> str:
    width = cell_len(letter)
    if ord(letter) in _CORNERS:
        return "+"
    base = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    # A ligature or a fraction has more letters than cells.
    return base if len(base) == width else "?" * width
