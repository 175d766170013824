"""Doors: Enter on a line of Today, and the settling key, lead to where it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import made_once
from tests.effort import sampled

from officeops.model.due import Noted
from officeops.office.office import open_office
from officeops.tui.screens.today import Today
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Kinds of due items that are tried in one run.
SAMPLE = 6


@pytest.fixture
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A made-up practice with due items of all plugins."""
    file: Path = made_once.practice(tmp_path_factory)
    with open_office(file) as office, Terminal(office) as opened:
        opened.rest()
        yield opened


def opened_today(terminal: Terminal) -> Today:
    """Return the first screen."""
    today = terminal.app.screen
    assert isinstance(today, Today)
    return today


def is_left(terminal: Terminal, today: Today) -> bool:
    """Whether another screen is on top."""
    return terminal.app.screen is not today


def places(today: Today) -> dict[str, int]:
    """Return a line of each kind of due item, by the kind and its action."""
    found = {}
    for place, line in enumerate(today.list.lines):
        if isinstance(line.target, Noted) and line.key:
            due = line.target.due
            found[f"{due.key.partition(':')[0]} {due.action}"] = place
    return found


def test_every_due_item_has_a_door(terminal: Terminal) -> None:
    today = opened_today(terminal)
    for kind, place in sampled(tuple(places(today).items()), SAMPLE):
        for key in ("enter", "d"):
            today.list.move_to(place)
            terminal.press(key).rest()
            # A step that is another person's says whose; the record is a key away all the same.
            is_refused = key == "d" and terminal.prompt and "No action" not in terminal.prompt
            answers = today.prompt.busy or is_refused
            assert is_left(terminal, today) or answers, (kind, key, terminal.prompt)
            terminal.press("escape").rest()
            if is_left(terminal, today):
                terminal.press("y").rest()


def test_the_reorder_line_of_a_vendor_opens_the_sheet_at_that_vendor(terminal: Terminal) -> None:
    today = opened_today(terminal)
    today.list.move_to(places(today)["inventory.reorder reorder draft"])
    vendor = terminal.current.split("Reorder from ")[1].split(":")[0]
    terminal.press("enter").rest()
    assert "Reorder sheet" in terminal.crumbs
    assert vendor in terminal.current
