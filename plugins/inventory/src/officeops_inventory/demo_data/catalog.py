"""The catalog of a made-up practice: the items it stocks, read from `items.csv`.

`size` is the units in a pack, `dollars` its price, `week` the units used in an ordinary week; the
vendors are in the order in which they are asked.

Words: a season · `lot` or `lot:DAYS` (comes in lots, good for so long) · `POINT/TOP` (levels as
typed), `par` (only an order-up-to level), `open` (no level typed), `warn` (a typed minimum too),
`hard` (the maximum is a limit) · `xN` (also by the case of N packs) · `counted` (use is found by
counting every second week) · `gone` (discontinued) · `low` (at or below the reorder point today,
nothing on order) · `late` (a day or two from running out, and no vendor delivers as soon) ·
`blocked` (low, and one more pack would go over the limit) · `unsold` (no vendor sells it any more).
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from officeops import Value
from officeops.demo import demo_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The factor of an item's use in each month, January first.
SEASONS: Final[dict[str, tuple[float, ...]]] = {
    "flat": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.0, 1.0, 1.0, 1.0, 0.9),
    "winter": (1.9, 1.8, 1.4, 1.0, 0.7, 0.5, 0.4, 0.5, 0.8, 1.1, 1.4, 1.8),
    "flu": (0.9, 0.6, 0.4, 0.2, 0.1, 0.1, 0.1, 0.3, 1.9, 2.6, 2.1, 1.3),
    "spring": (0.5, 0.7, 1.4, 1.9, 1.8, 1.2, 0.8, 0.8, 1.0, 0.9, 0.6, 0.5),
    "tick": (0.1, 0.1, 0.4, 1.2, 2.3, 2.5, 2.0, 1.2, 0.9, 0.6, 0.2, 0.1),
    "school": (0.7, 0.7, 0.8, 0.8, 0.9, 1.2, 1.8, 2.2, 1.1, 0.8, 0.6, 0.6),
    "summer": (0.7, 0.7, 0.8, 1.0, 1.2, 1.4, 1.4, 1.3, 1.1, 0.9, 0.8, 0.7),
}
#: Weeks of a busy month's use that are left when people order, and that a full shelf has.
WEEKS_LEFT, WEEKS_FULL = 2.5, 6.5
#: Base units by which a level without a reorder point is higher.
SPARE: Final = 3
#: Days that a lot is good for where the table says only that there are lots.
USUAL_DATING: Final = 700
#: The steps to which people round a quantity, by the quantity below which they do.
_STEPS: Final = ((20, 1), (100, 5), (400, 25), (1000, 50))
_LARGEST_STEP: Final = 100


class Supply(Value):
    """One item of the catalog.

    `week` is the base units used in an ordinary week; `price` is of a pack, in hundredths of a
    cent, as records keep it.
    """

    sku: str
    name: str
    category: str
    place: str
    unit: str
    pack: str
    size: int
    price: int
    vendors: tuple[str, ...]
    week: float
    words: frozenset[str]

    @property
    def vendor(self) -> str:
        """The first vendor's code; blank where nobody sells it any more."""
        return "" if "unsold" in self.words else self.vendors[0]

    @property
    def season(self) -> tuple[float, ...]:
        """The factor of its use in each month."""
        season = next((word for word in SEASONS if word in self.words), "flat")
        return SEASONS[season]

    @property
    def dating(self) -> int | None:
        """Days that a fresh lot is good for; None where it does not come in lots."""
        prefix = "lot:"
        for word in self.words:
            if word.startswith(prefix):
                return int(word.removeprefix(prefix))
        return USUAL_DATING if "lot" in self.words else None

    @property
    def case(self) -> int:
        """Packs in a case, where it is sold by the case too; else 0."""
        for word in self.words:
            if re.fullmatch(r"x\d+", word):
                return int(word[1:])
        return 0

    @property
    def habit(self) -> tuple[int, int]:
        """The stock at which people order it and up to which they do, typed as levels or not."""
        for word in self.words:
            point_typed, slash, top_typed = word.partition("/")
            if slash:
                return int(point_typed), int(top_typed)
        busy = self.week * max(self.season)
        point, top = rounded(busy * WEEKS_LEFT), rounded(busy * WEEKS_FULL)
        if "par" in self.words:
            return point, top + SPARE
        # A full shelf has room for more than half a pack above the reorder point.
        return point, max(top, rounded(point + self.size * 0.6))

    @property
    def levels(self) -> tuple[int | None, int | None]:
        """The reorder point and the order-up-to level that a person typed; None without one."""
        if self.words & {"open", "gone"}:
            return None, None
        point, top = self.habit
        return None if "par" in self.words else point, top

    def record(self) -> dict[str, Any]:
        """Return its values as the file keeps them."""
        point, top = self.levels
        warning = rounded((point or top or 0) * 0.3)
        return {
            "sku": self.sku,
            "name": self.name,
            "category": self.category,
            "base_unit": self.unit,
            "reorder_point": point,
            "minimum": warning if "warn" in self.words else None,
            "order_up_to": top,
            "maximum_is_hard": int("hard" in self.words),
            "shelf_life_days": self.dating,
            "discontinued": int("gone" in self.words),
        }


def rounded(quantity: float) -> int:
    """Return a quantity as a person would type it: up to a round number."""
    for limit, step in _STEPS:
        if quantity < limit:
            return max(1, math.ceil(quantity / step) * step)
    return max(1, math.ceil(quantity / _LARGEST_STEP) * _LARGEST_STEP)


def catalog() -> Iterator[Supply]:
    """Yield every item of the table, in its order."""
    for row in demo_rows(__package__, "items.csv"):
        yield Supply(
            row["sku"],
            row["name"],
            row["category"],
            row["place"],
            row["unit"],
            row["pack"],
            int(row["size"]),
            int(Decimal(row["dollars"]) * 10_000),
            tuple(row["vendors"].split()),
            float(row["week"]),
            frozenset(row["words"].split()),
        )


def barcode(number: int) -> str:
    """Return the GTIN-13 of a number, with the prefix 04 that is for use inside one company.

    The check digit is that of the GS1 General Specifications, section 7.9.
    """
    digits = f"04{number:010}"
    total = 0
    for place, digit in enumerate(digits):
        weight = 3 if place % 2 else 1
        total += int(digit) * weight
    return f"{digits}{-total % 10}"
