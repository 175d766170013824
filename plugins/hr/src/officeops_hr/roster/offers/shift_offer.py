"""Shift offer: a published shift that somebody gives away, swaps, or that is open to all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from officeops import Record, Scope, choice, computed, field, named, ref
from officeops_hr.roster.offers.life import OFFER

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office

KINDS: Final = ("give", "swap", "open")
#: An offer to all is everybody's to see; once somebody has it, it is theirs and the owner's.
_OWN: Final = """
SELECT o.id FROM hr_shift_offer o JOIN hr_person p ON p.user_id = ?
WHERE o.state = 'offered' OR p.id IN (o.person_id, o.taker_id)
"""
_SCOPE: Final = Scope("offers", own=_OWN)
_DAY: Final = "(SELECT s.day FROM hr_published_shift s WHERE s.id = t.shift_id)"
_NOW: Final = f"""(CASE WHEN t.state IN ('offered', 'taken') AND {_DAY} < office_today()
THEN 'expired' ELSE t.state END)"""


class ShiftOffer(
    Record,
    key="hr.shift-offer",
    prefix="SW",
    display="shift_id",
    sort="-id",
    actions_only=True,
    scope=_SCOPE.by("id", all="manage"),
    also=("swap", "shift-swap", "open-shift", "trade"),
):
    """A shift that changes hands if a manager approves."""

    shift_id: int = ref(
        "hr.published-shift",
        indexed=False,
        list_rank=1,
    )
    kind: str = choice(
        *KINDS,
        default="give",
        list_rank=3,
    )
    person_id: int | None = ref(
        "hr.person",
        default=None,
        indexed=False,
        hidden=True,
        label="Of",
    )
    # Names beside the references: few may read the records of their colleagues.
    name: str | None = field(
        default=None,
        list_rank=1,
        label="From",
    )
    wanted_id: int | None = ref(
        "hr.published-shift",
        default=None,
        indexed=False,
        list_rank=3,
        label="For",
        help="The shift that its owner wants for it",
    )
    taker_id: int | None = ref(
        "hr.person", default=None, managed=True, indexed=False, hidden=True, label="Taken by"
    )
    taker: str | None = field(
        default=None,
        managed=True,
        list_rank=1,
        label="To",
    )
    state: str = OFFER.field()
    why_not: str | None = field(
        default=None,
        managed=True,
        list_rank=6,
    )
    decided_by: str | None = field(
        default=None,
        managed=True,
        list_rank=5,
    )
    decided_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
    )

    life = OFFER
    page = "officeops_hr.roster.offers.offer_page:page"
    added_by = "officeops published-shift offer"
    computed = (
        computed(
            "day",
            _DAY,
            kind="date",
            list_rank=1,
            help="The day of the shift",
        ),
        computed(
            "now",
            _NOW,
            kind="text",
            list_rank=2,
            help="Its state, or that its day came",
        ),
    )

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which somebody would swap with themselves."""
        why: str | None = named("officeops_hr.roster.merge_clashes:of_offer")(office, row, keep)
        return why
