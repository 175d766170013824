"""Limits: the temperatures between which a monitored unit has to stay."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.values import scale_of

if TYPE_CHECKING:
    from officeops.values import Conventions

#: The sorts of units; the usual limits of all but the last are in `usual_limits.csv`.
SORTS: Final = ("refrigerator", "freezer", "ultra_cold", "room", "other")
_OTHER: Final = {"F": "C", "C": "F"}
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
    #: The scale in which they are stated, and how the rule states them in the other one.
    scale: str = ""
    other: Limits | None = None

    def verdict(self, *temperatures: int | None) -> str:
        """Return whether temperatures are all within: `ok`, `too_cold`, `too_warm` or `both`."""
        is_cold = is_warm = False
        for degrees in temperatures:
            if degrees is None:
                continue
            stated = self._stated_for(degrees)
            is_cold = is_cold or (stated.low is not None and degrees < stated.low)
            is_warm = is_warm or (stated.high is not None and degrees > stated.high)
        if is_cold and is_warm:
            return "both"
        return "too_cold" if is_cold else "too_warm" if is_warm else "ok"

    def _stated_for(self, degrees: int) -> Limits:
        """Return the limits as stated in the scale in which a temperature was written.

        36 °F is 2.22 °C, and a display that shows 2 °C is within a rule of 2 to 8 °C all the same.
        """
        other = self.other
        return other if other is not None and scale_of(degrees) == other.scale else self

    def own(self, low: int | None, high: int | None) -> Limits:
        """Return these with an office's own limits, where it has some; its rule is no source then."""
        if low is None and high is None:
            return self
        other = self.other and self.other.replace(
            # A limit that is that of the rule is meant as the rule states it.
            low=self.other.low if low in {None, self.low} else low,
            high=self.other.high if high in {None, self.high} else high,
        )
        return Limits(
            self.low if low is None else low,
            self.high if high is None else high,
            scale=self.scale,
            other=other,
        )

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


def combined(*verdicts: str) -> str:
    """Return the verdict on several readings from the verdict on each."""
    sides = {verdict for verdict in verdicts if verdict != "ok"}
    if not sides:
        return "ok"
    return sides.pop() if len(sides) == 1 else "both"


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
    limits: dict[tuple[str, str], Limits] = {}
    for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()):
        low, high = (read_temperature(row[name], row["scale"]) for name in ("low", "high"))
        key = row["sort"], row["scale"]
        limits[key] = Limits(low, high, row["source"], row["checked"], row["scale"])
    return {
        (sort, scale): stated.replace(other=limits[sort, _OTHER[scale]])
        for (sort, scale), stated in limits.items()
    }
