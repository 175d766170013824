"""Without names: a text of a log in which the injured person's names are struck out.

A report is free text, and somebody in a hurry writes a name. The logs that others read have none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

STRUCK: Final = "[name]"
#: Shorter words, such as an initial, would strike out half of the text.
_SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NAMES: Final = """
SELECT name FROM hr_person WHERE id = ?1 UNION SELECT legal_name FROM hr_person WHERE id = ?1
UNION SELECT name FROM hr_former_name WHERE person_id = ?1 AND archived_at IS NULL
"""


def names_of(office: Office, person_ids: Iterable[int]) -> set[str]:
    """Return the words of all names that people have or had, folded."""
    words = set()
    for person in person_ids:
        for (name,) in office.rows(_NAMES, person):
            words |= {folded(word) for word in _WORD.findall(name or "")}
    return {word for word in words if len(word) >= _SHORTEST}


def without_names(text: str | None, names: set[str]) -> str | None:
    """Strike the words of names out of a text."""
    if text is None:
        return None
    return _WORD.sub(lambda word: STRUCK if _is_name(word[0], names) else word[0], text)


def _is_name(word: str, names: set[str]) -> bool:
    # "Ben's arm" is about Ben.
    plain = folded(word)
    return plain in names or plain.removesuffix("'s") in names
