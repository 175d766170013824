"""Sort words: of which sort a category is by the everyday words of its name."""

from __future__ import annotations

from functools import cache
from typing import Final

from officeops import folded

#: The end of a name counts: a label printer is a printer.
_WORDS: Final = {
    "it": """
        av, camera, computer, copier, desktop, fax, firewall, it, label printer, laptop, modem,
        notebook, pc, phone, printer, projector, router, scanner, server, switch, tablet,
        telephone, webcam, workstation
    """,
    "furniture": """
        bench, bookcase, cabinet, chair, couch, desk, furniture, locker, seating, shelf, shelving,
        sofa, stool, table
    """,
    "appliance": """
        air conditioner, appliance, boiler, coffee maker, dishwasher, dryer, furnace, heater, hvac,
        microwave, vacuum, washer, water cooler, water heater
    """,
    "electrical": """
        alarm, battery, carbon monoxide detector, electrical, emergency light, exit sign, generator,
        lamp, light, outlet, power strip, smoke detector, ups
    """,
}
#: Furniture and lamps that patients are treated with, and cold that keeps vaccines.
_CLINICAL: Final = ("dental chair", "exam lamp", "exam light", "surgical light", "slit lamp")


@cache
def _sorts() -> dict[str, str]:
    """Return the sort of each word."""
    sorts: dict[str, str] = {}
    for sort, listed in _WORDS.items():
        for word in listed.split(","):
            sorts[" ".join(word.split())] = sort
    return sorts


def sort_of(name: str) -> str:
    """Return the sort of a category: by the longest known end of its name, else clinical."""
    sorts = _sorts()
    words = []
    for word in folded(name).replace("-", " ").split():
        is_plural = word not in sorts
        words.append(word.removesuffix("s") if is_plural else word)
    if " ".join(words).endswith(_CLINICAL):
        return "clinical"
    # "water heater" is asked for before "heater".
    for first in range(len(words)):
        end = " ".join(words[first:])
        if end in sorts:
            return sorts[end]
    return "clinical"
