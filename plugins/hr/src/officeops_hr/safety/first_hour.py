"""First hour: what to do now, in order, with the numbers to call."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from officeops import OfficeError, Value
from officeops.services import VendorDirectory
from officeops_hr.config import HrSettings

if TYPE_CHECKING:
    from officeops import Office

#: Kinds of incident that share a card.
_SAME: Final = {"visitor": "patient", "illness": "injury"}


class Card(Value):
    """The steps of the first hour after an incident, and where they are from."""

    kind: str
    title: str
    source: str
    steps: tuple[str, ...]


@cache
def _cards() -> dict[str, Any]:
    import tomllib
    from importlib.resources import files

    text = files("officeops_hr.safety").joinpath("first_hour.toml").read_text("utf-8")
    return tomllib.loads(text)


def kinds() -> list[str]:
    """List the kinds of incident that have a card."""
    return [name for name, card in _cards().items() if isinstance(card, dict)]


def card_of(kind: str) -> str:
    """Return the name of the card of a kind of incident; blank where it has none."""
    name = _SAME.get(kind, kind)
    return name if name in kinds() else ""


def first_hour(office: Office, kind: str) -> Card:
    """Return a card with the numbers of the office filled in."""
    name = card_of(kind)
    card = _cards()[name]
    settings = office.settings("hr", HrSettings)
    # A card without a number still says whom to look for.
    calls = {
        "clinic": _whom(office, settings.safety_clinic, "the clinic"),
        "compensation": _whom(office, settings.safety_compensation, "workers' compensation"),
        "safety": _whom(office, settings.safety_contact, "your manager"),
    }
    steps = tuple(step.format(**calls) for step in card["steps"])
    return Card(name, card["title"], card["source"], steps)


def _whom(
    office: Office,
    named_as: str,
    otherwise: str,
) -> str:
    """Return whom to call, with the number of a vendor of that name."""
    if not named_as:
        return otherwise
    directory = office.service(VendorDirectory)
    if directory is None:
        return named_as
    try:
        vendor = directory.find(office, named_as)
    # The setting may well be a name with its number, and a person may not see vendors.
    except OfficeError:
        return named_as
    # Both are printed: a card on the wall does not know the time.
    numbers = [vendor.phone, vendor.after_hours and f"after hours {vendor.after_hours}"]
    return " ".join([vendor.name, ", ".join(filter(None, numbers))]).strip()
