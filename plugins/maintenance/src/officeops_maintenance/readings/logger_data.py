"""LoggerData: the new readings of a logger in one unit, and what they say of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops.values import rounded_temperature, temperature_text, wording
from officeops_maintenance.readings.booking import went_out
from officeops_maintenance.readings.logger_reading import LoggerReport

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: The longest time between two readings that counts as one stretch out of range.
_LONGEST: Final = timedelta(hours=1)


class LoggerData:
    """Takes readings in any order, as instants in the text that the file keeps."""

    def __init__(self, office: Office, unit: MonitoredUnit) -> None:
        self._office, self._unit = office, unit
        self._limits = unit.limits(office)
        self._readings: list[tuple[str, int]] = []
        self.out = 0

    @property
    def count(self) -> int:
        """How many readings there are."""
        return len(self._readings)

    def add(self, taken_at: str, degrees: int) -> None:
        """Take in a reading."""
        self._readings.append((taken_at, degrees))
        self.out += self._limits.verdict(degrees) != "ok"

    def share_out(self, as_if_other: str = "") -> float:
        """Return the part of the readings that is out of range.

        With a scale, as if its numbers had been of the other one: 4.4 °F taken for 4.4 °C.
        """
        temperatures = [degrees for _, degrees in self._readings]
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
        degrees = [temperature for _, temperature in self._readings]
        first, last = self._readings[0][0], self._readings[-1][0]
        excursion_id, alarm = None, ""
        if self.out and not is_past:
            excursion_id, alarm = self._alarm()
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
                excursion_id=excursion_id,
            )
        )
        count = wording.count(len(degrees), "new reading")
        span = f"{self._clock(first)} to {self._clock(last)}"
        words = f"{self._unit.name}: {count}, {span}, {self.out:,} out of range."
        return f"{words} {alarm}".strip()

    def _alarm(self) -> tuple[int, str]:
        """Open or widen the excursion of the unit."""
        out = [
            (at, degrees) for at, degrees in self._readings if self._limits.verdict(degrees) != "ok"
        ]
        last_out = out[-1][0]
        back = next((at for at, _ in self._readings if at > last_out), None)
        ended = datetime.fromisoformat(back) if back else None
        times = datetime.fromisoformat(out[0][0]), ended
        temperatures = [degrees for _, degrees in out]
        excursion, words = went_out(self._office, self._unit, self._limits, temperatures, times)
        minutes = self._minutes_out()
        if minutes:
            words += f" By the logger it was out of range for {minutes // 60}:{minutes % 60:02} h."
        return excursion.id, words

    def _minutes_out(self) -> int:
        """Return the minutes between readings out of range and the next one; of short gaps alone."""
        total, short = timedelta(), 0
        for (at, degrees), (after, _) in zip(self._readings, self._readings[1:], strict=False):
            step = datetime.fromisoformat(after) - datetime.fromisoformat(at)
            if step > _LONGEST:
                continue
            short += 1
            if self._limits.verdict(degrees) != "ok":
                total += step
        # A device that keeps two readings a day says nothing of the time between them.
        return int(total.total_seconds() // 60) if 2 * short > self.count else 0

    def _clock(self, kept: str) -> str:
        return f"{self._office.ways.clock(datetime.fromisoformat(kept)):%Y-%m-%d %H:%M}"


def _of_other_scale(degrees: int, scale: str) -> int:
    """Return the temperature that the number of another one is in the other scale."""
    other = "C" if scale == "F" else "F"
    return rounded_temperature(temperature_text(degrees, scale), other) or 0
