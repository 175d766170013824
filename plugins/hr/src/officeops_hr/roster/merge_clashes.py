"""Merge clashes: the rows of the schedule that keep two people from being made one.

Each answer names the other row and the command after which the merge goes on. Rows that are alike
are no clash: they become one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.clock import span
from officeops_hr.roster.covering import clashing
from officeops_hr.roster.offers.life import LIVE
from officeops_hr.roster.offers.shift_offer import ShiftOffer
from officeops_hr.roster.overlaps import overlapping
from officeops_hr.roster.revision import PublishedShift

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.roster.shift import Shift
    from officeops_hr.roster.shift_pattern import ShiftPattern

_OUT: Final = "person_id = ? AND first_day <= ? AND last_day >= ?"
_WANTED: Final = "wanted_id = ? AND person_id = ? AND state IN ('offered', 'taken')"


def of_shift(
    office: Office,
    shift: Shift,
    keep: int,
) -> Reason | None:
    """Return the shift of the person who stays that shares a minute with one of the other."""
    if shift.dropped:
        return None
    mine = shift.planned()._replace(person=keep)
    for other in clashing(office, shift, mine):
        times = span(mine.start, mine.end), span(other.starts_at, other.ends_at)
        why = (
            f"{shift.day:%a} {shift.day} {times[0]} shares time with shift #{other.id}, {times[1]};"
            f" drop one, officeops shift drop #{shift.id}, and merge again"
        )
        return Reason(why, code="given-twice")
    return None


def of_pattern(
    office: Office,
    pattern: ShiftPattern,
    keep: int,
) -> Reason | None:
    """Return the pattern of the person who stays that has a shift at the same time."""
    for other, day in overlapping(office, pattern, keep):
        cure = f"archive one, officeops shift-pattern archive #{pattern.id}, and merge again"
        why = f"shares time with #{other.id} on {day:%a} {day}; {cure}"
        return Reason(why, code="given-twice")
    return None


def of_call_out(
    office: Office,
    out: CallOut,
    keep: int,
) -> Reason | None:
    """Return the absence of the person who stays on one of the days of another to come."""
    # An absence that is over opened its shifts, and nobody ends it any more.
    if out.last_day < office.today:
        return None
    days = (out.last_day.isoformat(), out.first_day.isoformat())
    other = office.first(CallOut, _OUT, keep, *days)
    if other is None:
        return None
    cure = f"officeops call-out end {out.human_key} --on {out.first_day}, and merge again"
    why = f"{other.human_key} is of the same days; {cure}"
    return Reason(why, code="given-twice")


def of_offer(
    office: Office,
    offer: ShiftOffer,
    keep: int,
) -> Reason | None:
    """Return that both people are in one swap, which would be with themselves."""
    if offer.state not in LIVE:
        return None
    wanted = office.get(PublishedShift, offer.wanted_id).person_id if offer.wanted_id else None
    # The row names the person who goes, so the one who stays is the other side.
    if keep not in {offer.person_id, offer.taker_id, wanted}:
        return None
    return _swap_with_oneself(offer)


def of_published(
    office: Office,
    row: PublishedShift,
    keep: int,
) -> Reason | None:
    """Return the swap in which the person who stays wants a shift of the other."""
    offer = office.first(ShiftOffer, _WANTED, row.id, keep)
    return _swap_with_oneself(offer) if offer is not None else None


def _swap_with_oneself(offer: ShiftOffer) -> Reason:
    cure = f"officeops shift-offer refuse {offer.human_key} --why-not REASON, and merge again"
    return Reason(f"both are in it; {cure}", code="not-together")
