"""Policies on a person's page: those that they have not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.readers import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the policies to read; nothing where the person has read all."""
    if not office.may_view(Acknowledgment):
        return
    lines = []
    for reading in readings(office, office.today, person_id):
        # The list of acknowledgments has the others, which would be long here.
        if reading.state == "read":
            continue
        by = f" by {reading.due_on}" if reading.due_on else ""
        # Enter opens the policy, where one key says that it was read.
        subject = Subject(Policy.meta.key, reading.policy_id)
        words = f"{reading.policy}, version {reading.number}{by}"
        lines.append(PageLine(reading.state.replace("_", " ").capitalize(), words, subject))
    if lines:
        yield PageSection("Policies to read", lines)
