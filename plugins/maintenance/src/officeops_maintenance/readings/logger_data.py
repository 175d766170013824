"""LoggerData: the new readings of a logger in one unit, and what they say of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from officeops import Refused
from officeops.values import rounded_temperature, temperature_text, wording
from officeops_maintenance.readings.logger_reading import LoggerReport
from officeops_maintenance.readings.out_of_range import LONG_AGO, judge
from officeops_maintenance.readings.timeline import between

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.readings.excursion import Excursion
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: The longest time between two readings that counts as one stretch out of range.
_LONGEST: Final = timedelta(hours=1)


class LoggerData:
    """Takes readings in any order, as instants in the text that the file keeps."""

    def __init__(self, office: Office, unit: MonitoredUnit) -> None:
        self._office, self._unit = office, unit
        self._limits = unit.limits(office)
        self._readings: list[tuple[str, int, str]] = []
        self.out = 0

    @property
    def count(self) -> int:
        """How many readings there are."""
        return len(self._readings)

    def add(
        self,
        taken_at: str,
        degrees: int,
        verdict: str,
    ) -> None:
        """Take in a reading."""
        self._readings.append((taken_at, degrees, verdict))
        self.out += verdict != "ok"

    def share_out(self, as_if_other: str = "") -> float:
        """Return the part of the readings that is out of range.

        With a scale, as if its numbers had been of the other one: 4.4 °F taken for 4.4 °C.
        """
        temperatures = [degrees for _, degrees, _ in self._readings]
        if as_if_other:
            temperatures = [_of_other_scale(degrees, as_if_other) for degrees in temperatures]
        out = sum(self._limits.verdict(degrees) != "ok" for degrees in temperatures)
        return out / self.count

    def keep(
        self,
        source: str,
        device: str,
        *,
        is_past: bool,
    ) -> str:
        """Keep the file that they came from, and open the excursion; return what to say."""
        # A file may have them in any order; instants as text sort by time.
        self._readings.sort()
        degrees = [temperature for _, temperature, _ in self._readings]
        first, last = self._readings[0][0], self._readings[-1][0]
        excursion, alarm = None, ""
        if is_past:
            self._refuse_recent()
        else:
            excursion, alarm = self._judged()
        self._office.add(
            LoggerReport(
                unit_id=self._unit.id,
                name=source,
                first_at=datetime.fromisoformat(first),
                last_at=datetime.fromisoformat(last),
                readings=len(degrees),
                out_of_range=self.out,
                lowest=min(degrees),
                highest=max(degrees),
                device=device or None,
                excursion_id=excursion.id if excursion and self.out else None,
            )
        )
        count = wording.count(len(degrees), "new reading")
        span = f"{self._clock(first)} to {self._clock(last)}"
        words = f"{self._unit.name}: {count}, {span}, {self.out:,} out of range."
        return f"{words} {alarm}".strip()

    def _refuse_recent(self) -> None:
        """Raise Refused for data of before with a recent reading out of range: it has to be judged."""
        for taken_at, _, verdict in reversed(self._readings):
            day = self._office.ways.day_of(datetime.fromisoformat(taken_at))
            if day < self._office.today - LONG_AGO:
                return
            if verdict != "ok":
                why = f"{self._unit.name} was out of range at {self._clock(taken_at)}"
                cure = f"past is for readings of more than {LONG_AGO.days} days ago; leave it out"
                raise Refused(f"{why}; {cure}", code="not-allowed-here")

    def _judged(self) -> tuple[Excursion | None, str]:
        """Bring the excursions of the unit in line with the new readings."""
        new = {datetime.fromisoformat(at) for at, _, _ in self._readings}
        # With those of before: a reading of a person between two of a logger counts.
        moments = [
            moment.replace(is_new=moment.at in new)
            for moment in between(self._office, self._unit, min(new), max(new))
        ]
        excursion, words = judge(self._office, self._unit, moments)
        minutes = self._minutes_out()
        if minutes:
            words += f" By the logger it was out of range for {minutes // 60}:{minutes % 60:02} h."
        return excursion, words

    def _minutes_out(self) -> int:
        """Return the minutes between readings out of range and the next one; of short gaps alone."""
        total, short = timedelta(), 0
        for (at, _, verdict), (after, _, _) in pairwise(self._readings):
            step = datetime.fromisoformat(after) - datetime.fromisoformat(at)
            if step > _LONGEST:
                continue
            short += 1
            if verdict != "ok":
                total += step
        # A device that keeps two readings a day says nothing of the time between them.
        return int(total.total_seconds() // 60) if 2 * short > self.count else 0

    def _clock(self, kept: str) -> str:
        return f"{self._office.ways.clock(datetime.fromisoformat(kept)):%Y-%m-%d %H:%M}"


def _of_other_scale(degrees: int, scale: str) -> int:
    """Return the temperature that the number of another one is in the other scale."""
    other = "C" if scale == "F" else "F"
    return rounded_temperature(temperature_text(degrees, scale), other) or 0
