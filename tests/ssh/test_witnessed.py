"""A step that takes a witness, over real ssh: at a shared workstation, and at one's own login."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.access.test_witness import VIALS
from tests.ssh.screen import Screen
from tests.ssh.site import clean, run, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ssh.site import Site

#: Cal wastes, Dee looks on; Eve has a PIN and may not view vials.
PINS: Final = {"cal": "402917385516", "dee": "718305529164", "nell": "930471628855"}
AT_PHARMACY: Final = ("vials.*", "core.location.view", "core.pin.set", "core.today.view")


def at_home(site: Site, *words: str) -> None:
    """Run a command as the account does that has the plugin."""
    account = ["runuser", "-u", site.account, "--", "env", f"HOME={site.home}"]
    run([*account, *site.command, *words], cwd=site.root, env=clean())


@pytest.fixture(scope="module")
def pharmacy(site: Site) -> Iterator[Site]:
    """An office with vials, a shared login in its pharmacy, and people with PINs."""
    plugins = site.home / ".config/officeops/plugins"
    run(["runuser", "-u", site.account, "--", "mkdir", "-p", str(plugins)], cwd=site.root)
    (plugins / "vials.py").write_text(VIALS)
    at_home(site, "plugins", "enable", "vials")
    at_home(site, "access", "role", "at-pharmacy", *AT_PHARMACY)
    at_home(site, "access", "role", "with-pin", "core.pin.set")
    site.let_in("pharmacy", "at-pharmacy")
    site.let_in("nell", "with-pin")
    at_home(site, "access", "grant", "cal", "at-pharmacy")
    at_home(site, "location", "add", "--name", "Pharmacy")
    at_home(site, "access", "share", "pharmacy", "Pharmacy")
    for login, pin in PINS.items():
        with Screen(site, login, "access", "pin") as screen:
            screen.until("New PIN").send(f"{pin}\n").until("same again").send(f"{pin}\n")
            screen.until(f"PIN of {login} is set").until(screen.is_over)
    for name in ("V-1", "V-2"):
        at_home(site, "vial", "add", "--name", name)
    yield site
    at_home(site, "plugins", "disable", "vials")
    (plugins / "vials.py").unlink()


def vial(site: Site, name: str) -> dict[str, Any]:
    """Return what the office has on a vial, as Ann sees it over ssh."""
    rows: list[dict[str, Any]] = json.loads(site.ssh("ann", "vial", "list", "--json").stdout)
    return next(row for row in rows if row["name"] == name)


def signed(
    screen: Screen,
    witness: str,
    pin: str,
) -> Screen:
    """Sign as Cal at the pharmacy, and as this witness."""
    screen.until("Name:").send("cal\n").until("PIN of cal").send(f"{PINS['cal']}\n")
    screen.until("as the witness").send(f"{witness}\n")
    return screen.until(f"PIN of {witness}").send(f"{pin}\n")


@pytest.mark.parametrize(
    ("witness", "pin", "said"),
    [
        ("dee", PINS["nell"], "do not go together"),
        ("cal", PINS["cal"], "another person is the witness"),
        ("nell", PINS["nell"], "nell may not view vials"),
    ],
)
def test_a_witness_who_does_not_count_leaves_the_vial_full(
    pharmacy: Site, witness: str, pin: str, said: str
) -> None:
    with Screen(pharmacy, "pharmacy", "vial", "waste", "V-1") as screen:
        signed(screen, witness, pin).until(said).until(screen.is_over)
        assert screen.ended == 1
    assert vial(pharmacy, "V-1")["status"] == "full"


def test_two_people_sign_and_a_line_that_drops_between_them_writes_nothing(pharmacy: Site) -> None:
    before = set(pharmacy.running())
    with Screen(pharmacy, "pharmacy", "vial", "waste", "V-1") as screen:
        screen.until("Name:").send("cal\n").until("PIN of cal").send(f"{PINS['cal']}\n")
        screen.until("as the witness").send("dee\n").until("PIN of dee").kill()
    # No process stays behind that would hold Cal's signature for whoever comes next.
    wait_for(lambda: set(pharmacy.running()) <= before, "the session of the dropped line ends")
    assert vial(pharmacy, "V-1")["status"] == "full"
    with Screen(pharmacy, "pharmacy", "vial", "waste", "V-1") as screen:
        signed(screen, "dee", PINS["dee"]).until(screen.is_over)
        assert screen.ended == 0
        assert not any(pin in screen.text for pin in PINS.values())
    wasted = vial(pharmacy, "V-1")
    assert (wasted["wasted_by"], wasted["witnessed_by"]) == ("cal", "dee")
    entry = json.loads(pharmacy.officeops("history", "--limit", "1", "--json").stdout)[0]
    signers = [entry[name] for name in ("actor", "witness", "place", "login")]
    assert signers == ["cal", "dee", "Pharmacy", "pharmacy"]


def test_at_ones_own_login_the_witness_alone_signs_on_a_terminal(pharmacy: Site) -> None:
    ran = pharmacy.ssh("ann", "vial", "waste", "V-2", input=f"dee\n{PINS['dee']}\n".encode())
    assert (ran.returncode, b"terminal" in ran.stderr) == (1, True)
    with Screen(pharmacy, "ann") as screen:
        screen.until("Today").send(":vial\r").until("V-2").send("j:waste\r")
        screen.until("Waste vial V-2?").send("y").until("Who witnesses it").kill()
    assert vial(pharmacy, "V-2")["status"] == "full"
    with Screen(pharmacy, "ann", "vial", "waste", "V-2") as screen:
        screen.until("as the witness").send("dee\n").until("PIN of dee").send(f"{PINS['dee']}\n")
        screen.until(screen.is_over)
        assert screen.ended == 0
    wasted = vial(pharmacy, "V-2")
    assert (wasted["wasted_by"], wasted["witnessed_by"]) == ("ann", "dee")
