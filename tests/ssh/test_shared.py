"""A key of a place, over real ssh: its commands ask on the terminal, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from tests.ssh.screen import Screen

from officeops.access.ssh_keys import fingerprint, read_public_key

if TYPE_CHECKING:
    from tests.ssh.site import Site

PIN: Final = "402917385516"


@pytest.fixture
def hall(site: Site) -> Site:
    """An office with a key for the hall, and with the PIN of Cal, a clerk."""
    if not site.key("hall").exists():
        site.let_in("hall", "clerk")
        site.officeops("access", "share", "hall", "Main")
        with Screen(site, "cal", "access", "pin") as cal:
            cal.until("New PIN").send(f"{PIN}\n").until("same again").send(f"{PIN}\n")
            cal.until("PIN of cal is set").until(cal.is_over)
    return site


def test_without_a_terminal_nobody_acts(hall: Site) -> None:
    for words in (("location", "add", "--name", "Shed"), ("undo",), ("access", "pin", "--json")):
        ran = hall.ssh("hall", *words, input=f"cal\n{PIN}\n".encode())
        assert ran.returncode == 1
        assert b"terminal" in ran.stderr + ran.stdout
    assert hall.ssh("hall", "location", "list").returncode == 0


def test_on_a_terminal_a_command_asks_whose_it_is(hall: Site) -> None:
    with Screen(hall, "hall", "location", "add", "--name", "Annex") as screen:
        screen.until("Name:").send("cal\n").until("PIN of cal").send(f"{PIN}\n")
        screen.until("Annex added").until(screen.is_over)
        assert screen.ended == 0
        assert PIN not in screen.text
    entry = json.loads(hall.officeops("history", "--limit", "1", "--json").stdout)[0]
    public, _ = read_public_key(hall.key("hall").with_suffix(".key.pub").read_text())
    assert (entry["actor"], entry["place"], entry["login"]) == ("cal", "Main", "hall")
    assert entry["key"] == fingerprint(public)


def test_the_screen_asks_each_time(hall: Site) -> None:
    with Screen(hall, "hall") as screen:
        screen.until("Main, shared").send(":location\r").until("Annex").send("n")
        screen.until("New location").send("Loft").until("Loft").send("\x13")
        screen.until("Whose entry").send("ca").until("cal").send("\r").until("PIN of cal")
        screen.send(f"{PIN}\r").until("Loft is added")
        screen.send("u").until("by cal?").send("y").until("Whose entry")
        assert PIN not in screen.text
