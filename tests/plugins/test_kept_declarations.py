"""What plugins declare is kept, so that a command loads few of them; an edited one is seen at once."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from tests.cli.test_cli_light import modules_of

from officeops.model.settings import Machine
from officeops.plugins.discovery import find
from officeops.plugins.kept_answers import path_of
from officeops.plugins.kept_declarations import recall
from officeops.plugins.resting import RestingPlugins

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.plugins.kept_declarations import KeptDeclarations
    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli

    Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("shipped")

BADGE = """
class Badge(Record, key="badges.badge", noun="{noun}", plural="Badges"):
    owner: str = field()

@hookimpl
def records():
    return [Badge]

@hookimpl
def migrations():
    return [Migration("0001", '''
CREATE TABLE badges_badge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    owner TEXT NOT NULL
) STRICT;''')]
"""


@pytest.fixture(autouse=True)
def settled(write: Write) -> Callable[..., Path]:
    """Write a plugin as if an hour ago: what has just been edited is not relied on."""
    return lambda *words, ago=3600: aged(write(*words), ago)


def aged(path: Path, seconds: int) -> Path:
    then = time.time() - seconds
    os.utime(path, (then, then))
    return path


def is_kept() -> bool:
    return recall(find(Machine())) is not None


def enable(*names: str) -> None:
    Machine().save("plugins.toml", {"enabled": list(names)})


def test_a_list_loads_its_own_record_and_wakes_no_plugin(cli: Cli, settled: Write) -> None:
    settled("badges", BADGE.format(noun="badge"))
    enable("badges")
    cli("item", "list")
    assert is_kept()
    modules_of(cli.path, "item", "list")  # this way to start keeps its own
    loaded = modules_of(cli.path, "item", "list")
    assert "officeops_inventory.model.items" in loaded
    unneeded = {
        "officeops.plugins.manager", "officeops_vendors.model", "officeops_inventory.model.moves", "officeops_file_badges",
        "officeops.core.records", "officeops.core.migrations", "officeops.office.writer",
    }  # fmt: skip
    assert loaded & unneeded == set()
    assert "officeops_file_badges" in modules_of(cli.path, "badge", "list")


def test_an_add_loads_neither_what_others_declare_nor_who_may(cli: Cli) -> None:
    cli("item", "list")
    for number in range(3):
        words = ("item", "add", "--sku", f"S{number}", "--name", "Gloves")
        loaded = modules_of(cli.path, *words)
    assert "officeops.office.writer" in loaded
    unneeded = {
        "officeops.plugins.manager", "officeops.plugins.registered_checks", "officeops.access.permissions",
        "copy",
    }  # fmt: skip
    assert loaded & unneeded == set()


def test_every_list_is_the_same_whether_or_not_the_plugins_rest(
    cli: Cli, load: Callable[..., Plugins], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    cli("vendor", "add", "--name", "Acme")
    assert is_kept()
    nouns = [
        kind.meta.noun for kind in load("inventory", "vendors").kinds() if not kind.meta.commandless
    ]
    assert len(nouns) > 12
    for noun in nouns:
        for words in (
            [noun, "list"],
            [noun, "list", "--json"],
            [noun, "add", "--help"],
            [noun, "nonsense"],
        ):
            rested = cli(*words)
            monkeypatch.setenv("OFFICEOPS_STRICT_PLUGINS", "1")
            loaded = cli(*words)
            monkeypatch.delenv("OFFICEOPS_STRICT_PLUGINS")
            assert (rested.code, rested.out, rested.err) == (loaded.code, loaded.out, loaded.err)


@pytest.mark.parametrize("ago", [600, 7200], ids=["later", "earlier, as a copy brings it"])
def test_an_edited_plugin_is_seen_by_the_next_command(cli: Cli, settled: Write, ago: int) -> None:
    settled("badges", BADGE.format(noun="badge"))
    enable("badges")
    assert cli("badge", "list").code == 0
    assert is_kept()
    settled("badges", BADGE.format(noun="label"), ago=ago)
    assert not is_kept()
    assert cli("label", "list").code == 0
    assert cli("badge", "list").code == 2
    settled("badges", "raise ValueError('broken')")
    assert "broken" in cli("item", "list").err + cli("today").err
    assert not is_kept()


def test_a_plugin_that_is_being_edited_is_loaded_each_time(cli: Cli, write: Write) -> None:
    write("badges", BADGE.format(noun="badge"))
    enable("badges")
    assert cli("item", "list").code == 0
    assert not is_kept()


def test_turning_a_plugin_off_or_on_is_seen(cli: Cli, settled: Write) -> None:
    settled("badges", BADGE.format(noun="badge"))
    enable("badges")
    assert cli("badge", "list").code == 0
    enable()
    assert cli("badge", "list").code == 1
    enable("badges")
    assert cli("badge", "list").code == 0


def test_a_file_that_lacks_what_is_declared_wakes_them(cli: Cli, settled: Write) -> None:
    """The declarations are of this machine, and the file may come from another."""
    cli("item", "list")
    settled("badges", BADGE.format(noun="badge"))
    enable("badges")
    other = cli.path.with_name("other.db")
    assert cli("--db", str(other), "init", "--name", "Other").code == 0
    assert is_kept()
    assert cli("item", "list").code == 0
    assert cli("badge", "list").code == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\xff\xfe\x00",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace(b"\t", b" "),
        lambda text: text.replace(b"home\t", b"home\tx\t"),
        lambda text: text.replace(b"signature\t", b"signature\tx"),
    ],
)
def test_a_kept_file_that_was_damaged_is_not_relied_on(
    cli: Cli, damage: Callable[[bytes], bytes]
) -> None:
    listed = cli("item", "list")
    kept = Path(path_of("declared"))
    kept.write_bytes(damage(kept.read_bytes()))
    again = cli("item", "list")
    assert (again.code, again.out) == (listed.code, listed.out) == (0, listed.out)


def test_threads_that_ask_at_the_same_time_wake_the_plugins_once() -> None:
    awake, loads = threading.Event(), []

    def load() -> Plugins:
        loads.append(1)
        awake.wait(0.2)
        return cast("Plugins", object())

    plugins = RestingPlugins([], Machine(), cast("KeptDeclarations", object()), load)
    threads = [threading.Thread(target=plugins.awake) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [1]


GUARDED = (
    BADGE.format(noun="badge")
    + """
@hookimpl
def permissions():
    import os
    if "BOOM" in os.environ:
        raise ValueError("boom")
    return [Permission("badges.badge.add", "Add badges.", "sensitive")]
"""
)


def test_a_hook_that_fails_after_all_was_kept_refuses_its_plugin(
    cli: Cli, settled: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled("badges", GUARDED)
    enable("badges")
    assert cli("access", "add", "ann", "--role", "manager").code == 0
    assert is_kept()
    add = ("badge", "add", "--owner", "Ann")
    assert "ann may not add badges" in cli(*add, login="ann").err
    monkeypatch.setenv("BOOM", "1")
    for login in ("", "ann"):
        assert cli("item", "list", login=login).code == 0
        for words in (add, ("badge", "list"), ("badge", "import", "-")):
            ran = cli(*words, login=login)
            assert ran.code != 0, ran
            assert "badges: permissions: ValueError: boom" in ran.err or "not in order" in ran.err
    monkeypatch.delenv("BOOM")
    assert cli("badge", "list", "--json").json == []
    assert cli(*add).code == 0


def test_what_failed_is_not_kept_and_its_mending_is_seen(cli: Cli, settled: Write) -> None:
    settled("badges", GUARDED.replace('"BOOM" in os.environ', "True"))
    enable("badges")
    cli("badge", "list")
    assert not is_kept()
    assert cli("item", "list").err.count("badges: permissions: ValueError: boom") == 1
    settled("badges", GUARDED, ago=7200)
    assert cli("badge", "list").code == 0
    assert is_kept()
