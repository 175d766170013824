"""Former names of a candidate: those in their text, and those that the history has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.hiring.name_list import split_names, without_doubles

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.hiring.candidate import Candidate

#: An undo and SQL change a name as well, and add no former name to the text.
_EARLIER: Final = """
SELECT DISTINCT json_extract(before, '$.name') AS name FROM core_change
WHERE record = 'hr_candidate' AND record_id = ? AND name IS NOT NULL
"""


def all_names(office: Office, candidate: Candidate) -> list[str]:
    """Return the name of a candidate, then all that they had, each once."""
    # The names alone: else the history is for people who may read it.
    with office.lifted():
        earlier = [name for (name,) in office.rows(_EARLIER, candidate.id)]
    return without_doubles(candidate.name, *split_names(candidate.former_names), *earlier)
