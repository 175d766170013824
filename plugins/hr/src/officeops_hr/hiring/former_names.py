"""Former names of a candidate: one text, with semicolons between, and those that the history has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import folded

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.hiring.candidate import Candidate

#: An undo and SQL change a name as well, and add no former name to the text.
_EARLIER: Final = """
SELECT DISTINCT json_extract(before, '$.name') AS name FROM core_change
WHERE record = 'hr_candidate' AND record_id = ? AND name IS NOT NULL
"""


def split_names(text: str | None) -> list[str]:
    """Return the names in a text."""
    return [name for part in (text or "").split(";") if (name := part.strip())]


def all_names(office: Office, candidate: Candidate) -> list[str]:
    """Return the name of a candidate, then all that they had, each once."""
    # The names alone: else the history is for people who may read it.
    with office.lifted():
        earlier = [name for (name,) in office.rows(_EARLIER, candidate.id)]
    return without_doubles(candidate.name, *split_names(candidate.former_names), *earlier)


def without_doubles(*names: str) -> list[str]:
    """Return names in their order, those that differ in capital letters alone once."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(folded(name), name)
    return list(first.values())
