"""A word, an option or a role that there is none of names the nearest, on the command line and on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from tests.access.matrix_commands import commands

from officeops.cli.context import Run
from officeops.cli.root import root
from officeops.model.errors import UsageProblem
from officeops.tui.base.command_line import parse

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("receive PO-1", "order receive"),
        ("recieve po-1", "order receive"),
        ("show PO-1", "order show"),
        ("approve", "order approve or leave-request approve or shift-offer approve"),
        ("receive", "item receive or order receive"),
        ("item recieve", "receive"),
        ("documnt", "vendor-document"),
        ("man", "help"),
        ("item list --jsn", "--json"),
        ("access add bob --role clark", "clerk"),
        ("access role desk --like clark", "clerk"),
        ("access show clark", "clerk"),
        ("add-user --login bob --role clark", "clerk"),
        ("plugins enable vendor", "vendors"),
        ("staff", "person"),
    ],
)
def test_the_command_line_suggests(cli: Cli, line: str, meant: str) -> None:
    ran = cli(*line.split())
    assert ran.code in {1, 2}
    assert f"Did you mean {meant}?" in ran.err
    assert ran.err.count(": ") == 1, "one name before the sentence"


@pytest.mark.parametrize("word", ["inventory", "words", "plumbing", "stuffing"])
def test_a_word_that_is_near_to_none_suggests_nothing(cli: Cli, word: str) -> None:
    """A wrong suggestion is worse than none: the words of an office sound alike."""
    ran = cli(word)
    assert ran.code == 2
    assert "Did you mean" not in ran.err


def test_a_verb_of_every_record_is_said_to_follow_one(cli: Cli) -> None:
    ran = cli("list")
    assert ran.code == 2
    assert "`officeops location list`" in ran.err
    assert cli("location", "list").code == 0


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("itme", "Did you mean item?"),
        ("documnt", "Did you mean vendor-document?"),
        ("supplier", "Did you mean vendor?"),
        ("todo", "Did you mean today?"),
        ("history", "`officeops history`"),
        ("backup", "`officeops backup`"),
        ("xyzzy", "Known words: "),
    ],
)
def test_the_screens_suggest_by_the_same_rule(office: Office, word: str, hint: str) -> None:
    with pytest.raises(UsageProblem) as caught:
        parse(office, word)
    assert hint in str(caught.value)


def test_no_command_answers_a_slip_in_the_words_of_click(cli: Cli) -> None:
    """Every option of every command, with its last letters swapped."""
    tried, run = 0, Run()
    for path in commands():
        ctx = click.Context(root, info_name="officeops", obj=run)
        command: click.Command = root
        for word in path.split():
            assert isinstance(command, click.Group)
            found = command.get_command(ctx, word)
            assert found is not None
            ctx, command = click.Context(found, parent=ctx, info_name=word), found
        options = [
            name
            for param in command.params
            if not getattr(param, "hidden", False)
            for name in param.opts
            if name.startswith("--") and len(name) > 7
        ]
        for name in options[:1]:
            slip = f"{name[:-2]}{name[-1]}{name[-2]}"
            if slip == name:
                continue
            ran = cli(*path.split(), slip)
            tried += 1
            assert ran.code == 2, path
            assert f"There is no option {slip}. Did you mean {name}" in ran.err
    assert tried > 50


@pytest.mark.parametrize(
    "line",
    ["item show", "item show a b", "item list --limit", "item list --limit x", "item list --json=3", "today snooze x"],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_said_in_our_words(cli: Cli, line: str) -> None:
    ran = cli(*line.split())
    assert ran.code == 2
    for word in ("argument", "Invalid value", "No such", "parameter", "integer"):
        assert word not in ran.err
