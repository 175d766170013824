"""Finding a policy at the moment it is needed: by its name, its words and the text in effect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops import Value, folded
from officeops_hr.policies.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Where a sentence or a line ends.
_ENDS: Final = r"(?<=[.!?;])\s+|\n"
#: Each policy with its version in effect, if one is.
_IN_EFFECT: Final = """
SELECT p.id, p.name, ifnull(p.words, ''), v.number, v.effective_on, ifnull(v.text, '')
FROM hr_policy p LEFT JOIN hr_policy_version v ON v.id = (
    SELECT c.id FROM hr_policy_version c WHERE c.policy_id = p.id AND c.archived_at IS NULL
    AND c.effective_on <= office_today() ORDER BY c.effective_on DESC, c.number DESC LIMIT 1)
WHERE p.archived_at IS NULL ORDER BY p.name
"""


class Passage(Value):
    """A policy with the line of its version in effect that has the words, if one line has them."""

    policy_id: int
    name: str
    version: int | None
    effective_on: str | None
    line: str


def passages(office: Office, text: str) -> Iterator[Passage]:
    """Yield the policies that have all words of a text, those with them in the name first."""
    # All of the words, in any order: people remember pieces.
    words = folded(text).split()
    later = []
    for number, name, more, version, since, body in office.rows(_IN_EFFECT):
        if not words or not _has_all(words, f"{name}\n{more}\n{body}"):
            continue
        passage = Passage(
            number,
            name,
            version,
            since,
            _line(words, body),
        )
        if _has_all(words, name):
            # The name is the surest sign that it is the one meant.
            yield passage
        else:
            later.append(passage)
    yield from later


def found(office: Office, text: str) -> Iterator[Policy]:
    """Yield the policies whose text in effect has the words, for the search of the office."""
    for passage in passages(office, text):
        yield office.get(Policy, passage.policy_id)


def begun(office: Office, text: str) -> Iterator[int]:
    """Yield the policies whose name begins with a text."""
    begins = folded(text)
    for number, name, *_ in office.rows(_IN_EFFECT):
        if folded(name).startswith(begins):
            yield number


def _has_all(words: list[str], text: str) -> bool:
    looked_in = folded(text)
    return all(word in looked_in for word in words)


def _line(words: list[str], body: str) -> str:
    """Return the first sentence with all of the words, or else with one; blank if none has."""
    lines = [line.strip() for line in re.split(_ENDS, body)]
    whole = [line for line in lines if _has_all(words, line)]
    partly = [line for line in lines if any(word in folded(line) for word in words)]
    return next(iter([*whole, *partly]), "")
