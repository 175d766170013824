"""The page of an offer: both shifts, and for the person who decides what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.clock import span
from officeops_hr.roster.offers.life import LIVE
from officeops_hr.roster.offers.sides import doubts, fault, refusals
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.offers.shift_offer import ShiftOffer


def page(office: Office, offer: ShiftOffer) -> Iterator[PageSection]:
    """Yield the shifts, and the reasons for the person who decides."""
    lines = [PageLine("Shift", published_words(office, offer.shift_id))]
    if offer.wanted_id is not None:
        lines.append(PageLine("For", published_words(office, offer.wanted_id)))
    # Reasons about both people are for the person who decides alone.
    if offer.state in LIVE and office.may_view(Shift):
        lines += _reasons(office, offer)
    yield PageSection("", lines)


def published_words(office: Office, published_id: int) -> str:
    """Return a published shift in words: `Mon 2026-03-02 08:00-17:00 MA, Ben Stone`."""
    row = office.get(PublishedShift, published_id)
    code = office.get(JobRole, row.role_id).code
    times = span(row.starts_at, row.ends_at)
    return f"{row.day:%a} {row.day} {times} {code}, {row.name or 'open'}"


def _reasons(office: Office, offer: ShiftOffer) -> Iterator[PageLine]:
    why = fault(office, offer)
    if why is not None:
        yield PageLine("Cannot be approved", why)
        return
    # Before somebody takes it there is only one side to look at.
    if offer.state != "taken":
        return
    stopped = refusals(office, offer)
    weighed = doubts(office, offer)
    for words in stopped:
        yield PageLine("Cannot be approved", words)
    for words in weighed:
        yield PageLine("To weigh", words)
    if not stopped and not weighed:
        yield PageLine("To weigh", "nothing speaks against it")
