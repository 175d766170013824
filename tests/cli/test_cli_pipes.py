"""Tables in pipes, files and the mail of cron: every cell is whole, whatever a terminal would cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from tests.access.matrix_commands import commands

from officeops.cli.context import Run
from officeops.cli.root import root

if TYPE_CHECKING:
    from officeops.testing import Cli

#: Longer than any column of a terminal.
LONG = "Nitrile examination gloves, powder-free, textured fingertips, extended cuff, size medium, blue, box of 100"
#: Words that a listing command cannot do without.
WORDS = {"search": ["Nitrile"], "access show": ["clerk"]}


def _listings() -> list[str]:
    """Return the commands that print rows: those that take --csv, and those that list jobs and reports."""
    paths, run = ["job", "report"], Run()
    for path in commands():
        ctx = click.Context(root, info_name="officeops", obj=run)
        command: click.Command = root
        for word in path.split():
            assert isinstance(command, click.Group)
            found = command.get_command(ctx, word)
            assert found is not None
            ctx, command = click.Context(found, parent=ctx, info_name=word), found
        if any("--csv" in param.opts for param in command.params):
            paths.append(path)
    return sorted(paths)


@pytest.fixture
def long_names(cli: Cli) -> Cli:
    """An office where names are long, and one lot of the item is unsafe."""
    for words in (
        ("vendor", "add", "--name", LONG, "--note", LONG),
        ("item", "add", "--sku", "A", "--name", LONG, "--category", LONG, "--reorder-point", "5"),
        ("vendor-terms", "add", "--item", "A", "--vendor", LONG),
        ("lot", "add", "--item", "A", "--number", "L1", "--expires-on", "+1d"),
        ("item", "receive", "A", "--quantity", "2", "--lot", "L1"),
        ("lot", "recall", "L1"),
        ("order", "add", "--vendor", LONG, "--note", LONG),
        ("order", "add-line", "PO-1", "--item", "A", "--packs", "2"),
        ("location", "add", "--name", "Back", "--note", LONG),
        ("closed-day", "add", "--day", "2031-01-01", "--what", LONG),
    ):
        ran = cli(*words)
        assert ran.code == 0, ran.err
    return cli


def test_no_listing_in_a_pipe_cuts_a_cell(long_names: Cli) -> None:
    paths = _listings()
    assert {"today", "item list", "who", "plugins permissions", "reorder", "job"} <= {*paths}
    whole = set()
    for path in paths:
        searched = ["Nitrile"] if path.endswith(" search") else []
        ran = long_names(*path.split(), *WORDS.get(path, searched))
        assert "…" not in ran.out, path
        if LONG in ran.out:
            whole.add(path)
    assert {"today", "item list", "vendor list", "order list", "search", "reorder"} <= whole


@pytest.mark.parametrize("words", [(), ("--new", "--mark-seen"), ("--new", "--for", "ann")])
def test_the_sentence_of_today_is_whole_in_mail(long_names: Cli, words: tuple[str, ...]) -> None:
    long_names("access", "add", "ann", "--role", "clerk")
    ran = long_names("today", *words)
    assert f"of {LONG} is recalled" in ran.out, ran.err


def test_permissions_are_listed_each_with_its_level(cli: Cli) -> None:
    levels = {row["name"]: row["level"] for row in cli("plugins", "permissions", "--json").json}
    assert levels["core.today.view"] == "read"
    assert {*levels.values()} == {"read", "work", "lead", "manage", "sensitive"}
    lines = cli("plugins", "permissions").out.splitlines()
    assert "Level" in lines[0]
    assert all(line.split()[1] == levels[line.split()[0]] for line in lines[1:])
