"""Directions: a line with Hebrew or Arabic as it is drawn, its letters in their places and joined.

A page is drawn letter by letter from the left. Two libraries know the rest: python-bidi the order
(Unicode Standard Annex 9), arabic-reshaper the forms in which Arabic letters join.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper

#: The letters of scripts that are written from the right.
_FROM_THE_RIGHT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)
#: The blocks of Indic and related scripts, in which letters change places and shapes as they join:
#: no library here does that.
_JOINING: Final = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]")


def as_drawn(line: str) -> str:
    """Return one line in the order in which its letters are drawn from the left."""
    if not _FROM_THE_RIGHT.search(line):
        return line
    # The one of the package itself leaves brackets unmirrored.
    from bidi.algorithm import get_display

    return str(get_display(_shaper().reshape(line)))


def is_unjoined(letter: str) -> bool:
    """Whether a letter belongs to a script whose letters would have to join, and are not joined."""
    return _JOINING.match(letter) is not None


@lru_cache(maxsize=1)
def _shaper() -> ArabicReshaper:
    from arabic_reshaper import ArabicReshaper

    # The fonts draw a single letter by its own character, and vowel marks are kept.
    return ArabicReshaper({"use_unshaped_instead_of_isolated": True, "delete_harakat": False})
