"""A policy on paper: its text in effect, and a place to sign for each person who has not read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange import Facts, Grid, Lines, Printout
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.actions import in_effect
from officeops_hr.policies.policy_version import PolicyVersion
from officeops_hr.policies.readers import readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.policies.policy import Policy

_SIGN = ("Name", "Date", "Signature")


def policy_text(office: Office, policy: Policy) -> Printout:
    """Return the text with its version, and the lines to sign on."""
    office.allow_view(PolicyVersion)
    version = in_effect(office, policy.id, office.today)
    blocks: list[Facts | Grid | Lines] = []
    if version is not None:
        since = ("Version", f"{version.number}, from {version.effective_on} on")
        blocks.append(Facts([since]))
        blocks.append(Lines((version.text or "See the attached file.").splitlines()))
    # One sheet serves both: it is read, and it is signed below.
    waiting = unread_names(office, policy)
    if waiting:
        blocks.append(Lines(["I have read this version:"]))
        blocks.append(Grid(_SIGN, [[name, "", ""] for name in waiting]))
    return Printout(policy.name, blocks, under=(office.facts.name,))


def unread_names(office: Office, policy: Policy) -> list[str]:
    """Return the people within reach who have not read the version in effect."""
    if not office.may_view(Acknowledgment):
        return []
    owed = readings(
        office,
        office.today,
        None,
        policy.id,
    )
    return [reading.person for reading in owed if reading.state != "read"]


def missing(office: Office, policy: Policy) -> Iterator[str]:
    """Yield what the paper lacks: a version."""
    if in_effect(office, policy.id, office.today) is None:
        yield f"No version is in effect: officeops policy issue {policy.human_key}"
