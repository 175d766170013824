"""The matrix of skills: who does what at which level, and who can cover; computed when asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.status import status_sql
from officeops_hr.skills.competence import ALONE, LAPSES_ON, LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops import Office

_SKILLS: Final = """
SELECT id, name, area, wanted FROM hr_skill WHERE archived_at IS NULL
AND (?1 IS NULL OR officeops_fold(CAST(area AS BLOB)) = officeops_fold(CAST(?1 AS BLOB)))
ORDER BY ifnull(area, ''), name
"""
_PEOPLE: Final = f"""
SELECT t.id, t.name, {status_sql("?1")} FROM hr_person t WHERE t.archived_at IS NULL
AND {status_sql("?1")} IN ('active', 'on_leave') ORDER BY {SORTED_AS}, t.id
"""
_LATEST: Final = f"""
SELECT t.id, t.person_id, t.skill_id, t.level, t.observed_on, {LAPSES_ON} FROM hr_competence t
WHERE t.archived_at IS NULL AND t.observed_on <= ?1 AND NOT EXISTS (
    SELECT 1 FROM hr_competence o WHERE o.person_id = t.person_id AND o.skill_id = t.skill_id
    AND o.archived_at IS NULL AND o.observed_on <= ?1
    AND (o.observed_on, o.id) > (t.observed_on, t.id))
"""


class Shown(Value):
    """The latest observation of a person in a skill, as it counts on a day."""

    id: int
    level: str
    observed_on: date
    lapses_on: date | None
    has_lapsed: bool

    @property
    def is_alone(self) -> bool:
        """Whether the person was seen to do it alone."""
        return self.level in ALONE

    @property
    def covers(self) -> bool:
        """Whether the person may do it alone."""
        return self.is_alone and not self.has_lapsed

    @property
    def mark(self) -> str:
        """The cell: the level from 0 to 4, with `x` behind one that has lapsed."""
        # A letter, as a color alone is lost on paper and for some eyes.
        return f"{LEVELS.index(self.level)}{'x' if self.has_lapsed else ''}"


class Column(Value):
    """A skill with the number of people who should do it alone."""

    id: int
    name: str
    area: str
    wanted: int


class Member(Value):
    """A person of the matrix; somebody on a leave of absence covers nothing."""

    id: int
    name: str
    is_away: bool


class Matrix(Value):
    """People and skills, with the latest observation of each pair."""

    skills: Sequence[Column]
    people: Sequence[Member]
    cells: Mapping[tuple[int, int], Shown]

    def cell(self, person: Member, skill: Column) -> Shown | None:
        """Return the latest observation of a person in a skill."""
        return self.cells.get((person.id, skill.id))

    def covering(self, skill: Column) -> list[Member]:
        """Return the people who can do a skill alone."""
        people = []
        for person in self.people:
            shown = self.cell(person, skill)
            if shown is not None and shown.covers and not person.is_away:
                people.append(person)
        return people


def matrix(
    office: Office,
    day: date,
    area: str | None = None,
) -> Matrix:
    """Return the matrix of the people within reach on a day, of one area or of all skills."""
    rows = office.rows(_SKILLS, area)
    skills = [
        Column(
            number,
            name,
            of or "",
            wanted,
        )
        for number, name, of, wanted in rows
    ]
    # Leavers are no rows: the matrix plans for tomorrow.
    people = []
    for number, name, status in office.rows(_PEOPLE, day.isoformat()):
        people.append(Member(number, name, status == "on_leave"))
    cells = {}
    for number, person, skill, level, observed, lapse in office.rows(_LATEST, day.isoformat()):
        lapses_on = date.fromisoformat(lapse) if lapse else None
        has_lapsed = lapses_on is not None and lapses_on < day
        cells[person, skill] = Shown(
            number, level, date.fromisoformat(observed), lapses_on, has_lapsed
        )
    return Matrix(skills, people, cells)
