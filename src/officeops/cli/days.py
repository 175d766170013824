"""Days given as options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem, reason_of
from officeops.values.dates import read_date

if TYPE_CHECKING:
    from datetime import date

    from officeops.model.office import Office


def day_of(
    office: Office,
    option: str,
    text: str | None,
) -> date | None:
    """Return the day of an option; None for one that was not given.

    Raises UsageProblem, naming it.
    """
    try:
        return read_date(text, office.ways)
    # The reader knows the value, this function the option.
    except ValueError as error:
        reason = reason_of(error, "not-a-date")
        raise UsageProblem(reason.within(f"{option} {error}.")) from None


def needed_day(
    office: Office,
    option: str,
    text: str,
) -> date:
    """Return the day of an option that must not be blank. Raises UsageProblem, naming it."""
    day = day_of(office, option, text)
    if day is None:
        raise UsageProblem(f"{option} needs a day.", code="needed")
    return day
