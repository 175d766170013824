"""The screen of the temperature log: today's sheet, and those before it that are on paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.tui import Key, SheetScreen
from officeops_maintenance.readings.slot import slot_now
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_maintenance.readings.slot import Slot


class TemperatureScreen(SheetScreen):
    """The sheet of one slot; `[` and `]` go to the slot before and after it."""

    def __init__(self, office: Office, slot: Slot | None = None) -> None:
        """Open the slot that is due now, or another one."""
        now = slot_now(office)
        self._slot = slot or now
        super().__init__(office, TemperatureSheet(self._slot, is_past=self._slot != now))

    def sheet_keys(self) -> Iterable[Key]:
        """Return the keys that go to another slot."""
        yield Key(("[",), "before", partial(self._go, self._slot.before()), "The reading before", 4)
        if self._slot.sort_key < slot_now(self.office).sort_key:
            yield Key(
                ("]",), "after", partial(self._go, self._slot.after()), "The reading after", 4
            )

    def _go(self, slot: Slot) -> None:
        self.keep()
        self.app.switch_screen(TemperatureScreen(self.office, slot))
