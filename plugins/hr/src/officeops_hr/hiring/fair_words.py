"""Fair words: a note that touches a topic which nobody asks about is warned of, never refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_TOPICS: Final = "SELECT topic, words FROM hr_off_limits_topic WHERE archived_at IS NULL"


def remark(office: Office, text: str | None) -> None:
    """Remark on the topics that a text touches; it is kept as it is."""
    topics = list(touched(office, text))
    if topics:
        named = ", ".join(topics)
        said = f"Check the note: it may touch {named}. Keep to the job; undo takes it back."
        office.remarks += [] if said in office.remarks else [said]


def touched(office: Office, text: str | None) -> Iterator[str]:
    """Yield the topics whose words are in a text, as whole words."""
    if not text:
        return
    plain = folded(text)
    for topic, words in office.rows(_TOPICS):
        if any(_has(plain, word) for word in words.split(",")):
            yield topic.lower()


def _has(plain: str, word: str) -> bool:
    sought = re.escape(folded(word.strip()))
    # A whole word: "age" is no part of "manager".
    return bool(sought) and re.search(rf"(?<!\w){sought}(?!\w)", plain) is not None
