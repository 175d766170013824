"""Policy: a rule or procedure of the practice, who must read it, and when it is reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, Record, choice, computed, field, named, ref
from officeops_hr.training.dates import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: The kinds of proof that inspectors ask of written policies.
PROOFS: Final = (
    "privacy-policies",
    "sanction-policy",
    "contingency-plan",
    "access-termination",
    "hazard-communication-program",
    "emergency-action-plan",
    "exposure-control-plan",
    "vaccine-management-plan",
)
_CURRENT: Final = """FROM hr_policy_version v WHERE v.policy_id = t.id AND v.archived_at IS NULL
AND v.effective_on <= office_today() ORDER BY v.effective_on DESC, v.number DESC LIMIT 1"""
_SINCE: Final = f"(SELECT v.effective_on {_CURRENT})"
_LOOKED_AT: Final = f"max({_SINCE}, ifnull(t.reviewed_on, ''))"
_REVIEW: Final = f"iif(t.review_months > 0, {months_later(_LOOKED_AT, 't.review_months')}, NULL)"


class Policy(
    Record,
    key="hr.policy",
    prefix="POL",
    display="name",
    sort="area,name",
    also=("procedure", "protocol", "sop", "handbook"),
):
    """A policy or procedure; versions have its text."""

    children = (
        Child(
            "hr.policy-reader",
            by="policy_id",
            option="for-role",
            form="role",
            most=40,
            example="MA",
        ),
    )

    name: str = field(
        unique=True, search=True, list_rank=1, example="Needlestick", also=("policy", "title")
    )
    area: str | None = field(
        default=None, list_rank=3, example="Safety", also=("category", "department", "section")
    )
    # Nobody reads text out of attached files, so people say the words.
    words: str | None = field(
        default=None,
        search=True,
        hidden=True,
        help="More words to find it by, such as those of an attached file",
        also=("keywords",),
    )
    # A person and not a login: most owners of policies have none.
    owner_id: int | None = ref(
        "hr.person", default=None, indexed=False, list_rank=5, help="Who keeps it up to date"
    )
    everybody: bool = field(
        default=True, list_rank=4, help="Whether everybody must read it, whatever their role"
    )
    within_days: int = field(
        default=14,
        minimum=0,
        maximum=3650,
        unit="days",
        list_rank=6,
        help="To read it, from its day or the first day in the role",
    )
    review_months: int = field(
        default=12,
        minimum=0,
        maximum=600,
        unit="months",
        list_rank=7,
        help="How often it is looked at; 0: never",
    )
    reviewed_on: date | None = field(
        default=None,
        managed=True,
        list_rank=7,
    )
    proof: str | None = choice(
        *PROOFS, default=None, list_rank=8, help="What it proves to inspectors"
    )

    importer = "officeops_hr.policies.imports:PolicyImport"
    page = "officeops_hr.policies.policy_page:page"
    as_text = "officeops_hr.policies.policy_text:policy_text"
    computed = (
        computed(
            "in_effect",
            f"(SELECT v.number {_CURRENT})",
            kind="number",
            list_rank=2,
            label="Version",
            help="Its version in effect today",
        ),
        computed(
            "effective_on",
            _SINCE,
            kind="date",
            list_rank=2,
            label="Since",
        ),
        computed(
            "review_on",
            _REVIEW,
            kind="date",
            list_rank=3,
            help="When it is to be looked at",
        ),
    )

    @classmethod
    def also_found(
        cls,
        office: Office,
        text: str,
    ) -> Iterable[int]:
        """Find a policy by the beginning of its name."""
        begun: Iterable[int] = named("officeops_hr.policies.finding:begun")(office, text)
        return begun


class PolicyReader(
    Record,
    key="hr.policy-reader",
    child=True,
    label="Policy's reader",
    display="role_id",
    sort="id",
    unique_together=(("policy_id", "role_id"),),
):
    """A role whose people must read a policy."""

    policy_id: int = ref("hr.policy", indexed=False)
    role_id: int = ref("hr.job-role", indexed=False)
