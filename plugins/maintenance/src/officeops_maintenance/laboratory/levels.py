"""Levels: the sorts of control material, and what each of them has to show."""

from __future__ import annotations

from typing import Final

#: The result of a control that is seen, such as a line on a strip.
SEEN: Final = ("positive", "negative", "invalid")
#: The controls of a test that is read by eye, and those of one that gives a number.
BY_EYE: Final = ("positive", "negative")
BY_NUMBER: Final = ("1", "2", "3")
LEVELS: Final = (*BY_EYE, *BY_NUMBER)


def level_words(level: str) -> str:
    """Return a level as people say it: positive; level 1."""
    return f"level {level}" if level in BY_NUMBER else level
