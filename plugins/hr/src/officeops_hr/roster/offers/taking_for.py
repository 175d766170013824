"""Taking for somebody: a manager notes who takes an offer, as they said on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action, param
from officeops_hr.roster.absence.asked import note
from officeops_hr.roster.absence.cover_ask import WAYS
from officeops_hr.roster.offers.life import OFFER
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.revision import PublishedShift

if TYPE_CHECKING:
    from officeops import Action, Office


@action("hr.shift-offer.take-for", label="Take for somebody")
def take_for(
    office: Office,
    offer: ShiftOffer,
    person_id: int = param(target="hr.person", help="Who takes it"),
    how: str = param(
        kind="choice",
        choices=WAYS,
        default="phone",
        help="How they said yes; it is noted",
    ),
) -> str:
    """Note that somebody without a login takes a shift on offer; it still waits for the approval."""
    # The step asks for the person of the offer before the one of the login.
    office.edit(offer, managed=True, taker_id=person_id)
    said = OFFER.move(
        office,
        office.get(ShiftOffer, offer.id),
        "take",
    )
    row = office.get(PublishedShift, offer.shift_id)
    note(
        office,
        row.shift_number,
        person_id,
        how=how,
        answer="yes",
    )
    return str(said)


ACTIONS: Final[list[Action[..., Any]]] = [take_for]
