"""What the help says can be typed: examples are taken, permissions say what their action does, records are named as told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.access.permissions import permissions
from officeops.cli.noun import naming
from officeops.model.declarations import Query
from officeops.tui.base.examples import destination, example
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

#: Actions whose permission says the same in other words.
SAME_IN_OTHER_WORDS = {
    "core.location.make-default",
    "core.ssh-key.remove",
    "core.user.add-key",
    "core.user.remove",
    "inventory.order.send",
    "vendors.vendor.deactivate",
}
README = (Path(__file__).parents[2] / "README.md").read_text()


def test_the_example_of_a_filter_is_a_filter_of_that_very_list(office: Office) -> None:
    compared = 0
    for record in office.records.values():
        said = example(record).removeprefix("words").removeprefix(", or ")
        list(office.select(record, record.meta.fields[:1], Query(said)))
        compared += bool(said)
    assert compared > 5


def test_where_the_help_says_to_go_there_is_a_list(office: Office, cli: Cli) -> None:
    noun, view = destination(office).split()
    assert cli(noun, "list", "--view", view).code == 0
    with Terminal(office) as terminal:
        terminal.press(":").type(f"{noun} {view} /glove").press("enter")
        assert "There is no" not in terminal.text
        assert "› /glove" in terminal.text
    for words in re.findall(r"`:(\w+) (\w+)`", README):
        assert cli(words[0], "list", "--view", words[1]).code == 0


def test_a_permission_says_what_its_action_does(office: Office) -> None:
    """Two sentences on one thing were two truths: `reopen` opened closed orders in one, approved ones in the other."""
    helps = {action.name: action.help for _, action in office.plugins.registered("actions")}
    told = {each.name: each.help for each in permissions(office.plugins, office.records.values())}
    assert told["inventory.order.reopen"] == helps["inventory.order.reopen"]
    # The first word is what is done: another one is another thing.
    other = {
        name for name in helps if name in told and told[name].split()[0] != helps[name].split()[0]
    }
    assert other <= SAME_IN_OTHER_WORDS


@pytest.mark.parametrize("noun", ["terms", "order", "item", "lot", "vendor", "level"])
def test_the_help_says_how_a_record_is_named(office: Office, cli: Cli, noun: str) -> None:
    record = office.record(noun)
    said = naming(record)
    for verb in ("show", "edit"):
        assert " ".join(said.split()) in " ".join(cli(noun, verb, "--help").out.split())


def test_a_record_is_found_as_its_help_says(cli: Cli) -> None:
    for words in (
        "vendor add --name Acme",
        "item add --sku A --name Gloves",
        "terms add --item A --vendor Acme",
        "order add --vendor Acme",
        "lot add --item A --number L1 --expires-on 2099-01-01",
    ):
        assert cli(*words.split()).code == 0, words
    for words in (
        "terms show #1",
        "order show PO-1",
        "item show A",
        "item show Gloves",
        "item show #1",
        "lot show L1",
    ):
        assert cli(*words.split()).code == 0, words


@pytest.mark.parametrize("form", ["XLSB", "ODS"])
def test_the_help_of_import_names_every_format_that_is_read(cli: Cli, form: str) -> None:
    text = cli("item", "import", "--help").out
    assert form in text
    assert form.lower() in text
