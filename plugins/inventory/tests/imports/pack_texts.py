"""Texts of packs for the tests of their reading: those that say a size, and those that leave it open."""

from __future__ import annotations

from typing import Final

#: What cells say, and the base units that one of it holds.
SAYS: Final = {
    "box of 100": 100,
    "Box of 100 gloves": 100,
    "100/box": 100,
    "100 per box": 100,
    "box/50": 50,
    "BX of 50": 50,
    "50/bx": 50,
    "BX100": 100,
    "case (24)": 24,
    "24's": 24,
    "100 ct": 100,
    "6-pack": 6,
    "1 box of 100": 100,
    "1,000/case": 1000,
    "Caja de 100": 100,
    "boîte de 100": 100,
    "100": 100,
    "24.0": 24,
    "dozen": 12,
    "each": 1,
    "EA": 1,
    "1 each": 1,
}
#: What cells say that leaves open how much is in one.
SAYS_NOTHING: Final = (
    "box",
    "BX",
    "1 box",
    "2 boxes",
    "10 boxes of 100",
    "10 x 12",
    "10x12",
    "100/bx/cs",
    "bottle of 500 ml",
    "size 7 box",
    "#10 box",
    "22G box",
    "1.000/case",
    "box of 2.5",
    "2.5",
    "1.000",
    "box of -5",
    "0/box",
    "½ dozen",
    "nonesuch",
)
