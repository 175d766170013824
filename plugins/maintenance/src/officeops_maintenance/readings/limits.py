"""Limits: the temperatures between which a monitored unit has to stay."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from officeops import Value

if TYPE_CHECKING:
    from officeops.values import Conventions

#: The sorts of units; the usual limits of all but the last are in `usual_limits.csv`.
SORTS: Final = ("refrigerator", "freezer", "ultra_cold", "room", "other")
#: What a reading is against its limits. One with a lowest and a highest may be both.
VERDICTS: Final = ("ok", "too_cold", "too_warm", "both")


class Limits(Value):
    """The lowest and highest temperature allowed, in hundredths of °C; None is no limit."""

    low: int | None
    high: int | None
    #: The rule that they are from; blank where the office wrote its own.
    source: str = ""
    #: The day on which that rule was last read.
    checked: str = ""

    def verdict(self, *temperatures: int | None) -> str:
        """Return whether temperatures are all within: `ok`, `too_cold`, `too_warm` or `both`."""
        is_cold = is_warm = False
        for degrees in temperatures:
            if degrees is None:
                continue
            is_cold = is_cold or (self.low is not None and degrees < self.low)
            is_warm = is_warm or (self.high is not None and degrees > self.high)
        if is_cold and is_warm:
            return "both"
        return "too_cold" if is_cold else "too_warm" if is_warm else "ok"

    def words(self, ways: Conventions) -> str:
        """Return the limits as people read them: `36 to 46 °F`."""
        from officeops.values import temperature_text

        low, high = (
            None if limit is None else temperature_text(limit, ways.temperature)
            for limit in (self.low, self.high)
        )
        if low is None:
            return f"up to {high} °{ways.temperature}"
        if high is None:
            return f"{low} °{ways.temperature} or more"
        return f"{low} to {high} °{ways.temperature}"


def usual_limits(sort: str, scale: str) -> Limits | None:
    """Return the limits that the rules give for a sort of unit, None for `other`.

    The rules differ by scale: 36 to 46 °F is not quite 2 to 8 °C, and each office keeps its own.
    """
    return _usual().get((sort, scale))


@cache
def _usual() -> dict[tuple[str, str], Limits]:
    import csv
    from importlib import resources

    from officeops.values import read_temperature

    # Data with its sources, so that somebody can check a rule without reading code.
    table = resources.files(__package__) / "usual_limits.csv"
    limits = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        low, high = (read_temperature(row[name], row["scale"]) for name in ("low", "high"))
        key = row["sort"], row["scale"]
        limits[key] = Limits(low, high, row["source"], row["checked"])
    return limits
