"""`undo` and `redo` on the command line: numbers, exit codes, request ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def test_undo_and_redo_by_command(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("vendor", "edit", "Acme", "--website", "1")
    number = cli("history", "--json").json[0]["number"]
    assert f"  {number}  " in cli("history").out
    ran = cli("undo", str(number))
    assert (ran.code, ran.out) == (0, "")
    assert "edit vendor Acme, of" in ran.err
    assert cli("vendor", "show", "Acme", "--json").json["website"] is None
    assert cli("redo").code == 0
    assert cli("vendor", "show", "Acme", "--json").json["website"] == "1"


def test_a_repeated_request_by_command_ends_well(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    for word in ("undo", "redo"):
        first = cli("--request-id", word, word)
        again = cli("--request-id", word, word)
        assert (first.code, again.code) == (0, 0)
        assert again.err.endswith(f" {first.err}")
    actions = [change["action"] for change in cli("history", "--since", "0", "--json").json]
    # A plugin's migration may have changed the new office's file before.
    assert [verb for verb in actions if not verb.startswith("core.migrate.")] == [
        "vendors.vendor.add",
        "core.undo",
        "core.redo",
    ]


@pytest.mark.parametrize("word", ["x", "-1", "1.5", "", "9" * 30, "#", "²"])
def test_a_number_that_is_none_is_wrong_usage(cli: Cli, word: str) -> None:
    cli("vendor", "add", "--name", "Acme")
    assert cli("undo", "--", word).code == 2
    assert len(cli("vendor", "list", "--json").json) == 1


def test_undo_and_redo_refuse_with_1(cli: Cli) -> None:
    assert cli("undo").code == cli("redo").code == cli("undo", "77").code == 1


def test_facts_are_put_back_at_once(cli: Cli, office: Office) -> None:
    cli("init", "--name", "Old")
    assert office.facts.name == "Old"
    cli("settings", "edit", "--name", "New")
    cli("undo")
    office.forget_facts()
    assert office.facts.name == "Old"
