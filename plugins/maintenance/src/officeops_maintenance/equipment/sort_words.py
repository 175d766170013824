"""Sort words: of which sort a category is by the everyday words of its name."""

from __future__ import annotations

from typing import Final

from officeops import folded

#: The later word counts: an exam lamp is a lamp, and a lamp table a table.
_WORDS: Final = {
    "it": (
        *("printer", "laptop", "computer", "desktop", "notebook", "tablet", "server", "router"),
        *("switch", "phone", "telephone", "scanner", "copier", "fax", "projector", "av", "webcam"),
        *("workstation", "firewall", "modem", "label printer", "it", "pc", "camera"),
    ),
    "furniture": (
        *("chair", "table", "desk", "stool", "cabinet", "sofa", "bench", "shelf", "shelving"),
        *("bookcase", "couch", "furniture", "seating", "locker"),
    ),
    "appliance": (
        *("water heater", "boiler", "furnace", "hvac", "air conditioner", "dishwasher", "washer"),
        *("dryer", "microwave", "coffee maker", "water cooler", "vacuum", "appliance", "heater"),
    ),
    "electrical": (
        *("smoke detector", "emergency light", "exit sign", "generator", "ups", "lamp", "light"),
        *("alarm", "outlet", "electrical", "carbon monoxide detector", "power strip", "battery"),
    ),
}
#: Furniture and lamps that patients are treated with, and cold that keeps vaccines.
_CLINICAL: Final = ("dental chair", "exam lamp", "exam light", "surgical light", "slit lamp")
_BY_WORD: Final = {word: sort for sort, words in _WORDS.items() for word in words}


def sort_of(name: str) -> str:
    """Return the sort of a category: by the last of its words that is known, else clinical."""
    words = folded(name).replace("-", " ").split()
    singular = [word.removesuffix("s") if word not in _BY_WORD else word for word in words]
    text = " ".join(singular)
    if any(text.endswith(phrase) for phrase in _CLINICAL):
        return "clinical"
    # The longest phrase at the end: "water heater" before "heater".
    for first in range(len(singular)):
        sort = _BY_WORD.get(" ".join(singular[first:]))
        if sort is not None:
            return sort
    return "clinical"
