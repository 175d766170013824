"""A loan of a unit: a fact beside its state, which a quarantine or a retirement leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Problem, Reason, Refused, action, param
from officeops_maintenance.equipment.fitness import still_open
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.loans.replacement import lender

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment


def has_it(unit: Equipment) -> str:
    """Say who has a lent unit, and until when."""
    until = f" until {unit.due_back_on}" if unit.due_back_on else ""
    return f"{unit.lent_to} has it{until}"


def of_a_vendor(office: Office, unit: Equipment) -> str | None:
    """Say why a unit cannot be lent: it is borrowed, and goes back to its vendor."""
    if unit.borrowed_from_id is None:
        return None
    why = f"{lender(office, unit)} lent it to you; add another unit, or return it to them"
    return Reason(why, code="not-allowed-here")


def was_lent(
    office: Office,
    unit: Equipment,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Refuse a loan that would end before it began, or say who has the unit."""
    since = office.last_event_at(unit)
    day = office.ways.day_of(since)
    # A loan that is entered late has a day of the past, and its end may be past as well.
    first = office.today if day == office.ways.day_of(office.now()) else day
    if unit.due_back_on and unit.due_back_on < first:
        why = f"is before the loan begins on {first}"
        raise Refused([Problem(why, "due_back_on", code="wrong-order")], unit.human_key)
    said = f"{unit.lent_to} has {unit.name} until {unit.due_back_on}."
    # Open questions about it, such as a recall, are for the person who lends it to know.
    return " ".join([said, *still_open(office, unit)])


def lent_again(office: Office, unit: Equipment) -> str:
    """Put a unit that is fit again back on the loan that it is on, and say so."""
    EQUIPMENT.move(office, unit, "still-lent")
    return f"{unit.name} is on loan: {has_it(unit)}."


def _not_lent(office: Office, unit: Equipment) -> str | None:
    if unit.status == "on_loan":
        return EQUIPMENT.reason(office, unit, "take-back")
    if unit.lent_to is None:
        return Reason("nobody has it on loan", code="wrong-state")
    return None


@action("maintenance.equipment.take-back", means="receive", unless=_not_lent)
def take_back(
    office: Office,
    unit: Equipment,
    at: datetime | None = param(default=None, help="When it happened. [default: now]"),  # noqa: B008 - a declaration
) -> str:
    """Take it back from a loan. A quarantined one stays quarantined."""
    if unit.status == "on_loan":
        return EQUIPMENT.move(office, unit, "take-back", at=at)
    # Its state has reasons of its own, which the loan knows nothing of.
    office.edit(unit, managed=True, lent_to=None, due_back_on=None)
    return f"{unit.name} is back, and still {unit.status.replace('_', ' ')}: {unit.reason}."
