"""Needs: which training each person must have, and by when; computed from dates when asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.config import HrSettings
from officeops_hr.people.held_roles import HELD_ROLES, IS_AWAY, after_leave
from officeops_hr.training.dates import COUNTED, HOLDS_UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: The order of lists: the late ones first.
STATES: Final = ("overdue", "due", "current", "exempt", "on_leave")
_LAST: Final = f"""
SELECT r.id FROM hr_training r WHERE r.person_id = h.id AND r.topic_id = y.id
AND r.archived_at IS NULL AND r.result IN {COUNTED} AND r.done_on <= ?1
AND r.done_on >= ifnull(y.changed_on, '') ORDER BY r.done_on DESC, r.id DESC LIMIT 1"""
#: The last day of the first days in a role; nobody is overdue before it.
_FIRST: Final = """date(max(h.start, n.since, ifnull(y.changed_on, '')),
'+' || y.within_days || ' days')"""
_NEEDS: Final = f"""
WITH {HELD_ROLES},
needed (person_id, topic_id, since) AS (
    SELECT person_id, topic_id, min(since) FROM (
        SELECT r.person_id AS person_id, q.topic_id AS topic_id, r.since AS since
        FROM held r JOIN hr_required_training q ON q.role_id = r.role_id AND q.archived_at IS NULL
        UNION ALL SELECT h.id, y.id, '' FROM here h, hr_training_topic y WHERE y.required)
    GROUP BY person_id, topic_id),
last (person_id, topic_id, done_on, result, due, is_away) AS (
    SELECT h.id, y.id, t.done_on, t.result,
        CASE WHEN t.id IS NULL THEN {_FIRST} ELSE max({HOLDS_UNTIL}, {_FIRST}) END, {IS_AWAY}
    FROM needed n JOIN here h ON h.id = n.person_id
    JOIN hr_training_topic y ON y.id = n.topic_id AND y.archived_at IS NULL
    LEFT JOIN hr_training t ON t.id = ({_LAST}))
SELECT h.id, h.name, y.id, y.name, y.gates_work, l.done_on, l.result, {after_leave("l.due")}, l.is_away
FROM last l JOIN here h ON h.id = l.person_id JOIN hr_training_topic y ON y.id = l.topic_id
ORDER BY h.name, h.id, y.name
"""


class Need(Value):
    """A topic that a person must be trained in: when they were, and by when they must be.

    `due_on` is the last good day; None where it holds for good, or waits for the end of a leave.
    """

    person_id: int
    person: str
    topic_id: int
    topic: str
    gates_work: bool
    done_on: date | None
    due_on: date | None
    state: str


def needs(
    office: Office,
    day: date,
    person_id: int | None = None,
) -> Iterator[Need]:
    """Yield what a person, or everybody within reach, needs, with its state on a day."""
    lead = timedelta(days=office.settings("hr", HrSettings).training_lead_days)
    for row in office.rows(_NEEDS, day.isoformat(), person_id):
        person, name, topic, words, gates, done, result, due, is_away = row
        done_on = date.fromisoformat(done) if done else None
        due_on = date.fromisoformat(due) if due else None
        state = _state(
            day,
            lead,
            done_on,
            due_on,
            result,
        )
        # Away comes before late: nobody can train them now.
        shown = "on_leave" if is_away else state
        yield Need(
            person,
            name,
            topic,
            words,
            bool(gates),
            done_on,
            due_on,
            shown,
        )


def _state(
    day: date,
    lead: timedelta,
    done_on: date | None,
    due_on: date | None,
    result: str | None,
) -> str:
    if due_on is not None and due_on < day:
        return "overdue"
    # Somebody who was never trained is not current, however long they may wait.
    if done_on is None or (due_on is not None and due_on <= day + lead):
        return "due"
    return "exempt" if result == "exempt" else "current"
