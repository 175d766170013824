"""What a form costs: a new item's opened and closed, against a screen with nothing in it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, busy, figure
from officeops.office.office import open_office
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figure of the form, in this process."""
    path = folder / "forms.db"
    with (
        closing(open_office(path, create=True, actor="benchmark", only=["inventory"])) as office,
        Terminal(office) as terminal,
    ):
        terminal.press(":", *"item", "enter")
        yield figure(
            "a form of 13 fields on the screen",
            "a screen with nothing in it",
            lambda: busy(lambda: terminal.press("n", "escape")),
            lambda: busy(lambda: _empty(terminal)),
            limit=2,
            aim=1.5,
            rounds=15,
        )


def _empty(terminal: Terminal) -> None:
    """Open a screen without a body until it is drawn, and close it."""
    terminal.app.call_later(terminal.app.push_screen, OfficeScreen(terminal.app.office))
    terminal.settle().press("escape")
