"""`officeops --help`: the commands of an office by what a person does, each on one line, each declared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest

from officeops.cli import noun
from officeops.cli.root import root
from officeops.core.actions import ACTIONS as CORE_ACTIONS
from officeops.core.commands import ACTIONS, COMMANDS, GROUPS, VERBS
from officeops.model.settings import Machine
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli

#: The width of a terminal, and the columns its help keeps for the margin.
WIDTH = 80
OLD_NOUNS = {
    "document": "vendor-document",
    "level": "stock-level",
    "line": "order-line",
    "move": "stock-move",
    "terms": "vendor-terms",
}
CODE = '''
class Thing(Record, key="scales.NOUN"):
    """A thing to weigh."""

    what: str = field()


@hookimpl
def records() -> list[type[Record]]:
    return [Thing]


@hookimpl
def commands() -> list[Command]:
    return [Command("weigh", "scales:weigh", "Weigh.")]
'''


def sections(text: str) -> dict[str, list[str]]:
    """Return the lines under each heading of a help text."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            heading = line.removesuffix(":")
            found[heading] = []
        elif line.strip() and heading:
            found[heading].append(line)
    return found


def test_every_command_is_under_a_heading_on_one_line(cli: Cli) -> None:
    help_text = cli("--help").out
    groups = {
        title: lines
        for title, lines in sections(help_text).items()
        if title not in {"Options", "Exit codes"}
    }
    assert [title for title in groups if title in GROUPS] == [
        title for title in GROUPS if title in groups
    ]
    names = [line.split()[0] for lines in groups.values() for line in lines]
    assert not [
        line
        for lines in groups.values()
        for line in lines
        if line.startswith("   ") or len(line) > WIDTH
    ]
    assert {"today", "reorder", "item", "vendor-terms", "role"} <= set(names)
    assert len(names) == len(set(names))


def test_help_explains_what_help_of_the_command_says(cli: Cli) -> None:
    assert cli("help", "item", "receive").out == cli("item", "receive", "--help").out
    assert cli("help").out == cli("--help").out
    wrong = cli("help", "item", "receive", "now")
    assert wrong.code == 2
    assert cli("help", "nothing").code == 2


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("supplier", "vendor"),
        ("itm", "item"),
        ("todo", "today"),
        ("vendor delete", "archive"),
    ],
)
def test_another_word_names_the_command_it_means(cli: Cli, said: str, meant: str) -> None:
    answer = cli(*said.split())
    assert answer.code == 2
    assert f"Did you mean {meant}" in answer.err


@pytest.mark.parametrize(("old", "new"), OLD_NOUNS.items())
def test_former_nouns_go_on_working_in_silence(cli: Cli, old: str, new: str) -> None:
    former, now = cli(old, "list", "--json"), cli(new, "list", "--json")
    assert (former.code, former.out, former.err) == (now.code, now.out, now.err)


@pytest.mark.parametrize("noun", [*COMMANDS, *sorted(ACTIONS), "weigh"])
def test_no_noun_takes_the_word_of_a_command(
    write: Callable[..., object], load: Callable[..., Plugins], noun: str
) -> None:
    write("scales", CODE.replace("NOUN", noun))
    plugins = load("scales")
    assert f"scales.{noun}" not in records_of(plugins, Machine())
    assert [trouble.plugin for trouble in plugins.troubles] == ["scales"]


def test_the_core_declares_its_own_words_once() -> None:
    actions = [action for action in CORE_ACTIONS if not action.record]
    office_wide = {word for action in actions for word in (action.verb, action.word)}
    assert office_wide == ACTIONS
    assert isinstance(root, click.Group)
    assert {command.group for command in COMMANDS.values()} <= set(GROUPS)


def test_the_verbs_that_no_action_takes_are_those_that_nouns_have() -> None:
    # Newer verbs give way to an action of a plugin, and attachments alone are saved.
    assert set(noun.VERBS) == VERBS | noun.YIELDING | {"save"}
