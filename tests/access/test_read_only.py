"""A session that only reads: nothing changes, the keys that would change something say why, and looking is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import Refused
from officeops.office.crud import add_record
from officeops.tui.testing import Terminal
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def test_a_screen_says_that_it_only_reads(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    office.authorizer.reads_only = True
    with Terminal(office) as terminal:
        terminal.press(":").type("vendor Acme").press("enter")
        assert "read-only" in terminal.crumbs
        terminal.press("e")
        assert "Vendor" in terminal.crumbs
        assert terminal.line("--read-only")
        terminal.press("u")
        assert terminal.line("--read-only")
    assert office.get(Vendor, 1).version == 1


def test_code_of_a_plugin_writes_nothing_either(office: Office) -> None:
    office.authorizer.reads_only = True
    with pytest.raises(Refused, match="only reads"):
        add_record(office, Vendor, {"name": "Acme"})
    assert not office.may("vendors.vendor.add")
    assert office.may("vendors.vendor.view")


@pytest.mark.parametrize("login", ["ann", ""])
def test_a_change_is_refused_and_a_list_is_shown(cli: Cli, login: str) -> None:
    cli("access", "add", "ann", "--role", "manager")
    cli("vendor", "add", "--name", "Acme")
    assert "Acme" in cli("--read-only", "vendor", "list", login=login).out
    of_the_machine = [["item", "list", "--save-view", "mine"], ["plugins", "disable", "hr"]]
    for words in (
        ["vendor", "edit", "Acme", "--phone", "555 0100"],
        ["undo"],
        *([] if login else of_the_machine),
    ):
        ran = cli("--read-only", *words, login=login)
        assert (ran.code, ran.out) == (1, ""), words
        assert "--read-only" in ran.err, words
    assert cli("vendor", "show", "Acme", "--json").json["version"] == 1
