"""Replacement: the unit that a loaner replaces, shown on both pages until the loaner goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, Subject
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_LOANERS: Final = "replaces_id = ? AND status <> 'retired'"


def lender(office: Office, loaner: Equipment) -> str:
    """Return to whom a loaner goes back, in words."""
    vendor = known_vendor(office, loaner.borrowed_from_id)
    return vendor.name if vendor else "its owner"


def replacement(office: Office, unit: Equipment) -> Iterator[PageLine]:
    """Yield the lines of a unit's page on what it replaces, and on what replaces it."""
    if unit.replaces_id is not None and unit.status != "retired":
        replaced = office.get(Equipment, unit.replaces_id)
        state = replaced.status.replace("_", " ")
        yield _line("Replaces", replaced, f"{named_unit(replaced)}, {state}")
    for loaner in office.all(Equipment, _LOANERS, unit.id):
        words = named_unit(loaner)
        if loaner.borrowed_from_id is not None:
            words += f", of {lender(office, loaner)}"
        if loaner.return_by:
            words += f" until {loaner.return_by}"
        yield _line("Replaced by", loaner, words)


def _line(
    label: str,
    unit: Equipment,
    words: str,
) -> PageLine:
    return PageLine(label, words, Subject(Equipment.meta.key, unit.id))


def no_longer_needed(office: Office, unit: Equipment) -> Iterator[str]:
    """Yield a sentence for each loaner of a unit that is back, or has left for good."""
    for loaner in office.all(Equipment, _LOANERS, unit.id):
        yield f"{named_unit(loaner)} replaced it: {sent_back(office, loaner)}."


def sent_back(office: Office, loaner: Equipment) -> str:
    """Say what to do with a loaner that nobody needs any more."""
    if loaner.borrowed_from_id is None:
        return "put it back in its place"
    return f"return it to {lender(office, loaner)}"


def is_needed(office: Office, loaner: Equipment) -> bool:
    """Whether the unit that a loaner replaces is still away, or will be."""
    if loaner.replaces_id is None:
        return True
    replaced = office.get(Equipment, loaner.replaces_id)
    if replaced.status == "retired":
        return False
    # A loaner may come before the unit goes: then the unit has taken no step since.
    came = office.events(loaner)[0].at
    steps = office.events(replaced)[1:]
    return replaced.status != "in_service" or not steps or steps[-1].at < came
