"""Which plugins are there and on, found without importing anything that is not needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.settings import Machine
from officeops.plugins.discovery import _stamp, find, module_from_file
from officeops.plugins.kept_answers import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.testing import Cli

    Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("shipped")

OURS = ["hr", "inventory", "maintenance", "vendors"]


def state(environ: dict[str, str] | None = None, *, safe: bool = False) -> dict[str, str]:
    return {
        each.name: "on" if each.on else each.why_off
        for each in find(Machine(), safe=safe, environ=environ or {})
    }


def test_ours_are_on_and_others_are_not(write: Write) -> None:
    write("keys")
    states = state()
    assert [states[name] for name in OURS] == ["on", "on", "on", "on"]
    assert states["keys"] == "not enabled; `officeops plugins enable keys`"


def test_enabled_and_disabled_are_kept_beside_the_settings(write: Write) -> None:
    write("keys")
    Machine().save("plugins.toml", {"enabled": ["keys"], "disabled": ["vendors"]})
    states = state()
    assert (states["keys"], states["vendors"], states["inventory"]) == (
        "on",
        "disabled; `officeops plugins enable vendors`",
        "on",
    )


def test_safe_leaves_out_what_is_not_ours(write: Write, cli: Cli) -> None:
    write("keys", "raise ValueError")
    Machine().save("plugins.toml", {"enabled": ["keys"]})
    states = state(safe=True)
    assert states["keys"] == "--safe leaves out what did not ship with officeops"
    assert states["vendors"] == "on"
    assert "ValueError" in cli("plugins").out
    assert "ValueError" not in cli("--safe", "plugins").out


def test_the_environment_turns_on_exactly_those_it_names(write: Write) -> None:
    write("keys")
    Machine().save("plugins.toml", {"enabled": [], "disabled": ["vendors"]})
    states = state({"OFFICEOPS_PLUGINS": " keys, vendors ,absent"})
    assert (states["keys"], states["vendors"]) == ("on", "on")
    assert states["inventory"] == "OFFICEOPS_PLUGINS leaves it out"
    assert set(state({"OFFICEOPS_PLUGINS": ""}).values()) == {"OFFICEOPS_PLUGINS leaves it out"}
    assert state({"OFFICEOPS_PLUGINS": "keys"}, safe=True)["keys"] != "on"


def test_no_file_takes_the_place_of_a_plugin_of_ours(write: Write) -> None:
    file = write("vendors")
    found = [each for each in find(Machine(), environ={}) if each.name == "vendors"]
    assert [(each.origin, each.on) for each in found] == [
        ("officeops", True),
        (str(file.parent), False),
    ]
    assert found[1].why_off == "officeops has a plugin called vendors too, and that one counts"


def test_another_folder_can_be_named(write: Write, tmp_path: Path) -> None:
    file = write("keys")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    file.rename(folder / "lockers.py")
    (folder / "not-a-name.py").touch()
    (folder / "notes.txt").touch()
    (tmp_path / "config/officeops/officeops.toml").write_text(f'plugins_folder = "{folder}"\n')
    assert state().keys() == {*OURS, "lockers"}


@pytest.fixture(autouse=True)
def _nothing_kept(officeops_home: Path) -> Iterator[None]:
    """Begin and end without what other tests found installed."""
    kept = officeops_home / "cache"
    shutil.rmtree(kept, ignore_errors=True)
    yield
    shutil.rmtree(kept, ignore_errors=True)


LOOK = """
import sys
from officeops.plugins.discovery import find
from officeops.model.settings import Machine
names = [each.name for each in find(Machine())]
print("importlib.metadata" in sys.modules, *names)
"""


def look(*paths: Path) -> list[str]:
    """Find plugins in a fresh process: whether that took importlib.metadata, then their names."""
    code = f"import sys; sys.path += {[str(each) for each in paths]}\n{LOOK}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.split()


def install(folder: Path, name: str) -> None:
    """Install a distribution with one plugin, as far as discovery can tell."""
    info = folder / f"officeops_{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: officeops-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[officeops.plugins]\n{name} = officeops_{name}\n")


def test_a_warm_start_does_not_ask_importlib_metadata() -> None:
    assert look() == ["True", *OURS]
    assert look() == ["False", *OURS]


def test_what_is_installed_later_is_seen(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(site, "badges")
    assert look(site) == ["True", *OURS, "badges"]
    assert look(site) == ["False", *OURS, "badges"]
    install(site, "lockers")
    assert look(site) == ["True", *OURS, "badges", "lockers"]
    (site / "officeops_badges-1.0.dist-info/entry_points.txt").unlink()
    (site / "officeops_badges-1.0.dist-info").rename(site / "gone")
    assert look(site) == ["True", *OURS, "lockers"]


def test_ways_in_that_take_turns_both_start_warm(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(site, "badges")
    assert [look(), look(site)] == [["True", *OURS], ["True", *OURS, "badges"]]
    assert [look(), look(site), look()] == [
        ["False", *OURS],
        ["False", *OURS, "badges"],
        ["False", *OURS],
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00",
        b"{stamp}\nonly\ttwo\n",
        b"{stamp}\na\tb\tc\td\te\n",
        b"another stamp\nghost\tghost\tghost\t1\n",
    ],
    ids=["empty", "bytes", "short line", "long line", "other place"],
)
def test_a_cache_that_cannot_be_trusted_is_not(text: bytes) -> None:
    file = Path(path_of("plugins"))
    file.parent.mkdir(parents=True)
    file.write_bytes(text.replace(b"{stamp}", _stamp().encode()))
    assert state().keys() == {*OURS}
    assert b"inventory\tofficeops_inventory\tofficeops" in file.read_bytes()


def test_without_a_place_for_the_cache_it_asks_each_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert state().keys() == {*OURS}
    assert look() == look() == ["True", *OURS]


def test_two_edits_of_one_size_in_one_second_are_both_seen(write: Write) -> None:
    for word in ("one", "two", "six"):
        path = write("keys", f"WORD = '{word}'")
        module = module_from_file("keys", str(path))
        assert word == module.WORD


def test_a_plugin_that_needs_one_that_is_off_names_the_command_that_turns_it_on(
    write: Write, cli: Cli
) -> None:
    write("keys", words="requires=('vendors',)")
    Machine().save("plugins.toml", {"enabled": ["keys"], "disabled": ["vendors"]})
    [status] = [row["status"] for row in cli("plugins", "--json").json if row["name"] == "keys"]
    assert "it needs vendors, which is off: disabled; `officeops plugins enable vendors`" in status
