"""Roles that people hold on a day, each since when: for all that a role asks of its people.

SQL for `WITH`, over the day `?1` and a person `?2`, or NULL for everybody within reach.
"""

from __future__ import annotations

from typing import Final

from officeops_hr.people.as_of import current

#: An employment to come counts: its day of hire is known, and due days follow from it.
_SPAN: Final = """
SELECT s.id FROM hr_employment s WHERE s.person_id = t.id AND s.archived_at IS NULL
AND ifnull(s.last_day, ?1) >= ?1 ORDER BY s.hired_on LIMIT 1"""
#: Somebody who starts later holds the role of their first day.
_ROLE_DAY: Final = "max(?1, t.start)"
#: The first of the positions in a row that have the role. The plus keeps SQLite from reading the
#: positions of all people who share it.
_SINCE: Final = f"""(SELECT min(ifnull(p.starts_on, '')) FROM hr_position p
WHERE p.person_id = t.id AND p.archived_at IS NULL AND +p.role_id = t.role_id
AND ifnull(p.starts_on, '') <= {_ROLE_DAY} AND NOT EXISTS (
    SELECT 1 FROM hr_position o WHERE o.person_id = t.id AND o.archived_at IS NULL
    AND o.role_id <> t.role_id AND ifnull(o.starts_on, '') <= {_ROLE_DAY}
    AND ifnull(o.starts_on, '') > ifnull(p.starts_on, '')))"""
#: `here`: the people who work here on the day or will, with the first day of their employment and
#: their leave of absence. `held`: their roles, each with the day since when, blank from the start.
HELD_ROLES: Final = f"""
here (id, name, start, away_from, away_until) AS (
    SELECT t.id, t.name, e.hired_on, e.leave_from, e.leave_until
    FROM hr_person t JOIN hr_employment e ON e.id = ({_SPAN})
    WHERE t.archived_at IS NULL AND ifnull(?2, t.id) = t.id),
main (id, start, role_id) AS (
    SELECT t.id, t.start, {current("hr_position", "role_id", _ROLE_DAY)} FROM here t),
held (person_id, role_id, since) AS (
    SELECT t.id, t.role_id, {_SINCE} FROM main t WHERE t.role_id IS NOT NULL
    UNION ALL SELECT r.person_id, r.role_id, '' FROM hr_person_role r JOIN here t ON t.id = r.person_id
        WHERE r.archived_at IS NULL)"""


def after_leave(due: str) -> str:
    """Return the SQL of a day that falls into the leave of absence of the person `h`.

    It is the day after the leave; NULL while nobody knows its end.
    """
    return (
        f"CASE WHEN {due} >= h.away_from AND {due} <= ifnull(h.away_until, '9999') "
        f"THEN date(h.away_until, '+1 day') ELSE {due} END"
    )


#: Whether the person `h` is on a leave of absence on the day.
IS_AWAY: Final = """ifnull(h.start <= ?1 AND h.away_from <= ?1
AND ifnull(h.away_until, ?1) >= ?1, 0)"""
