"""Readers: who must read which policy and by when, and who has; computed from dates when asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.held_roles import HELD_ROLES, IS_AWAY, after_leave

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: The order of lists: the late ones first.
STATES: Final = ("overdue", "unread", "on_leave", "read")
_LATEST: Final = """SELECT v.id FROM hr_policy_version v WHERE v.policy_id = p.id
AND v.archived_at IS NULL AND v.effective_on <= ?1"""
_NEWEST_FIRST: Final = "ORDER BY v.effective_on DESC, v.number DESC LIMIT 1"
#: A reading of this version or a later one counts.
_READ: Final = """
SELECT min(a.read_on) FROM hr_acknowledgment a JOIN hr_policy_version v ON v.id = a.policy_version_id
WHERE a.person_id = h.id AND v.policy_id = p.id AND a.archived_at IS NULL AND a.read_on <= ?1
AND (v.effective_on, v.number) >= (m.effective_on, m.number)"""
_READINGS: Final = f"""
WITH {HELD_ROLES},
asked (person_id, policy_id, since) AS (
    SELECT person_id, policy_id, min(since) FROM (
        SELECT r.person_id AS person_id, q.policy_id AS policy_id, r.since AS since
        FROM held r JOIN hr_policy_reader q ON q.role_id = r.role_id AND q.archived_at IS NULL
        UNION ALL SELECT h.id, p.id, '' FROM here h, hr_policy p WHERE p.everybody)
    GROUP BY person_id, policy_id),
owed (person_id, policy_id, version_id, number, read_on, due, is_away) AS (
    SELECT h.id, p.id, c.id, c.number, ({_READ}),
        date(max(h.start, n.since, m.effective_on), '+' || p.within_days || ' days'), {IS_AWAY}
    FROM asked n JOIN here h ON h.id = n.person_id
    JOIN hr_policy p ON p.id = n.policy_id AND p.archived_at IS NULL
    JOIN hr_policy_version c ON c.id = ({_LATEST} {_NEWEST_FIRST})
    JOIN hr_policy_version m ON m.id = (
        {_LATEST} AND (v.read_again OR v.number = 1) {_NEWEST_FIRST}))
SELECT h.id, h.name, p.id, p.name, o.version_id, o.number, o.read_on, {after_leave("o.due")}, o.is_away
FROM owed o JOIN here h ON h.id = o.person_id JOIN hr_policy p ON p.id = o.policy_id
WHERE ifnull(?3, p.id) = p.id ORDER BY h.name, h.id, p.name
"""


class Reading(Value):
    """A policy that a person must read: its version in effect, by when, and when they read it.

    `read_on` is the day on which they confirmed it, of this version or the last one that asked;
    `due_on` is None while nobody knows the end of their leave of absence.
    """

    person_id: int
    person: str
    policy_id: int
    policy: str
    version_id: int
    number: int
    read_on: date | None
    due_on: date | None
    state: str


def readings(
    office: Office,
    day: date,
    person_id: int | None = None,
    policy_id: int | None = None,
) -> Iterator[Reading]:
    """Yield what a person, or everybody within reach, must read, with its state on a day."""
    for row in office.rows(
        _READINGS,
        day.isoformat(),
        person_id,
        policy_id,
    ):
        person, name, policy, title, version, number, read, due, is_away = row
        read_on = date.fromisoformat(read) if read else None
        due_on = date.fromisoformat(due) if due else None
        state = _state(
            day,
            read_on,
            due_on,
            is_away=bool(is_away),
        )
        yield Reading(
            person,
            name,
            policy,
            title,
            version,
            number,
            read_on,
            due_on,
            state,
        )


def _state(
    day: date,
    read_on: date | None,
    due_on: date | None,
    *,
    is_away: bool,
) -> str:
    if read_on is not None:
        return "read"
    if is_away:
        return "on_leave"
    return "overdue" if due_on is not None and due_on < day else "unread"
