"""Meanings of columns: told, remembered, added to, never discarded or changed in silence; one column for two fields, constants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.usefixtures("in_home")

MEM = "SKU,Name,Min quantity,Reorder quantity,Max quantity,On hand,Status\nA1,Gauze,125,250,500,180,ok\n"
FIRST = ("--map", "Reorder quantity=reorder_point", "--map", "Min quantity=minimum")


def test_a_new_meaning_adds_to_those_remembered(cli: Cli) -> None:
    bring(cli, "item", MEM, *FIRST)
    again = bring(cli, "item", MEM, "--map", "Status=discontinued:ok=no", "--update")
    assert (again["code"], again["unchanged"]) == (0, 1)
    (item,) = cli("item", "list", "--json").json
    assert (item["minimum"], item["reorder_point"]) == (125, 250)
    assert bring(cli, "item", MEM)["columns"]["Status"] == "discontinued"


def test_what_is_remembered_is_listed_on_a_dry_run_too(cli: Cli) -> None:
    bring(cli, "item", MEM, *FIRST)
    for words in ((), ("--dry-run",), ("--map", "Status=discontinued:ok=no", "--dry-run")):
        said = cli("item", "import", "-", *words, typed=MEM).err
        assert "Reorder quantity = reorder_point, Min quantity = minimum" in said


@pytest.mark.parametrize(
    "words",
    [
        ("--map", "Min quantity=reorder_point"),
        ("--ignore", "Min quantity"),
        ("--map", "Max quantity=reorder_point"),
    ],
)
def test_another_meaning_than_the_remembered_one_is_shown_first(
    cli: Cli, words: tuple[str, ...]
) -> None:
    bring(cli, "item", MEM, *FIRST)
    ran = cli("item", "import", "-", *words, "--update", typed=MEM)
    assert ran.code == 2
    assert "(now " in ran.err
    assert "--forget-maps" in ran.err
    (item,) = cli("item", "list", "--json").json
    assert (item["minimum"], item["reorder_point"]) == (125, 250)


def test_what_is_remembered_can_be_forgotten(cli: Cli) -> None:
    bring(cli, "item", MEM, *FIRST)
    words = ("--forget-maps", FIRST[0], FIRST[1], "--map", "Min quantity=safety_stock", "--update")
    assert bring(cli, "item", MEM, *words)["columns"]["Min quantity"] == "safety_stock"
    assert bring(cli, "item", MEM)["columns"]["Min quantity"] == "safety_stock"


def test_one_column_may_fill_two_fields(cli: Cli) -> None:
    text = "sku,name,Level\nA,Gauze,5\n"
    words = ("--map", "Level=reorder_point", "--map", "level=minimum")
    assert bring(cli, "item", text, *words)["code"] == 0
    (item,) = cli("item", "list", "--json").json
    assert (item["minimum"], item["reorder_point"]) == (5, 5)
    again = bring(cli, "item", text.replace(",5", ",6"), "--update")
    assert again["updated"] == 1
    (item,) = cli("item", "list", "--json").json
    assert (item["minimum"], item["reorder_point"]) == (6, 6)


def test_a_field_may_have_one_value_in_every_row(cli: Cli) -> None:
    cli("location", "add", "--name", "Vaccine fridge")
    text = "sku,name,on hand\nA,Gauze,5\nB,Tape,\n"
    assert (
        bring(cli, "item", text, "--set", "location=Vaccine fridge", "--set", "category=Cold")[
            "code"
        ]
        == 0
    )
    assert {item["category"] for item in cli("item", "list", "--json").json} == {"Cold"}
    assert [row["location"] for row in cli("stock", "list", "--json").json] == ["Vaccine fridge"]
    wrong = cli("item", "import", "-", "--set", "location=Nowhere", typed=text)
    assert (wrong.code, "there is no location 'Nowhere'" in wrong.err) == (1, True)
    assert cli("item", "import", "-", "--set", "nothing=1", typed=text).code == 2


def test_bad_rows_keep_the_columns_of_the_file_alone(cli: Cli) -> None:
    Path("a.csv").write_text("sku,name,Level\nA,Gauze,x\nB,Tape,5\n")
    words = ("--map", "Level=minimum", "--map", "Level=reorder_point", "--set", "category=C")
    assert cli("item", "import", "a.csv", "--skip-bad", *words).code == 5
    assert Path("a.bad.csv").read_text().splitlines()[0] == "sku,name,Level,problem"


def test_a_column_with_a_colon_or_an_equals_sign_can_be_named(cli: Cli) -> None:
    text = "sku,Item: what,a=b\nA,Gauze,C\n"
    outcome = bring(cli, "item", text, "--map", "Item: what=name", "--map", "a=b=category")
    assert outcome["columns"] == {"sku": "sku", "Item: what": "name", "a=b": "category"}
