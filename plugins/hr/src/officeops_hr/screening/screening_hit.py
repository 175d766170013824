"""Screening hit: an entry of an exclusion list that may be about somebody; a person decides."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the kinds of fields
from typing import Final

from officeops import ACTOR, NOW, REQUIRED, About, Lifecycle, Record, Transition, choice, field, ref
from officeops_hr.screening.screening_run import ADDED_BY

#: A name whose date of birth is known and differs (tier D) is no hit: a result notes it.
TIERS: Final = ("A", "B", "C")
_DECIDED: Final = {"decided_by": ACTOR, "decided_at": NOW}
_GUARD: Final = "officeops_hr.screening.hits:cannot_decide"
_DECIDED_THEN: Final = "officeops_hr.screening.hits:bar_or_admit"
HIT: Final = Lifecycle(
    ("open", "somebody_else", "excluded"),
    Transition(
        "clear",
        ("open", "excluded"),
        "somebody_else",
        "Decide that the entry is about somebody else, and say how you know.",
        means="approve",
        fields={"because": REQUIRED},
        stamp=_DECIDED,
        guard=_GUARD,
        then=_DECIDED_THEN,
    ),
    Transition(
        "confirm",
        ("open", "somebody_else"),
        "excluded",
        "Decide that the entry is about this person or vendor, who must not work for the office.",
        fields={"because": REQUIRED},
        stamp=_DECIDED,
        guard=_GUARD,
        then=_DECIDED_THEN,
        danger=True,
    ),
    # Taken by a check alone, when more is known of somebody than when the decision was made.
    Transition("reopen", ("somebody_else",), "open"),
    words={"somebody_else": "somebody else"},
    column="decision",
    log=True,
)


class ScreeningHit(
    Record,
    key="hr.screening-hit",
    prefix="OH",
    label="Screening hit",
    display="name",
    sort="id",
    actions_only=True,
    also=("oig-hit", "exclusion-hit"),
):
    """An entry of a list that may mean someone here.

    The list is one of exclusions, and it may be about a person or a vendor.
    It is kept over runs: a decision counts until the entry itself changes. The entry's date of birth
    is not copied, and the Social Security number is never in a list: check it at
    https://exclusions.oig.hhs.gov and note the result in `because`.
    """

    about: About
    name: str = field(list_rank=1, search=True)
    tier: str = choice(
        *TIERS,
        list_rank=2,
        help="A: the NPI; B: the name and date of birth; C: the name, and a date of birth is missing",
    )
    decision: str = HIT.field(list_rank=1)
    score: int = field(list_rank=5, minimum=0, maximum=100, help="How alike the names are")
    list_key: str = field(list_rank=4, label="List")
    listed_name: str = field(list_rank=3)
    excluded_on: date | None = field(default=None, list_rank=4, label="Excluded since")
    exclusion_type: str | None = field(default=None, list_rank=6)
    place: str | None = field(default=None, list_rank=6)
    entry_digest: str = field(hidden=True, help="Digest of the entry of the list")
    run_id: int = ref("hr.screening-run", list_rank=7, label="First found by")
    because: str | None = field(default=None, managed=True, list_rank=5)
    decided_by: str | None = field(default=None, managed=True, list_rank=6)
    decided_at: datetime | None = field(default=None, managed=True, hidden=True)

    identity = (("about_key", "about_id", "list_key", "entry_digest"),)
    life = HIT
    added_by = ADDED_BY
