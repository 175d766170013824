"""Slots: the readings that a day asks for, and the one that is due now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value

if TYPE_CHECKING:
    from datetime import date, datetime

    from officeops import Office

#: The readings of a day that has two: when the office opens, and before it closes.
SLOTS: Final = ("am", "pm")


class Slot(Value):
    """One reading's place in a log: a day, and the morning or the afternoon."""

    day: date
    half: str

    @property
    def text(self) -> str:
        """Its name in drafts and in the history: `2026-11-30 am`."""
        return f"{self.day} {self.half}"

    @property
    def sort_key(self) -> tuple[date, int]:
        """Earlier ones first."""
        return self.day, SLOTS.index(self.half)

    def before(self) -> Slot:
        """Return the slot before it."""
        if self.half == "pm":
            return Slot(self.day, "am")
        return Slot(self.day - timedelta(days=1), "pm")

    def after(self) -> Slot:
        """Return the slot after it."""
        if self.half == "am":
            return Slot(self.day, "pm")
        return Slot(self.day + timedelta(days=1), "am")


def slot_of(office: Office, moment: datetime) -> Slot:
    """Return the slot of a moment by the office's clock."""
    there = office.ways.clock(moment)
    return Slot(there.date(), "am" if there.hour < 12 else "pm")


def slot_now(office: Office) -> Slot:
    """Return the slot of now; on a day that was chosen for a report, its morning."""
    now = slot_of(office, office.now())
    return now if now.day == office.today else Slot(office.today, "am")
