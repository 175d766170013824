"""The list of any kind of record, in 80 columns and 24 lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core import Facts, Location
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office import Office


def test_first(office: Office) -> None:
    with office.acting("t"):
        office.add(Facts(name="Maple Street"))
        for i in range(30):
            office.add(Location(name=f"Room {i:02}"))
    with Terminal(office) as terminal:
        print(terminal.text)
        terminal.press("6")
        print(terminal.text)
        terminal.press("G").type("/Room 2").press("enter")
        print(terminal.text)
