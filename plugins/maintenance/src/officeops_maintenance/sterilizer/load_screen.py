"""The screen of a day's loads, and of the days before it that are on paper."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from officeops.tui import Key, SheetScreen
from officeops_maintenance.sterilizer.load_sheet import LoadSheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office


class LoadScreen(SheetScreen):
    """The sheet of one day; `b` and `f` go to the day before and after it."""

    def __init__(self, office: Office, day: date | None = None) -> None:
        """Open today, or another day."""
        self._day = day or office.today
        # A past day is a log on paper, whose loads each have a time of their own.
        super().__init__(office, LoadSheet(self._day, is_past=self._day != office.today))

    def sheet_keys(self) -> Iterable[Key]:
        """Return the keys that go to another day."""
        one = timedelta(days=1)
        yield Key(
            ("[",),
            "before",
            partial(self._go, self._day - one),
            "The day before",
            4,
        )
        if self._day < self.office.today:
            yield Key(
                ("]",),
                "after",
                partial(self._go, self._day + one),
                "The day after",
                4,
            )

    def _go(self, day: date) -> None:
        # The typed rows stay as a draft of their own day.
        self.keep()
        self.app.switch_screen(LoadScreen(self.office, day))
