"""A review is signed beside its writer over real ssh, at a shared workstation, and stays signed without the signer's PIN."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from tests.ssh.screen import Screen

if TYPE_CHECKING:
    from tests.ssh.site import Site

#: Ann leads Cal; Dee looks on.
PINS: Final = {"ann": "281640957331", "cal": "402917385516", "dee": "718305529164"}
_PERIOD: Final = ("--period-from", "2025-01-01", "--period-to", "2025-12-31")


@pytest.fixture(scope="module")
def ward(site: Site) -> Site:
    """An office with Cal's review, which Ann has shared, a shared login, and people with PINs."""
    at_home = site.officeops
    at_home("add-job-roles")
    # By name: the office is that of all tests here, and its people have any numbers.
    at_home("person", "add", "--name", "Ann Hall", "--user", "ann")
    at_home("person", "add", "--name", "Cal Reed", "--user", "cal")
    at_home("position", "add", "--person", "Cal Reed", "--role", "MA", "--manager", "Ann Hall")
    for words in (("add", "--person", "'Cal Reed'", *_PERIOD, "--text", "Good"), ("share", "RV-1")):
        ran = site.ssh("ann", "review", *words)
        assert ran.returncode == 0, ran.stderr
    site.let_in("ward", "manager")
    at_home("access", "share", "ward", "Main")
    for login, pin in PINS.items():
        with Screen(site, login, "access", "pin") as screen:
            screen.until("New PIN").send(f"{pin}\n").until("same again").send(f"{pin}\n")
            screen.until(f"PIN of {login} is set").until(screen.is_over)
    return site


def signed(site: Site, witness: str, *words: str) -> tuple[str, int | None]:
    """Run a command at the shared login that Ann signs, and a witness; return what it says."""
    with Screen(site, "ward", *words) as screen:
        screen.until("Name:").send("ann\n").until("PIN of ann").send(f"{PINS['ann']}\n")
        screen.until("as the witness").send(f"{witness}\n")
        screen.until(f"PIN of {witness}").send(f"{PINS[witness]}\n").until(screen.is_over)
        return screen.text, screen.ended


def listed(site: Site, login: str) -> str:
    """Return what somebody may sign at the shared login, who gives their PIN there."""
    with Screen(site, "ward", "list-to-sign") as screen:
        screen.until("Name:").send(f"{login}\n")
        screen.until(f"PIN of {login}").send(f"{PINS[login]}\n").until(screen.is_over)
        return screen.text


def state(site: Site) -> tuple[str, str | None]:
    """Return the state of the review, and who signed it."""
    [row] = json.loads(site.ssh("ann", "review", "list", "--json").stdout)
    return row["state"], row["signed_by"]


def test_the_person_alone_signs_and_nobody_else_takes_it_back(ward: Site) -> None:
    assert "officeops review sign RV-1" in listed(ward, "cal")
    assert "RV-1" not in listed(ward, "dee")
    said, code = signed(ward, "dee", "review", "sign-beside", "RV-1")
    assert (code, state(ward)) == (1, ("shared", None)), said
    said, code = signed(ward, "cal", "review", "sign-beside", "RV-1")
    assert (code, state(ward)) == (0, ("in_person", "cal")), said
    assert not any(pin in said for pin in PINS.values())
    said, code = signed(ward, "dee", "undo")
    assert (code, "cal signed for it" in said) == (1, True), said
    assert state(ward) == ("in_person", "cal")
