"""Rules of lots: which items come in lots, whether those expire, which dates are slips, their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem

if TYPE_CHECKING:
    from datetime import date


#: SQL over item `i`: whether it comes in lots. It has a shelf life, or ever had a lot.
IN_LOTS: Final = (
    "(i.shelf_life_days IS NOT NULL "
    "OR EXISTS (SELECT 1 FROM inventory_lot b WHERE b.item_id = i.id))"
)
#: SQL over item `i` that comes in lots: whether its lots expire. Those of a few devices never do.
LOTS_END: Final = (
    "(i.shelf_life_days IS NOT NULL "
    "OR EXISTS (SELECT 1 FROM inventory_lot b WHERE b.item_id = i.id AND b.expires_on IS NOT NULL))"
)

#: No lot on a shelf expired longer ago, and none expires later: 1995 and 2127 are slips.
_MOST_YEARS_AGO: Final = 25
_MOST_YEARS_TO_COME: Final = 75

NO_END: Final = Problem(
    "is needed: the item comes in lots that expire", "expires_on", code="expiry-needed"
)


def lot_names(number: str | None, expires_on: date | str | None) -> tuple[str, ...]:
    """Return the names by which a lot may be recorded, the name of a new lot first.

    A lot goes by its number. One without a number goes by its expiry date (ISO), which every label
    of it repeats. Goods with neither have no lot, and no name.
    """
    number = (number or "").strip()
    if number:
        return (number,)
    # Some offices spell it "exp 2027-01-31", so that nobody takes the date for a number.
    return (str(expires_on), f"exp {expires_on}") if expires_on else ()


def strange_end(ends: date | str | None, today: date) -> str:
    """Return the reason why a date cannot be a lot's expiry, nearly always a slip in the year.

    Blank for a possible date, and for none.
    """
    if not ends:
        return ""
    years = int(str(ends)[:4]) - today.year
    if -_MOST_YEARS_AGO <= years <= _MOST_YEARS_TO_COME:
        return ""
    when = f"{years} years from now" if years > 0 else f"{-years} years ago"
    return f"{ends} is {when}: look at the label again, and correct the year"


def with_cure(problem: Problem) -> Problem:
    """Return a problem of incoming goods with its cure: read the label, or say why it has none."""
    cure = "It is on the label; if there is none, say why with --no-lot"
    return problem.replace(message=f"{problem.message}. {cure}")
