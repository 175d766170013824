"""Sides: the shifts of an offer in the plan, and whether each person can work the other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.seat_words import seat
from officeops_hr.roster.covering import answer_of
from officeops_hr.roster.published import as_planned
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.rules.cover import CAN_BUT, CANNOT
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.offers.shift_offer import ShiftOffer
    from officeops_hr.roster.rules.cover import Answer


class Side(Value):
    """Somebody who gets a shift by an offer, and their answer for it."""

    person: int
    shift: Shift
    answer: Answer | None


def planned_shift(office: Office, published_id: int) -> Shift | None:
    """Return the shift of the plan behind a published one; None where the plan has changed it."""
    # By its number: the row of the revision stays as it was published, whatever the plan does.
    row = office.get(PublishedShift, published_id)
    shift = office.first(
        Shift,
        "id = ? AND NOT dropped",
        row.shift_number,
    )
    if shift is None:
        return None
    place = office.get(RosterRevision, row.revision_id).location_id
    published = as_planned(row, place)
    # The person may be another: an absence opens the seat that is on offer.
    same = shift.planned()._replace(person=row.person_id) == published
    return shift if same else None


def has_begun(office: Office, shift: Shift) -> bool:
    """Whether a shift has begun by the clock of its place."""
    now = office.ways_at(shift.location_id).clock(office.now())
    return (shift.day, shift.starts_at) <= (office.today, now.hour * 60 + now.minute)


def fault(
    office: Office,
    offer: ShiftOffer,
    taker_id: int | None = None,
) -> str | None:
    """Return why an offer is none any more: its day came, or the plan has changed."""
    for published_id, owner in _halves(offer, taker_id or offer.taker_id):
        shift = planned_shift(office, published_id)
        if shift is None or shift.person_id not in {None, owner}:
            day = office.get(PublishedShift, published_id).day
            return f"the plan of the shift of {day:%a} {day} has changed since"
        if has_begun(office, shift):
            return f"it expired: the shift of {shift.day} has begun"
        # A person who is out gives nothing away: their seat is open by itself.
        if owner is not None and shift.person_id is None and offer.kind != "open":
            return "the shift is open by now"
    return None


def _halves(
    offer: ShiftOffer,
    taker: int | None,
) -> Iterator[tuple[int, int | None]]:
    yield offer.shift_id, offer.person_id
    if offer.wanted_id is not None:
        yield offer.wanted_id, taker


def sides(
    office: Office,
    offer: ShiftOffer,
    taker_id: int | None = None,
) -> list[Side]:
    """Return who would get which shift; of a swap, each without the shift that they give.

    `taker_id` is somebody who has not taken it yet.
    """
    taker = taker_id or offer.taker_id
    given = planned_shift(office, offer.shift_id)
    if given is None or taker is None:
        return []
    if offer.wanted_id is None or offer.person_id is None:
        return [
            Side(
                taker,
                given,
                answer_of(
                    office,
                    given,
                    taker,
                ),
            )
        ]
    wanted = planned_shift(office, offer.wanted_id)
    if wanted is None:
        return []
    # Each is asked as if the own shift were given away already: two mornings of one day.
    freed = frozenset({given.id, wanted.id})
    return [
        Side(
            taker,
            given,
            answer_of(
                office,
                given,
                taker,
                freed,
            ),
        ),
        Side(
            offer.person_id,
            wanted,
            answer_of(
                office,
                wanted,
                offer.person_id,
                freed,
            ),
        ),
    ]


def side_words(office: Office, side: Side) -> str:
    """Return what speaks against one side, with the person and the shift; blank for nothing."""
    name = office.get(Person, side.person).name
    if side.answer is None:
        return f"{name} does not work here on {side.shift.day:%a} {side.shift.day}"
    reasons = wording.listing(list(side.answer.reasons))
    return f"{name}, {seat(office, side.shift)}: {reasons}" if reasons else ""


def refusals(office: Office, offer: ShiftOffer) -> list[str]:
    """Return why somebody cannot work the shift that they would get."""
    stopped = [side for side in sides(office, offer) if _is(side, CANNOT)]
    return [side_words(office, side) for side in stopped]


def doubts(office: Office, offer: ShiftOffer) -> list[str]:
    """Return what speaks against it, and a manager may overrule."""
    doubtful = [side for side in sides(office, offer) if _is(side, CAN_BUT)]
    return [side_words(office, side) for side in doubtful]


def _is(side: Side, group: str) -> bool:
    # Somebody who is no candidate at all cannot.
    return (side.answer.group if side.answer else CANNOT) == group
