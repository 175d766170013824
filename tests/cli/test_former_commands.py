"""A command that got another name works by the old one too, and a terminal is told the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

#: Lines as they were typed before, and the command's name of today.
LINES = {
    ("admit", "--login", "zoe", "--role", "clerk"): "add-user",
    ("access", "give", "ann", "read-only"): "grant",
    ("user", "give-role", "ann", "--role", "manager"): "grant-role",
    ("user", "take-role", "ann", "--role", "clerk"): "revoke-role",
    ("user", "remove", "ann"): "deactivate",
    ("document", "list"): "vendor-document",
}


@pytest.fixture
def owner(office_factory: OfficeFactory, cli: Cli) -> Office:
    office = office_factory("vendors")
    assert cli("access", "add", "ann", "--role", "clerk").code == 0
    return office


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize(("line", "new"), LINES.items(), ids=LINES.values())
def test_the_old_command_works_and_a_script_reads_no_note(
    cli: Cli, line: tuple[str, ...], new: str
) -> None:
    ran = cli(*line)
    assert ran.code == 0
    assert f"`{new}`" not in ran.err


@pytest.mark.usefixtures("owner")
@pytest.mark.parametrize(("line", "new"), LINES.items(), ids=LINES.values())
def test_a_terminal_is_told_the_new_name(
    cli: Cli, line: tuple[str, ...], new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("officeops.cli.group._is_terminal", lambda: True)
    assert f"`{new}`" in cli(*line).err


@pytest.mark.usefixtures("owner")
def test_help_knows_the_new_name_alone(cli: Cli) -> None:
    listed = cli("user", "--help").out
    assert "grant-role" in listed
    assert "give-role" not in listed
    assert cli("user", "give-role", "--help").out.startswith("Usage: officeops user grant-role")


def test_the_history_keeps_the_name_of_the_action(owner: Office, cli: Cli) -> None:
    assert cli("user", "grant-role", "ann", "--role", "manager").code == 0
    assert owner.value("SELECT verb FROM core_action ORDER BY id DESC") == "core.user.give-role"
