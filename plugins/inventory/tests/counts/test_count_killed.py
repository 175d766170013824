"""A count that is killed at any key: what was left by Enter is there again."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES, seed
from tests.tui.keys_tools import Line

from officeops.core.records import Location
from officeops.office.office import open_office
from officeops.office.sheets.drafts import SheetDrafts
from officeops_inventory.counts.sheet import CountSheet
from officeops_inventory.model import Item, Level

if TYPE_CHECKING:
    from officeops.office.office import Office

KEYS = ("3", "8", "enter", "1", "2", "0", "backspace", "enter", "down", "7", "up", "5", "enter")
#: The rows, and what is typed in each, as far as the cursor left it: after each number of keys.
LEFT: tuple[dict[int, str], ...] = (
    {}, {}, {}, {1: "38"}, {1: "38"}, {1: "38"}, {1: "38"}, {1: "38"}, {1: "38", 2: "12"},
    {1: "38", 2: "12"}, {1: "38", 2: "12"}, {1: "38", 2: "12", 4: "7"},
    {1: "38", 2: "12", 4: "7"}, {1: "38", 2: "12", 3: "5", 4: "7"},
)  # fmt: skip
#: The same, and what is typed in the row under the cursor.
TYPED: tuple[dict[int, str], ...] = (
    {}, {1: "3"}, {1: "38"}, {1: "38"}, {1: "38", 2: "1"}, {1: "38", 2: "12"},
    {1: "38", 2: "120"}, {1: "38", 2: "12"}, {1: "38", 2: "12"}, {1: "38", 2: "12"},
    {1: "38", 2: "12", 4: "7"}, {1: "38", 2: "12", 4: "7"}, {1: "38", 2: "12", 3: "5", 4: "7"},
    {1: "38", 2: "12", 3: "5", 4: "7"},
)  # fmt: skip
ALL = range(len(KEYS) + 1)


@pytest.fixture
def shelf(office: Office) -> Office:
    """An office whose first location has four items to count."""
    with office.acting("test"):
        main = office.add(Location(name="Main"))
        for name in ("Gauze", "Gloves", "Swabs", "Syringe"):
            item = office.add(Item(sku=name, name=name))
            office.add(Level(item_id=item.id, location_id=main.id, order_up_to=5))
    return office


def kept(path: Path) -> dict[int, str]:
    """Return the counts of the draft by item, and discard it, as the person of the program."""
    office = open_office(path)
    drafts = SheetDrafts(office, CountSheet(office.get(Location, 1)))
    draft = drafts.own()
    drafts.discard()
    office.close()
    rows = draft.rows if draft else {}
    return {int(row_id): row.texts["counted"] for row_id, row in rows.items()}


def end(line: Line, how: str) -> None:
    """End the program: killed, hung up, or with the line gone from under it."""
    if how == "dropped":
        os.close(line._fd)
        line._fd = os.open(os.devnull, os.O_RDONLY)
    else:
        os.kill(line.pid, getattr(signal, how))
    os.waitid(os.P_PID, line.pid, os.WEXITED | os.WNOWAIT)


def test_what_was_left_by_enter_is_there_again(shelf: Office, tmp_path: Path) -> None:
    ways = [(how, moment) for how in ("SIGKILL", "SIGHUP", "dropped") for moment in ALL]
    chance = random.Random(seed())  # noqa: S311 - which keys a run tries
    for how, moment in ways if TIMES > 1 else chance.sample(ways, 2):
        with Line(Path(shelf.path), tmp_path / f"{how}{moment}") as line:
            line.send("#\r")
            line.slowly(KEYS[:moment])
            end(line, how)
        is_cut = how == "SIGKILL"
        assert kept(Path(shelf.path)) == (LEFT if is_cut else TYPED)[moment], (how, moment)
