"""Contracts: the hours that somebody's position asks of them on a day, as the rules take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.limits import WEEK, Contract

if TYPE_CHECKING:
    from datetime import date

    from officeops_hr.roster.facts import RosterFacts

#: Minutes a week above a part-time contract that somebody works without another agreement.
_EXTRA: Final = 240


def contract_of(
    facts: RosterFacts,
    person_id: int,
    day: date,
) -> Contract:
    """Return the hours of somebody's position on a day; unknown ones are a full week."""
    position = facts.position(person_id, day)
    adult_on = facts.adult_on(person_id)
    # Nobody wrote down a limit, so none but the usual week is known.
    if position is None or position.weekly is None:
        return Contract(adult_on=adult_on)
    weekly = position.weekly
    return Contract(
        minutes=weekly,
        most=max(weekly, min(weekly + _EXTRA, WEEK)),
        is_exempt=position.exempt,
        adult_on=adult_on,
    )
