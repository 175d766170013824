"""An open seat in words: who can cover it, who can but should not, and who cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values import wording
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.clock import span
from officeops_hr.roster.covering import answers
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.rules.cover import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops import Office
    from officeops_hr.roster.rules.cover import Answer
    from officeops_hr.roster.shift import Shift


def seat(office: Office, shift: Shift) -> str:
    """Return a shift in words: `Mon 2026-03-02 08:00-17:00 MA`."""
    code = office.get(JobRole, shift.role_id).code
    return f"{shift.day:%a} {shift.day} {span(shift.starts_at, shift.ends_at)} {code}"


def seat_words(office: Office, shift: Shift) -> str:
    """Return an open seat with everybody of its role, in the order in which to ask them."""
    found = list(filter(of_role(office, shift), answers(office, shift)))
    # A practice of thirty has twenty of other roles, whom nobody asks.
    parts = list(_groups(found))
    who = " ".join(parts) if parts else "Nobody else has the role."
    return f"Shift #{shift.id} is open, {seat(office, shift)}. {who}"


def of_role(office: Office, shift: Shift) -> Callable[[Answer], bool]:
    """Return whether a person has the role of a shift, whatever else speaks against them."""
    facts = RosterFacts(office, shift.day, shift.day)
    code = office.get(JobRole, shift.role_id).code
    # Not by the reasons: of somebody who is off, nothing else is said.
    return lambda answer: facts.works_as(answer.person, code, shift.day)


def _groups(found: list[Answer]) -> Iterator[str]:
    for group in GROUPS:
        names = []
        for answer in found:
            if answer.group == group:
                reasons = wording.listing(list(answer.reasons))
                names.append(f"{answer.name} ({reasons})" if reasons else answer.name)
        if names:
            yield f"{group.capitalize()}: {', '.join(names)}."
