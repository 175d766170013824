"""Acknowledgment: that somebody read a version of a policy, on which day, and how they said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, Retention, choice, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

#: How they said so: by themselves on the screen, on a signed paper, or in a meeting.
WAYS: Final = ("screen", "paper", "meeting")


class Acknowledgment(
    Record,
    key="hr.acknowledgment",
    display="policy_version_id",
    sort="-read_on,person",
    also=("attestation", "sign-off"),
    scope=PEOPLE.by("person_id", all="manage"),
    indexes=(("person_id", "policy_version_id"),),
    unique_together=(("person_id", "policy_version_id"),),
):
    """That a person confirmed a version of a policy."""

    identity = (("person_id", "policy_version_id"),)

    person_id: int = ref(
        "hr.person",
        indexed=False,
        list_rank=1,
        also=("employee", "name"),
    )
    policy_version_id: int = ref(
        "hr.policy-version",
        indexed=False,
        list_rank=1,
    )
    read_on: date = field(
        default=lambda office: office.today, list_rank=1, also=("date", "acknowledged on")
    )
    way: str = choice(
        *WAYS,
        default="paper",
        list_rank=2,
        help="How they said so",
    )
    # Who signed on paper did not type it, and an auditor asks who did.
    recorded_by: str | None = field(
        default=None,
        managed=True,
        list_rank=3,
    )

    retention = Retention(years=6, why="45 CFR 164.530(j), 164.316(b)(2)")

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return who entered it: the person, or somebody who has their signature."""
        return {"recorded_by": self.recorded_by or office.actor}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a day to come."""
        if self.read_on > office.today:
            yield Problem("is in the future", "read_on", code="out-of-range")
