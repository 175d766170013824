"""A plugin's view of no field is named; a withheld column is left out of one on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    import pytest

    from officeops.testing import Cli, OfficeFactory

SAFES = """
from __future__ import annotations
from officeops import *
PLUGIN = Plugin("vault", "Safes", api=2)

class Safe(Record, key="vault.safe", display="name"):
    "A safe."
    name: str = field(unique=True)
    code: int | None = field(default=None, guard="vault.code", help="Code")

@hookimpl
def records(): return [Safe]

@hookimpl
def views():
    return [
        View("all", "vault.safe", "All", columns=("name", "code")),
        View("bad", "vault.safe", "Bad", columns=("nope",)),
    ]

@hookimpl
def permissions(): return [Permission("vault.code.view", "See codes.", "sensitive")]

@hookimpl
def migrations():
    columns = "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL, code INTEGER"
    table = f"vault_safe (id INTEGER PRIMARY KEY AUTOINCREMENT, {columns})"
    return [Migration("0001", f"CREATE TABLE {table} STRICT;")]
"""


def test_a_view_of_no_field_is_named_and_one_of_a_withheld_field_opens(
    office_factory: OfficeFactory, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "vault")
    office_factory(files={"vault": SAFES})
    cli("access", "add", "ben", "--role", "clerk")
    cli("safe", "add", "--name", "Back office")
    with Terminal(office_factory(login="ben")) as terminal:
        terminal.press(":").type("safe all").press("enter")
        assert terminal.current.split() == ["Back", "office"]
        terminal.press(":").type("safe bad").press("enter")
        # 80 columns have the view, its plugin and the field; `!` shows the rest.
        for word in ("view bad", "vault", "'nope'"):
            assert word in terminal.prompt
    ran = cli("safe", "list", "--view", "bad")
    assert "It is in vault.py, line" in ran.err
    assert "`officeops plugins disable vault` turns it off" in ran.err
