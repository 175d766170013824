"""File completeness: which papers a person must have by role, and which are there on a day.

The papers that the acting person may not see are left out, so that nobody learns of a medical paper
that is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.papers.paper import KINDS
from officeops_hr.people.as_of import current
from officeops_hr.people.scope import reaches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_hr.papers.paper import PaperOfPerson

#: The types that somebody must have: those for everybody, and those for a role of theirs.
_REQUIRED: Final = f"""
SELECT y.id, y.name FROM hr_paper_type y
WHERE y.archived_at IS NULL AND y.paper_class IN (SELECT value FROM json_each(?1))
AND (y.required OR EXISTS (
    SELECT 1 FROM hr_required_paper q WHERE q.type_id = y.id AND q.archived_at IS NULL
    AND (q.role_id = (SELECT {current("hr_position", "role_id", "?3")} FROM hr_person t WHERE t.id = ?2)
        OR q.role_id IN (SELECT r.role_id FROM hr_person_role r
            WHERE r.person_id = ?2 AND r.archived_at IS NULL))))
ORDER BY y.paper_class, y.name
"""


class FileLine(Value):
    """A required type with its state (present, missing, expired) and the day of the paper."""

    name: str
    state: str
    dated_on: str
    good_until: str


def file_lines(
    office: Office,
    person_id: int,
    day: date,
) -> Iterator[FileLine]:
    """Yield each type of papers that a person must have, with its state on a day."""
    import json

    for kind in KINDS:
        if not reaches(office, kind(person_id=person_id, type_id=0)):
            continue
        classes = json.dumps(kind.classes)
        latest = _latest(office, kind, person_id)
        for number, name in office.rows(_REQUIRED, classes, person_id, day.isoformat()):
            yield _line(name, latest.get(number), day)


def _latest(
    office: Office,
    kind: type[PaperOfPerson],
    person_id: int,
) -> dict[int, tuple[str, str | None]]:
    """Return the newest paper of each type: its day, and the last day on which it counts."""
    good_until = kind.meta.by_name["good_until"].sql
    sql = (
        f"SELECT t.type_id, t.dated_on, {good_until} FROM {kind.meta.table} t "
        "WHERE t.person_id = ? AND t.archived_at IS NULL ORDER BY t.dated_on"
    )
    return {number: (dated, until) for number, dated, until in office.rows(sql, person_id)}


def _line(
    name: str,
    paper: tuple[str, str | None] | None,
    day: date,
) -> FileLine:
    if paper is None:
        return FileLine(name, "missing", "", "")
    dated, until = paper
    state = "expired" if until and until < day.isoformat() else "present"
    return FileLine(name, state, dated, until or "")
