"""Marks of officeops 0.2.0.dev0, by a finding's words, read as those of today, by its code.

An acceptance is sealed in the history and never rewritten, so each wording that was ever stored
stays in this table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from officeops.history.finding import Mark

_NUMBER: Final = r"(-?[\d,]+)"
_CHANGE: Final = rf"was altered outside the history: change {_NUMBER} "

#: Former words, the code, and any part of the mark between the code and the words' details.
_WORDS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (r"is gone, and the history does not say why\.", ("record-gone",)),
    (r"is there, but the history does not know it\.", ("record-unknown",)),
    (r"was destroyed, but is there again\.", ("record-destroyed-again",)),
    (r"was destroyed, but its contents are in the history again\.", ("record-contents-again",)),
    (r"The history tells of .*, but there is no such table\.", ("table-gone",)),
    (
        rf"has the version {_NUMBER}, which its recorded saves cannot have made\.",
        ("record-version",),
    ),
    (rf"{_CHANGE}adds what was there\.", ("record-change-altered", "adds-existing")),
    (rf"{_CHANGE}changes what was not there\.", ("record-change-altered", "changes-missing")),
    (
        rf"{_CHANGE}found another (.*) than the change before it had left\.",
        ("record-change-altered", "finds-other"),
    ),
    (
        r"is not as recorded: it has text that cannot be read, put there outside the history\.",
        ("record-unreadable",),
    ),
    (r"is not as recorded: (.*) altered outside the history\.", ("record-altered",)),
)


def current(stored: list[Any]) -> Mark:
    """Return a stored mark as it is made today.

    One that is of today, or of which nothing is known, stays as it is.
    """
    match stored:
        case ["record", str(), int(), str(words)]:
            return (*stored[:3], *(_details(words) or (words,)))
    return tuple(stored)


def _details(words: str) -> Mark | None:
    for pattern, codes in _WORDS:
        if match := re.fullmatch(pattern, words, re.DOTALL):
            return (*codes, *(_number(text) for text in match.groups()))
    return None


def _number(text: str) -> str | int:
    return int(text.replace(",", "")) if re.fullmatch(_NUMBER, text) else text
