"""Several people at once, as they really are: three on real ssh with the interface open, and cron running."""

from __future__ import annotations

import json
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from tests.ssh.screen import Screen
from tests.ssh.site import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ssh.site import Site


class Cron(threading.Thread):
    """What cron does, one after the other, with hardly a pause: without one it takes a core from the others."""

    def __init__(self, site: Site) -> None:
        super().__init__(daemon=True)
        self._site, self._over = site, threading.Event()
        self.wrong: list[tuple[list[str], str]] = []

    def run(self) -> None:
        n = 0
        while not self._over.is_set():
            for words in (
                ["today", "--new", "--mark-seen", "--for", "ann"],
                ["location", "add", "--name", f"Cron {n}"],
                ["reorder", "--json"],
                ["backup", "--quiet"],
            ):
                ran = self._site.officeops(*words, check=False)
                if ran.returncode:
                    self.wrong.append((words, ran.stderr))
                self._over.wait(0.3)
                n += 1

    def stop(self) -> None:
        self._over.set()
        self.join(60)


@pytest.fixture
def cron(site: Site) -> Iterator[Cron]:
    running = Cron(site)
    running.start()
    yield running
    running.stop()
    assert running.wrong == []


def on(site: Site) -> list[str]:
    """Return who has the interface open."""
    found = json.loads(site.officeops("who", "--json").stdout)
    return sorted(each["login"] for each in found if each["with"] == "the interface")


@pytest.mark.usefixtures("cron")
def test_three_people_and_cron(site: Site) -> None:
    rows = [f"P-{n:02},Person's thing {n:02}" for n in range(40)]
    site.officeops("item", "import", "-", input="\n".join(["sku,name", *rows]))
    with ExitStack() as stack:
        ann, ben, cal = (
            stack.enter_context(Screen(site, login)) for login in ("ann", "ben", "cal")
        )
        for each in (ann, ben, cal):
            each.until("Today").send(":item /sku~P-\r").until("P-05")
        # People of an earlier test may be on their way out.
        wait_for(lambda: on(site) == ["ann", "ben", "cal"], "the three are on, and nobody else")
        found = json.loads(site.ssh("dee", "who", "--json").stdout)
        assert {each["from"] for each in found if each["login"] != "dee"} == {"127.0.0.1"}

        # Ann stands on a row; Ben is in the middle of a form, Cal of another.
        ann.send("jjjjj").until(lambda: "P-05" in ann.row)
        ben.send("n").until("SKU").send("HALF-TYPED").until("HALF-TYPED")
        cal.send("n").until("SKU").send("CAL-WAS-HERE").until("CAL-WAS-HERE")

        # Somebody saves; the others see it without a key, and keep their place and what they typed.
        assert site.ssh("dee", "item", "list", "P-03").returncode == 0
        assert (
            site.ssh(
                "ann", "item", "add", "--sku", "P-001", "--name", "'A thing seen by all'"
            ).returncode
            == 0
        )
        ann.until("P-001")
        assert "P-05" in ann.row
        assert "HALF-TYPED" in ben.text

        # Cal's laptop goes into a bag.
        cal.kill()
        assert site.ssh("ann", "item", "edit", "P-05", "--name", "Renamed").returncode == 0
        wait_for(lambda: on(site) == ["ann", "ben"], "cal is off")
        assert site.ssh("ann", "item", "list", "CAL-WAS-HERE", "--json").stdout.strip() == b"[]"
        ann.until(lambda: "Renamed" in ann.row)

        # Ben goes on where he was, and saves; Ann sees it.
        # As fast as people type: what comes behind a Tab in one breath still goes to the field before it.
        ben.send("-NOW").until("HALF-TYPED-NOW").send("\t").read(1)
        ben.send("Ben's own").until("Ben's own").send("\x13").until(
            lambda: "not saved" not in ben.text
        )
        ann.send(":item /HALF\r").until("HALF-TYPED-NOW")
        ann.send("q").until(ann.is_over)
        ben.send("q").until(ben.is_over)
        assert (ann.ended, ben.ended) == (0, 0)
    wait_for(lambda: on(site) == [], "everybody is off")


def test_a_clerk_puts_off_and_has_seen_what_is_due(site: Site) -> None:
    for line in (
        "vendor add --name Due",
        "document add --vendor Due --kind insurance --expires-on 2020-01-31",
    ):
        assert site.ssh("ann", line).returncode == 0
    [key] = (each["key"] for each in due(site) if "Insurance of Due" in each["what"])
    for words in (["seen", key], ["snooze", key, "--until", "+7d"], ["wake", key]):
        ran = site.ssh("cal", "today", *words)
        assert ran.returncode == 0, ran.stderr
        assert (key in [each["key"] for each in due(site)]) == (words[0] != "snooze")
    assert key not in [each["key"] for each in due(site, "--new")]
    refused = site.ssh("cal", "today", "--for", "ann")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert b"--for is for the owner" in refused.stderr


def due(site: Site, *words: str) -> list[dict[str, Any]]:
    """Return what a clerk finds due."""
    found: list[dict[str, Any]] = json.loads(site.ssh("cal", "today", "--json", *words).stdout)
    return found


def test_an_open_form_holds_nothing(site: Site) -> None:
    with Screen(site, "ann") as ann, Screen(site, "ben") as ben:
        for each in (ann, ben):
            each.until("Today").send(":item\rn").until("SKU").send("X")
        for n in range(3):
            assert site.ssh("cal", "location", "list").returncode == 0
            assert (
                site.ssh(
                    "ann", "location", "add", "--name", f"'While forms are open {n}'"
                ).returncode
                == 0
            )


def test_nothing_behind_the_interface(site: Site) -> None:
    with Screen(site, "ann") as ann:
        ann.until("Today")
        ann.send("\x1a").send("\x10").send("\x1c")
        time.sleep(0.5)
        ann.send("?").until("help")
        assert not ann.is_over()
    marks = [path.name for path in site.home.iterdir() if path.suffix in {".svg", ".log", ".txt"}]
    assert marks == []


def test_who_is_put_out_can_do_nothing_more(site: Site) -> None:
    site.let_in("fay")
    with Screen(site, "fay") as fay:
        fay.until("Today")
        site.officeops("access", "remove", "fay")
        fay.send(":item\r")
        fay.until(lambda: fay.is_over() or "fay is not a user" in fay.text)
