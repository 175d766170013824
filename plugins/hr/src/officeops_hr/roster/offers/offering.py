"""Offering: what people do with a published shift: give it away, swap it, or take an open one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Refused, action, ref
from officeops_hr.people.acting import own_person
from officeops_hr.roster.absence.seat_words import seat
from officeops_hr.roster.offers.life import OFFER
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.offers.sides import has_begun, planned_shift
from officeops_hr.roster.published import newest
from officeops_hr.roster.revision import PublishedShift, RosterRevision

if TYPE_CHECKING:
    from officeops import Action, Office
    from officeops_hr.roster.shift import Shift

_LIVE: Final = """
SELECT o.id FROM hr_shift_offer o JOIN hr_published_shift s ON s.id IN (o.shift_id, o.wanted_id)
WHERE o.state IN ('offered', 'taken') AND o.archived_at IS NULL AND s.shift_number = ?
"""


@action(
    "hr.published-shift.offer",
    label="Offer",
)
def offer(
    office: Office,
    row: PublishedShift,
    wanted_id: int | None = ref(
        "hr.published-shift",
        default=None,
        help="The shift of somebody else that you want for it; blank: you give it away",
    ),
) -> Outcome:
    """Offer a shift: it stays yours until somebody takes it and a manager approves that."""
    shift = _offered(office, row)
    owner = row.person_id if shift.person_id == row.person_id else None
    _refuse_others(office, owner)
    kind = "open" if owner is None else "give"
    # The other shift is held as well, so that it is not traded twice.
    if wanted_id is not None:
        kind = "swap"
        _refuse_want(
            office,
            row,
            wanted_id,
        )
    added = office.add(
        ShiftOffer(
            shift_id=row.id,
            kind=kind,
            person_id=owner,
            name=None if owner is None else row.name,
            wanted_id=wanted_id,
        )
    )
    return Outcome(added, f"{added.human_key}: {seat(office, shift)} is on offer.")


@action(
    "hr.published-shift.take",
    means="receive",
    label="Take",
)
def take(office: Office, row: PublishedShift) -> Outcome:
    """Ask for a shift that nobody has; a manager approves it."""
    shift = _offered(office, row)
    if shift.person_id is not None:
        raise Refused("Somebody has the shift; they may offer it.", code="not-allowed-here")
    added = office.add(ShiftOffer(shift_id=row.id, kind="open"))
    said = OFFER.move(
        office,
        added,
        "take",
    )
    return Outcome(office.get(ShiftOffer, added.id), str(said))


def _offered(office: Office, row: PublishedShift) -> Shift:
    """Return the shift of the plan. Raises Refused where it is no longer as it was published."""
    # People trade the schedule that hangs on the wall, and that has to be the newest.
    revision = office.get(RosterRevision, row.revision_id)
    last = newest(
        office,
        revision.location_id,
        revision.monday,
    )
    shift = planned_shift(office, row.id)
    if shift is None or last is None or last.id != revision.id:
        when = f"{row.day:%a} {row.day}"
        raise Refused(
            f"The plan of the shift of {when} has changed since revision {revision.number}; "
            "offer or take it once the week is published again.",
            code="wrong-state",
        )
    if has_begun(office, shift):
        raise Refused(f"The shift of {shift.day} has begun.", code="not-allowed-here")
    # An expired one is live by its state, and its shift has begun, which was refused above.
    for (number,) in list(office.rows(_LIVE, row.shift_number)):
        key = office.get(ShiftOffer, number).human_key
        raise Refused(f"The shift is on offer already, {key}.", code="given-twice")
    return shift


def _refuse_others(office: Office, owner: int | None) -> None:
    """Raise Refused for a shift of somebody else; a manager offers any."""
    if office.may("hr.shift-offer.approve"):
        return
    if owner is None or owner != own_person(office):
        raise Refused("It is not your shift.", code="not-allowed-here")


def _refuse_want(
    office: Office,
    row: PublishedShift,
    wanted_id: int,
) -> None:
    wanted = office.get(PublishedShift, wanted_id)
    _offered(office, wanted)
    # Swapping with oneself, or with an open seat, is no swap.
    if wanted.person_id in {None, row.person_id}:
        raise Refused("A swap is for the shift of somebody else.", code="not-allowed-here")


ACTIONS: Final[list[Action[..., Any]]] = [offer, take]
