"""The steps of an offer: what each asks, what it writes, and the sentence that it ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason, Refused
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.seat_words import seat
from officeops_hr.roster.offers import sides
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.roster.rules.cover import CAN_BUT, CANNOT
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_hr.roster.offers.shift_offer import ShiftOffer


def cannot_take(office: Office, offer: ShiftOffer) -> str | None:
    """Return why the acting person cannot take an offer, or None."""
    own = _taker(office, offer)
    if own is None:
        return Reason("no person is linked to your login", code="not-found")
    if own == offer.person_id:
        return Reason("it is your own shift", code="not-allowed-here")
    # The plan is a manager's; of it the answer says no more than the person's own part.
    with office.lifted():
        if not _is_wanted(
            office,
            offer,
            own,
        ):
            return Reason("it is for the shift of somebody else", code="not-allowed-here")
        if why := sides.fault(
            office,
            offer,
            own,
        ):
            return Reason(why, code="wrong-state")
        return _cannot_work(
            office,
            offer,
            own,
        )


def _taker(office: Office, offer: ShiftOffer) -> int | None:
    """Return the person whom a manager named, or else the acting one."""
    return offer.taker_id or own_person(office)


def _is_wanted(
    office: Office,
    offer: ShiftOffer,
    own: int,
) -> bool:
    """Whether an offer is for anybody, or for the shift of this person."""
    if offer.wanted_id is None:
        return True
    return office.get(PublishedShift, offer.wanted_id).person_id == own


def _cannot_work(
    office: Office,
    offer: ShiftOffer,
    own: int,
) -> str | None:
    """Return why a side cannot work; of the other person nothing but the fact is said."""
    for side in sides.sides(
        office,
        offer,
        own,
    ):
        if side.answer is not None and side.answer.group != CANNOT:
            continue
        if side.person == own:
            return Reason(sides.side_words(office, side), code="not-allowed-here")
        return Reason("the other cannot work your shift", code="not-allowed-here")
    return None


def taker(office: Office, offer: ShiftOffer) -> Mapping[str, object]:
    """Return the person who takes it."""
    own = _taker(office, offer)
    # The name is their own, which their role may not read.
    with office.lifted():
        name = office.get(Person, own or 0).name
    return {"taker_id": own, "taker": name}


def nobody(office: Office, offer: ShiftOffer) -> Mapping[str, object]:  # noqa: ARG001 - the hook's signature
    """Return that nobody takes it."""
    return {"taker_id": None, "taker": None}


def was_taken(
    office: Office,
    offer: ShiftOffer,
    **asked: Any,  # noqa: ANN401, ARG001 - what a transition asks for
) -> str:
    """Say that it waits for the approval, and what the person has to know until then."""
    who = "yours" if offer.taker_id == own_person(office) else f"{offer.taker}'s"
    said = f"{offer.human_key} is {who} once a manager approves it."
    for side in sides.sides(office, offer):
        answer = side.answer
        if side.person == offer.taker_id and answer is not None and answer.group == CAN_BUT:
            said = f"{said} To weigh: {wording.listing(list(answer.reasons))}."
    return said


def cannot_step_back(office: Office, offer: ShiftOffer) -> str | None:
    """Return why the acting person does not let it go, or None."""
    return _unless_party(office, offer.taker_id)


def cannot_withdraw(office: Office, offer: ShiftOffer) -> str | None:
    """Return why the acting person does not take it back, or None."""
    # An open shift is nobody's, so a manager takes it back.
    return _unless_party(office, offer.person_id)


def _unless_party(office: Office, person: int | None) -> str | None:
    if office.may("hr.shift-offer.approve") or (person and own_person(office) == person):
        return None
    return Reason("it is not yours", code="not-allowed-here")


def cannot_approve(office: Office, offer: ShiftOffer) -> str | None:
    """Return why it cannot be approved: both sides are asked again, by the reasons of the day."""
    # In a small office the manager has shifts too; the owner or another manager decides then.
    if own_person(office) in {offer.person_id, offer.taker_id} - {None}:
        return Reason("nobody approves a swap of their own", code="not-allowed-here")
    refuse = f"officeops shift-offer refuse {offer.human_key} --why-not REASON"
    if why := sides.fault(office, offer):
        return Reason(f"{why}; {refuse} ends it", code="wrong-state")
    stopped = sides.refusals(office, offer)
    if not stopped:
        return None
    cure = f"{refuse} ends it"
    # A swap is for the shift of one person; anything else somebody else may take.
    if offer.wanted_id is None:
        cure = f"officeops shift-offer step-back {offer.human_key} lets others take it; {cure}"
    return Reason(f"{'; '.join(stopped)}. {cure}", code="not-allowed-here")


def approved(
    office: Office,
    offer: ShiftOffer,
    despite: str | None = None,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Let the shifts change hands."""
    doubts = sides.doubts(office, offer)
    if doubts and not despite:
        words = "; ".join(doubts)
        raise Refused(f"{words}. Say why you want it with --despite.", code="needed")
    hands = sides.sides(office, offer)
    # Emptied first: two shifts of one morning would clash for a moment.
    for side in hands:
        current = office.get(Shift, side.shift.id)
        office.edit(
            current,
            managed=True,
            person_id=None,
            despite=None,
        )
    # A shift taken for nothing in return counts as a favor; a swap does not.
    origin = "cover" if offer.wanted_id is None else "swap"
    for side in hands:
        current = office.get(Shift, side.shift.id)
        office.edit(
            current,
            managed=True,
            person_id=side.person,
            origin=origin,
            despite=despite if doubts else None,
        )
    said = [_has(office, side) for side in hands]
    return f"{wording.listing(said)}. Publish the week, so that everybody sees it."


def _has(office: Office, side: sides.Side) -> str:
    name = office.get(Person, side.person).name
    return f"{name} has {seat(office, side.shift)}"
