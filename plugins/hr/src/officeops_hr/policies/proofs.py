"""Proofs of written policies for inspectors: the version in effect, and whether it was reviewed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import Proof
from officeops_hr.policies.actions import in_effect
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.policy_version import PolicyVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield a proof for each policy that proves an asked kind."""
    if not (office.may_view(Policy) and office.may_view(PolicyVersion)):
        return
    for policy in office.all(Policy, "proof IS NOT NULL"):
        # A policy that proves nothing asked for says nothing, as would a binder.
        if policy.proof in kinds:
            yield _proof(office, policy)


def _proof(office: Office, policy: Policy) -> Proof:
    kind = policy.proof or ""
    version = in_effect(office, policy.id, office.today)
    if version is None:
        what = f"{policy.name}: no version is in effect"
        key = Policy.meta.key
        return Proof(
            kind,
            "missing",
            what,
            action="issue",
            record=key,
            record_id=policy.id,
        )
    what = f"{policy.name}, version {version.number} of {version.effective_on}"
    review_on = office.text_of(policy, "review_on")
    on = date.fromisoformat(review_on) if review_on else None
    # The files of the version are the document, so it is the record of the proof.
    if on is not None and on < office.today:
        return Proof(
            kind,
            "not met",
            f"{what}: its review is late",
            on=on,
            action="policy review",
            record=PolicyVersion.meta.key,
            record_id=version.id,
        )
    return Proof(
        kind,
        "met",
        what,
        on=on,
        record=PolicyVersion.meta.key,
        record_id=version.id,
    )
