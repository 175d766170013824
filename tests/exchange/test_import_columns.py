"""Columns fill fields by their names, by other names and as the person maps them; a wrong mapping is wrong usage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring, items

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.usefixtures("in_home")


def test_columns_are_known_by_their_names_and_by_others(cli: Cli) -> None:
    outcome = bring(
        cli,
        "item",
        "Item Number,PRODUCT NAME,ReorderLevel,unit_of_measure,Colour\nA,Gloves,5,pair,red\n",
    )
    assert outcome["columns"] == {
        "Item Number": "sku",
        "PRODUCT NAME": "name",
        "ReorderLevel": "reorder_point",
        "unit_of_measure": "base_unit",
    }
    assert outcome["unused"] == ["Colour"]
    assert items(cli)["A"]["base_unit"] == "pair"


def test_a_mapping_is_told_then_kept_and_said(cli: Cli) -> None:
    Path("a.csv").write_text("PN,Was,Note\nA,Gloves,x\n")
    Path("b.csv").write_text("PN,Was,Note\nB,Masks,x\n")
    told = cli("item", "import", "a.csv", "--map", "pn=sku", "--map", "Was=name", "--map", "Note=")
    assert told.code == 0
    again = cli("item", "import", "b.csv")
    assert again.code == 0
    assert "PN = sku, Was = name, Note = left out" in again.err
    assert sorted(items(cli)) == ["A", "B"]


def test_a_mapping_of_an_import_that_was_not_kept_is_not_kept_either(cli: Cli) -> None:
    Path("a.csv").write_text("PN,Was\nA,\n")
    assert cli("item", "import", "a.csv", "--map", "PN=sku", "--map", "Was=name").code == 1
    assert cli("item", "import", "a.csv").code == 2


def test_values_stand_for_others(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme", "--code", "1")
    text = "number,supplier,state\n7,1,0\n8,1,2\n9,1,draft\n"
    assert bring(cli, "order", text, "--map", "state=status:0=draft,2=sent")["added"] == 3
    states = {order["reference"]: order["status"] for order in cli("order", "list", "--json").json}
    assert states == {"7": "draft", "8": "sent", "9": "draft"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--map", "sku"], 'write --map "Column=field"'),
        (["--map", "nope=sku"], "no column 'nope'. It has sku, name"),
        (["--map", "sku=nope"], "there is no field 'nope'. There are sku, name"),
        (["--map", "sku=name", "--map", "name=name"], "two columns are to fill name"),
        (["--key", "reorder_point"], "'reorder_point' is not a field that the file fills"),
        (["--map", "name="], "No column of the file fills name, which items need"),
    ],
)
def test_what_is_told_wrongly_is_wrong_usage(cli: Cli, words: list[str], said: str) -> None:
    ran = cli("item", "import", "-", *words, typed="sku,name\nA,Gloves\n")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_field_that_actions_set_is_no_target_and_the_answer_says_who_sets_it(cli: Cli) -> None:
    text = "name,State\nAcme,on hold\n"
    ran = cli("vendor", "import", "-", "--map", "State=status", typed=text)
    assert ran.code == 2
    assert "status is set by actions alone" in ran.err
