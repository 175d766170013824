"""Counters: what a unit counts of its own use."""

from __future__ import annotations

from typing import Final

#: What a reading counts. A unit has one counter of each at most.
COUNTERS: Final = ("hours", "cycles", "tests", "pages", "exposures", "uses", "liters")
