"""Absences: who is off on which days of a week, in as many words as the person may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.facts import RosterFacts

_AT: Final = "first_day <= ? AND ifnull(last_day, first_day) >= ?"


def absences(
    office: Office,
    facts: RosterFacts,
    people: Iterable[int],
    days: Sequence[date],
) -> dict[tuple[int, date], str]:
    """Return the words for each person and day off: `PTO`, or only `off`.

    The policy is said of requests within reach alone. A private reason is never said.
    """
    policies = _policies(office, days)
    away = {}
    for person in people:
        for day in days:
            if facts.is_off(person, day):
                away[person, day] = policies.get((person, day), "off")
    return away


def _policies(office: Office, days: Sequence[date]) -> dict[tuple[int, date], str]:
    """Return the policy of each person and day with a request that the acting person may read."""
    if not (office.may_view(LeaveRequest) and office.may_view(LeavePolicy)):
        return {}
    # Read once: a name for each request would be a query a person.
    names = {policy.id: policy.name for policy in office.all(LeavePolicy)}
    asked = office.all(
        LeaveRequest,
        _AT,
        days[-1].isoformat(),
        days[0].isoformat(),
    )
    words = {}
    for request in asked:
        for day in days:
            if request.first_day <= day <= request.until:
                words[request.person_id, day] = names.get(request.policy_id, "off")
    return words
