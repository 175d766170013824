"""What a policy's page says above its fields: the text in effect, and who has not read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_hr.people.acting import own_person
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.actions import in_effect
from officeops_hr.policies.policy_version import PolicyVersion
from officeops_hr.policies.readers import Reading, readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.policies.policy import Policy


def page(office: Office, policy: Policy) -> Iterator[PageSection]:
    """Yield the version in effect, whether you have read it, and who has not."""
    if not office.may_view(PolicyVersion):
        return
    # One of a day to come is among the versions below, and not yet to be followed.
    version = in_effect(office, policy.id, office.today)
    if version is None:
        yield PageSection("", [PageLine("Version", "none is in effect")])
        return
    # Your own line first: people open the page to read and say so.
    summary = [_version_line(version), *_own(office, policy)]
    yield PageSection("", summary)
    if version.text:
        yield PageSection("Text", [PageLine("", line) for line in version.text.splitlines()])
    yield from _unread(office, policy)


def _version_line(version: PolicyVersion) -> PageLine:
    change = f": {version.change}" if version.change else ""
    words = f"{version.number}, from {version.effective_on} on{change}"
    return PageLine("Version", words, Subject(PolicyVersion.meta.key, version.id))


def _own(office: Office, policy: Policy) -> Iterator[PageLine]:
    person = own_person(office)
    if person is None or not office.may_view(Acknowledgment):
        return
    for reading in readings(
        office,
        office.today,
        person,
        policy.id,
    ):
        yield PageLine("You", own_words(reading))


def own_words(reading: Reading) -> str:
    """Return whether a person has read a policy, and by when they must."""
    if reading.read_on is not None:
        return f"read it on {reading.read_on}"
    by = f", by {reading.due_on}" if reading.due_on else ""
    return f"have not read it{by}"


def _unread(office: Office, policy: Policy) -> Iterator[PageSection]:
    if not office.may_view(Acknowledgment):
        return
    lines = []
    for reading in readings(
        office,
        office.today,
        None,
        policy.id,
    ):
        if reading.state == "read" or reading.person_id == own_person(office):
            continue
        # Without a day for somebody on a leave whose end nobody knows.
        by = f"by {reading.due_on}" if reading.due_on else ""
        lines.append(PageLine(reading.person, f"{reading.state.replace('_', ' ')} {by}".rstrip()))
    if lines:
        yield PageSection("Not read by", lines)
