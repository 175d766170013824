"""Lines about offers: in Today for the person who decides, and on a person's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine, PageLine, PageSection, Subject
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.roster.covering import answer_of
from officeops_hr.roster.offers.offer_page import published_words
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.offers.sides import planned_shift
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.roster.rules.cover import CANNOT
from officeops_hr.roster.telling.unseen import newest_revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OFFER: Final = ShiftOffer.meta.key
_OPEN: Final = "revision_id = ? AND person_id IS NULL AND day > ?"


def live_offers(office: Office, state: str) -> list[ShiftOffer]:
    """Return the offers in a state whose day has not come, the earliest first."""
    offers = office.all(
        ShiftOffer,
        "state = ?",
        state,
        order="id",
    )
    ahead = []
    for offer in offers:
        row = office.get(PublishedShift, offer.shift_id)
        # One whose day came is expired, though nobody has written that anywhere.
        if row.day >= office.today:
            ahead.append((row.day, offer.id, offer))
    return [offer for _, _, offer in sorted(ahead)]


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the swaps to decide on, and those that wait for the acting person."""
    if not office.may_view(ShiftOffer):
        return
    if office.may("hr.shift-offer.approve"):
        for offer in live_offers(office, "taken"):
            yield _to_decide(office, offer)
    # A swap is a question to one person, who may not look at `officeops me` for days.
    own = own_person(office)
    for offer in live_offers(office, "offered"):
        wanted = office.get(PublishedShift, offer.wanted_id) if offer.wanted_id else None
        if own is not None and wanted is not None and wanted.person_id == own:
            yield _asked(office, offer)


def _to_decide(office: Office, offer: ShiftOffer) -> Due:
    row = office.get(PublishedShift, offer.shift_id)
    words = published_words(office, offer.shift_id)
    back = f" for {published_words(office, offer.wanted_id)}" if offer.wanted_id else ""
    return Due(
        key=f"hr.shift-offer:{offer.id}:decide",
        on=row.day,
        what=f"{offer.human_key}: {offer.taker} takes {words}{back}",
        action="approve or refuse",
        record=_OFFER,
        record_id=offer.id,
    )


def _asked(office: Office, offer: ShiftOffer) -> Due:
    row = office.get(PublishedShift, offer.shift_id)
    theirs = published_words(office, offer.shift_id)
    yours = published_words(office, offer.wanted_id or 0)
    return Due(
        key=f"hr.shift-offer:{offer.id}:asked",
        on=row.day,
        what=f"{offer.human_key}: would you swap {yours} for {theirs}?",
        owner=office.actor,
        action="take",
        record=_OFFER,
        record_id=offer.id,
    )


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the swaps of today that nobody has decided on."""
    if not office.may("hr.shift-offer.approve"):
        return
    for offer in live_offers(office, "taken"):
        row = office.get(PublishedShift, offer.shift_id)
        if row.day == office.today:
            words = published_words(office, offer.shift_id)
            text = f"{offer.human_key}: {offer.taker} would take {words}; nobody has decided"
            yield HuddleLine(
                "people",
                text,
                _OFFER,
                offer.id,
            )


def page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield a person's offers, and to themselves the shifts that they can take."""
    if not (office.may_view(ShiftOffer) and office.may_view(PublishedShift)):
        return
    lines = []
    for state in ("offered", "taken"):
        for offer in live_offers(office, state):
            if person_id in {offer.person_id, offer.taker_id}:
                words = published_words(office, offer.shift_id)
                lines.append(
                    PageLine(
                        f"{offer.human_key} {state}",
                        words,
                        _subject(offer),
                    )
                )
    if lines:
        yield PageSection("Shifts on offer", lines)
    # A manager who reads somebody's page is not offered their choices.
    if own_person(office) == person_id:
        possible = list(_possible(office, person_id))
        if possible:
            yield PageSection("Shifts that you can take", possible)


def _possible(office: Office, own: int) -> Iterator[PageLine]:
    """Yield the offers and open shifts that the acting person can work."""
    for offer in live_offers(office, "offered"):
        row = office.get(PublishedShift, offer.shift_id)
        wanted = office.get(PublishedShift, offer.wanted_id) if offer.wanted_id else None
        # A swap is for the one person whose shift is wanted.
        if row.person_id == own or (wanted is not None and wanted.person_id != own):
            continue
        reasons = _reasons(
            office,
            row.id,
            own,
        )
        if reasons is not None:
            words = published_words(office, row.id)
            yield PageLine(
                offer.human_key,
                f"{words}{reasons}",
                _subject(offer),
            )
    # Only open seats that are published: the others may be gone by tomorrow.
    for revision in newest_revisions(office):
        for row in office.all(
            PublishedShift,
            _OPEN,
            revision.id,
            office.today.isoformat(),
        ):
            reasons = _reasons(
                office,
                row.id,
                own,
            )
            if reasons is not None:
                words = published_words(office, row.id)
                subject = Subject(PublishedShift.meta.key, row.id)
                yield PageLine(
                    f"Shift #{row.id}",
                    f"{words}{reasons}",
                    subject,
                )


def _reasons(office: Office, published_id: int, own: int) -> str | None:
    """Return the acting person's own doubts, as words behind the shift; None if they cannot."""
    # The plan is a manager's; whether they themselves can work then is theirs to know.
    with office.lifted():
        shift = planned_shift(office, published_id)
        answer = (
            None
            if shift is None
            else answer_of(
                office,
                shift,
                own,
            )
        )
    if answer is None or answer.group == CANNOT:
        return None
    return f" ({wording.listing(list(answer.reasons))})" if answer.reasons else ""


def _subject(offer: ShiftOffer) -> Subject:
    return Subject(_OFFER, offer.id)
