"""Whose one-to-ones, reviews and discipline a person reaches: those they wrote, and those shown to them."""

from __future__ import annotations

from typing import Final

from officeops import Scope
from officeops_hr.people.scope import PEOPLE


def _written(
    table: str,
    shown: str,
) -> str:
    """Return the SQL for the rows that a user wrote, and those about the user that are shown."""
    # The query has one question mark, and the user is needed twice.
    return f"""
SELECT t.id FROM {table} t JOIN (SELECT ? AS me)
WHERE t.writer_id = me
OR ({shown} AND t.person_id IN (SELECT p.id FROM hr_person p WHERE p.user_id = me))
"""


def _of_team(
    table: str,
    shown: str,
) -> str:
    """Return the SQL for the shown rows about people whom a user leads."""
    return f"SELECT t.id FROM {table} t WHERE {shown} AND t.person_id IN ({PEOPLE.team})"


_SHARED: Final = "t.sharing = 'shared'"
#: A private note is its writer's alone, also where somebody else leads the person.
NOTES: Final = Scope(
    "one-to-ones",
    own=_written("hr_one_to_one", _SHARED),
    team=_of_team("hr_one_to_one", _SHARED),
)
#: A person sees their review once it is shared; leaders of the writer see the draft.
REVIEWS: Final = Scope(
    "reviews",
    own=_written("hr_review", "t.state <> 'draft'"),
    team=_of_team("hr_review", "1"),
)
#: Leading a person is no reason to see their discipline, so nobody has a team here.
DISCIPLINE: Final = Scope("discipline", own=_written("hr_discipline", "t.state <> 'draft'"))
