"""Gaps: readings that a log asks for and nobody made. They are worked out, never filled in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.readings.gap_reason import GapReason
from officeops_maintenance.readings.slot import Slot, slot_now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

#: Days that Today looks back for gaps; the log of a month shows older ones.
LOOKED_BACK: Final = 366
_READ: Final = """
SELECT DISTINCT day, slot FROM maintenance_temperature_reading
WHERE unit_id = ? AND day BETWEEN ? AND ? AND archived_at IS NULL
"""


class Gap(Value):
    """A reading that is missing, with the reason that somebody gave; blank where nobody did."""

    slot: Slot
    reason: str


class LogDays:
    """What the log of a unit asks for over some days: which readings, and which days are none."""

    def __init__(
        self,
        office: Office,
        unit: MonitoredUnit,
        first: date,
        last: date,
        read: Iterable[tuple[str, str]] | None = None,
    ) -> None:
        """Read the reasons and downtimes of those days, both included, and the readings of them.

        `read` are the days and slots of the readings, where they are known already.
        """
        self._unit, self._office = unit, office
        # Asked for each time, the office would look whether its hours changed.
        self._calendar = office.calendar
        self.first, self.last = max(first, unit.first_on), last
        if read is None:
            read = office.rows(_READ, unit.id, self.first.isoformat(), last.isoformat())
        is_once = len(unit.slots) == 1
        # Where one reading a day is enough, one of the afternoon fills the day.
        self._read = {(day, "am" if is_once else half) for day, half in read}
        self._reasons = list(office.all(GapReason, "unit_id = ?", unit.id))
        self._downtimes = list(_downtimes(office, unit))

    def why_none(self, day: date) -> str:
        """Return why a day asks for no reading: `closed`, `out of service`; blank if it asks."""
        if not self._calendar.is_open(day):
            return "closed"
        # On the days on which it went out and came back it was in use for a part.
        if any(begin < day < end for begin, end in self._downtimes):
            return "out of service"
        return ""

    def asked(self) -> Iterator[Slot]:
        """Yield the slots that the log asks for, in their order."""
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            if not self.why_none(day):
                for half in self._unit.slots:
                    slot = Slot(day, half)
                    if not self.is_before_it(slot):
                        yield slot

    def is_before_it(self, slot: Slot) -> bool:
        """Whether a slot is before the log begins."""
        return slot.sort_key < self._unit.begins.sort_key

    def is_read(self, slot: Slot) -> bool:
        """Whether somebody made the reading of a slot."""
        return (slot.day.isoformat(), slot.half) in self._read

    def gaps(self) -> Iterator[Gap]:
        """Yield the slots that are over and were not read."""
        now = slot_now(self._office)
        is_once = len(self._unit.slots) == 1
        for slot in self.asked():
            if self.is_read(slot):
                continue
            # A reading of the afternoon fills a day that asks for one.
            is_over = slot.day < now.day if is_once else slot.sort_key < now.sort_key
            if is_over:
                yield Gap(slot, self.reason(slot))

    def reason(self, slot: Slot) -> str:
        """Return the reason that somebody gave for a gap; blank where nobody did."""
        for reason in self._reasons:
            if reason.covers(slot):
                return reason.reason
        return ""


def unexplained(
    office: Office,
    unit: MonitoredUnit,
    until: date | None = None,
) -> list[Slot]:
    """Return the gaps of a unit's log up to a day that nobody explained, the oldest first."""
    last = min(until or office.today, office.today)
    days = LogDays(office, unit, last - timedelta(days=LOOKED_BACK), last)
    return [gap.slot for gap in days.gaps() if not gap.reason]


def _downtimes(office: Office, unit: MonitoredUnit) -> Iterator[tuple[date, date]]:
    """Yield from which day to which the unit's equipment was out of service; those are not in it."""
    if unit.equipment_id is None:
        return
    day_of = office.ways.day_of
    for downtime in office.all(Downtime, "equipment_id = ?", unit.equipment_id):
        ended = downtime.ended_at
        after = day_of(ended) if ended else office.today + timedelta(days=1)
        yield day_of(downtime.started_at), after
