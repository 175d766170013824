"""A plugin that fails in a hook by which it registers is refused whole: nothing of it runs, and its data is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.effort import paired
from tests.plugins.failing_plugins import grow

import officeops_inventory
from officeops import hookimpl
from officeops.access.roles import known
from officeops.model.exit_codes import DONE, INCOMPLETE
from officeops.plugins.registered_values import REGISTER
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli, OfficeFactory, Ran

    Load = Callable[..., Plugins]
    Write = Callable[..., Path]

TABLE: Final = """
CREATE TABLE {table} (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, {columns}
) STRICT;
"""
#: A plugin with something of everything. A badge is a manager's to add, by its own permission.
DOOR: Final = (
    '''
import click

class Badge(Record, key="door.badge"):
    """A badge."""

    name: str = field(unique=True, search=True)

@action("door.badge.cut")
def cut(office, badge: Badge) -> str:
    "Cut it."
    return "Cut."

@report("door-report", title="Doors")
def doors(office):
    "Count the doors."
    return [{"doors": 1}]

@job("door-job")
def lock(office):
    "Lock them."
    yield "locked"

@click.command()
def unlock():
    "Unlock."
    print("unlocked")

@hookimpl
def records(): return [Badge]
@hookimpl
def actions(): return [cut]
@hookimpl
def reports(): return [doors]
@hookimpl
def jobs(): return [lock]
@hookimpl
def commands(): return [Command("unlock", __name__ + ":unlock", "Unlock.")]
@hookimpl
def permissions(): return [Permission("door.badge.add", "Add badges.", "manage")]
@hookimpl
def views(): return [View("all", "door.badge", "All")]
@hookimpl
def due(office, until): return [Due("door:1", until, "A door is due")]
@hookimpl
def search(office, text): raise ValueError("searched")
@hookimpl
def validate(office, change): raise ValueError("asked")
@hookimpl
def migrations():
    return [Migration("0001_start", """'''
    + TABLE.format(table="door_badge", columns="name TEXT NOT NULL")
    + 'CREATE UNIQUE INDEX door_badge_name ON door_badge(name) WHERE archived_at IS NULL;""")]\n'
)
#: The same, when its hooks that answer did so.
SANE: Final = DOOR.replace('raise ValueError("searched")', "return []").replace(
    'raise ValueError("asked")', "return []"
)
#: A plugin that cannot do without it.
LOCKS: Final = (
    '@hookimpl\ndef due(office, until): return [Due("locks:1", until, "A lock is due")]\n'
)
#: A plugin that refers to its badges and acts on them, and works without.
SIGNS: Final = (
    '''
class Sign(Record, key="signs.sign"):
    """A sign."""

    name: str = field(unique=True)
    badge: int | None = ref("door.badge")

@action("door.badge.frame")
def frame(office, badge: int = param(target="door.badge")) -> str:
    "Frame it."
    return "Framed."

@hookimpl
def records(): return [Sign]
@hookimpl
def due(office, until): return [Due("signs:1", until, "A sign is due")]
@hookimpl
def migrations():
    return [Migration("0001_start", """'''
    + TABLE.format(table="signs_sign", columns="name TEXT NOT NULL, badge INTEGER")
    + "CREATE UNIQUE INDEX signs_sign_name ON signs_sign(name) WHERE archived_at IS NULL;\n"
    + 'CREATE INDEX signs_sign_badge ON signs_sign(badge);""")]\n'
)
#: How a hook fails, and how its plugin behaves.
FAILURES: Final = {
    "raises": "raise ValueError('boom')",
    "is of a wrong type": "return 5",
    "gives things of a wrong type": "return [object()]",
    "gives nothing at all": "return None",
    "gives half": "yield from before[0](); raise ValueError('boom')",
    "exits": "import sys; sys.exit(0)",
    "never ends": "\n    while True: pass",
}
BEFORE: Final = (
    "badge add --name AAA",
    "sign add --name S --badge AAA",
    "vendor add --name AAA",
)
ON: Final = {"OFFICEOPS_PLUGINS": "vendors,door,locks,signs"}
#: What each of its words is now: no command, or one that only says why.
WORDS: Final = (
    "badge list",
    "badge add --name B",
    "badge export",
    "badge cut AAA",
    "badge frame AAA",
    "unlock",
    "report door-report",
    "job door-job",
)


@pytest.fixture(autouse=True)
def _short(officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[limits]\naction = 0.5\n")


@pytest.fixture
def office_of_three(write: Write, cli: Cli) -> Cli:
    """An office in which the plugin was in order, with a badge, and two plugins that lean on it."""
    write("door", SANE)
    write("locks", LOCKS, 'requires=("door",)')
    write("signs", SIGNS, 'after=("door",)')
    grow(cli, BEFORE, ON["OFFICEOPS_PLUGINS"])
    return cli


def failing(hook: str, failure: str) -> str:
    # In a list: a second name of the function would be a hook of that name.
    before = f"before = [globals().get('{hook}', list)]"
    return f"{DOOR}\n{before}\n@hookimpl\ndef {hook}():\n    {FAILURES[failure]}\n"


def must_be_named(ran: Ran, hook: str) -> None:
    """The sentence has the plugin, the hook and the next step."""
    assert "Traceback" not in ran.err, ran
    assert f"door: {hook}:" in ran.err or f"not in order: {hook}:" in ran.err, ran
    assert "officeops plugins --trace door` shows where" in ran.err, ran


@pytest.mark.parametrize(("hook", "failure"), paired(REGISTER, FAILURES))
def test_nothing_of_it_runs_and_the_others_do(
    write: Write, office_of_three: Cli, hook: str, failure: str
) -> None:
    cli = office_of_three
    write("door", failing(hook, failure))
    today = cli("today", "--json", env=ON)
    assert today.code == INCOMPLETE
    assert [row["key"] for row in today.json if row["key"] != "inventory"] == ["signs:1"]
    must_be_named(today, hook)
    assert (
        "locks: requirements: it needs door, which is not in order; `officeops plugins check door` says why"
        in today.err
    )
    for words in WORDS:
        ran = cli(*words.split(), env=ON)
        assert ran.code != DONE, ran
        assert "unlocked" not in ran.out
        must_be_named(ran, hook)
    assert cli("badge", "import", "-", env=ON, typed="name\nB\n").code != DONE
    found = cli("search", "AAA", "--json", env=ON)
    assert [hit["noun"] for hit in found.json] == ["vendor"]
    assert cli("sign", "list", "--json", env=ON).json[0]["name"] == "S"
    # A write goes on without its guard, and says so.
    assert cli("vendor", "add", "--name", "B", env=ON).code == INCOMPLETE


@pytest.mark.parametrize("hook", REGISTER)
def test_nothing_of_it_is_anybodys_by_a_lower_level(
    write: Write, load: Load, office_factory: OfficeFactory, hook: str
) -> None:
    write("door", failing(hook, "gives half"))
    write("locks", LOCKS, 'requires=("door",)')
    assert "door" not in load("door", "locks").manifests
    with office_factory("door", "locks") as office:
        assert not [name for name in known(office) if name.startswith("door.")]
        assert "door.badge" not in office.records


def test_its_data_is_kept_and_its_author_is_seen(write: Write, office_of_three: Cli) -> None:
    cli = office_of_three
    history = cli("history", "--json", env=ON).json
    for hook in ("permissions", "records", "screens"):
        write("door", failing(hook, "raises"))
        assert cli("badge", "list", env=ON).code != DONE
        assert cli("history", "verify", env=ON).code in {DONE, INCOMPLETE}
        # An edit is seen by the next command.
        write("door", SANE)
        assert [row["name"] for row in cli("badge", "list", "--json", env=ON).json] == ["AAA"]
        assert cli("sign", "list", "--json", env=ON).json[0]["badge"] == 1
    assert cli("history", "--json", env=ON).json == history


def test_a_permission_by_a_wrong_name_refuses_it_too(write: Write, load: Load) -> None:
    # The level of the right name would be the one that is derived.
    write("door", DOOR.replace('"door.badge.add"', '"doors.badge.add"'))
    plugins = load("door")
    assert "door" not in plugins.manifests
    (trouble,) = plugins.troubles
    assert str(trouble).startswith("door: permissions: the permission doors.badge.add does not")


@pytest.mark.parametrize("hook", ["permissions", "actions", "roles"])
def test_a_bridge_that_fails_in_one_refuses_its_plugin(
    write: Write, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    bridge = f"from officeops import hookimpl\n@hookimpl\ndef {hook}():\n    return 1 / 0\n"
    (tmp_path / "door_to_vendors.py").write_text(bridge)
    monkeypatch.syspath_prepend(tmp_path)
    write("door", DOOR, "bridges={'vendors': 'door_to_vendors'}")
    write("locks", LOCKS, 'requires=("door",)')
    assert list(load("vendors", "door", "locks").manifests) == ["vendors"]
    assert list(load("door", "locks").manifests) == ["door", "locks"]


@pytest.mark.parametrize("hook", ["permissions", "actions", "jobs"])
def test_what_ships_with_officeops_is_refused_when_it_is_asked(
    load: Load, office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    def broken() -> list[object]:
        raise ValueError("boom")

    monkeypatch.setattr(officeops_inventory, hook, hookimpl(broken), raising=False)
    with office_factory("inventory", "vendors") as office:
        permissions = known(office)
        # Nobody declares it then, so it is for those who may do everything.
        assert not [name for name in permissions if name.startswith("inventory.")]
        assert "vendors.vendor.add" in permissions
        assert "inventory" not in office.plugins.manifests
    assert load("inventory").troubles == []


@pytest.mark.parametrize("hook", ["permissions", "views"])
def test_the_screen_says_why(write: Write, office_factory: OfficeFactory, hook: str) -> None:
    write("door", failing(hook, "raises"))
    with Terminal(office_factory("door", "vendors")) as terminal:
        terminal.press(":", *"door", "enter")
        assert f"The plugin door is not in order: {hook}: ValueError: boom" in terminal.prompt
        terminal.press(":", *"badge", "enter")
        assert "There is nothing called 'badge'" in terminal.prompt
        terminal.press("!")
        shown = " ".join(terminal.text.split())
        assert f"is not in order: {hook}: ValueError: boom" in shown
        terminal.press(":", *"today", "enter")
        shown = " ".join(terminal.text.split())
        assert "`officeops plugins --trace door` shows where it failed" in shown
        terminal.press(":", *"vendor", "enter")
        assert "door" not in terminal.prompt
