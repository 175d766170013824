"""Items from files: their units, their levels and the numbers that they get."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.item_files import bring, set_up

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


def test_the_unit_of_quantities_on_record_cannot_change(cli: Cli) -> None:
    bring(cli, "item", "sku,name,base_unit,on hand\nG,Gel,g,15000\n")
    assert "1 move" in cli("item", "edit", "G", "--base-unit", "kg").err
    outcome = bring(cli, "item", "sku,base_unit\nG,kg\n", "--update")
    assert "cannot change from g" in outcome["bad"][0]["reason"]
    assert cli("item", "show", "G", "--json").json["base_unit"] == "g"
    assert cli("item", "edit", "G", "--base-unit", "G").code == 0
    bring(cli, "item", "sku,name,base_unit\nH,Hose,m\n")
    assert cli("item", "edit", "H", "--base-unit", "foot").code == 0


@pytest.mark.parametrize(
    ("headers", "levels"),
    [
        ("Min,Max", (None, 5, 20)),
        ("Min quantity,Reorder quantity,Max quantity", (5, 20, 30)),
        ("Minimum,Reorder point,Maximum", (5, 20, 30)),
        ("Min Amount,Par level", (None, 5, 20)),
        ("Reorder level,Max", (None, 5, 20)),
    ],
)
def test_levels_are_read_by_the_set_of_their_headers(
    cli: Cli, headers: str, levels: tuple[int | None, int | None, int | None]
) -> None:
    values = "5,20,30" if headers.count(",") == 2 else "5,20"
    bring(cli, "item", f"sku,name,{headers}\nG,Gel,{values}\n")
    item = cli("item", "show", "G", "--json").json
    assert (item["minimum"], item["reorder_point"], item["order_up_to"]) == levels


def test_a_reorder_column_without_a_value_leaves_the_minimum_to_reorder_at(cli: Cli) -> None:
    bring(
        cli,
        "item",
        "sku,name,Min quantity,Reorder quantity,Max quantity\nG,Gel,5,,30\nH,Hose,6,,40\n",
    )
    levels = [
        (item["minimum"], item["reorder_point"], item["order_up_to"])
        for item in cli("item", "list", "--json").json
    ]
    assert levels == [(None, 5, 30), (None, 6, 40)]
    # An export says what it means, blank or not.
    bring(cli, "item", "sku,name,minimum,reorder_point\nK,Kit,7,\n")
    kit = cli("item", "show", "K", "--json").json
    assert (kit["minimum"], kit["reorder_point"]) == (7, None)


def test_items_without_a_number_get_one_and_are_known_by_their_name(cli: Cli) -> None:
    text = "sku,name,on hand\n,Copy paper,4\nP1,Pens,5\n,Coffee,6\n"
    outcome = bring(cli, "item", text)
    assert (outcome["added"], outcome["bad"]) == (3, [])
    assert any("ITEM-0001 to ITEM-0002" in note for note in outcome["notes"])
    assert bring(cli, "item", text.replace("Copy paper", "COPY  paper"))["added"] == 0
    assert bring(cli, "item", "name\nTea\nPens\n")["added"] == 1
    assert {item["sku"] for item in cli("item", "list", "--json").json} == {
        "ITEM-0001",
        "P1",
        "ITEM-0002",
        "ITEM-0003",
    }


def test_a_vendors_code_for_the_item_is_its_number_there(cli: Cli) -> None:
    outcome = bring(
        cli, "item", "sku,name,supplier,vendor code\nG,Gel,Osprey,485073\nH,Hose,Osprey,485074\n"
    )
    assert outcome["bad"] == []
    assert {each["vendor_sku"] for each in cli("terms", "list", "--json").json} == {
        "485073",
        "485074",
    }


@pytest.mark.parametrize("head", ["Reorder Qty", "REORDER QUANTITY", "Qty to reorder"])
@pytest.mark.parametrize("beside", ["", ",Min", ",Max"])
def test_a_reorder_quantity_by_itself_may_be_the_amount_to_order_and_is_asked_about(
    cli: Cli, head: str, beside: str
) -> None:
    text = f"sku,name,{head}{beside}\nG,Gel,20{',30' if beside else ''}\n"
    ran = cli("item", "import", "-", typed=text)
    assert (ran.code, f'--ignore "{head}"' in ran.err) == (1, True)
    assert cli("item", "import", "-", "--map", f"{head}=reorder_point", typed=text).code == 0
    assert cli("item", "show", "G", "--json").json["reorder_point"] == 20


def test_levels_that_contradict_each_other_are_refused_on_every_way_in(cli: Cli) -> None:
    cli("location", "add", "--name", "Main")
    cli("item", "add", "--sku", "G", "--name", "Gel")
    levels = ("--reorder-point", "9", "--order-up-to", "2")
    ways = {
        "item add": cli("item", "add", "--sku", "H", "--name", "Hose", *levels),
        "item edit": cli("item", "edit", "G", *levels),
        "item import": cli(
            "item", "import", "-", typed="sku,name,reorder_point,order_up_to\nH,Hose,9,2\n"
        ),
        "level add": cli("level", "add", "--item", "G", "--location", "Main", *levels),
        "level import": cli(
            "level", "import", "-", typed="item,location,reorder_point,order_up_to\nG,Main,9,2\n"
        ),
    }
    assert {way: ran.code for way, ran in ways.items()} == dict.fromkeys(ways, 1)


@pytest.mark.parametrize("quantity", ["", "0"])
def test_a_location_without_stock_is_named_each_time_with_its_cure(cli: Cli, quantity: str) -> None:
    cli("location", "add", "--name", "Front desk")
    cli("location", "add", "--name", "Attic")
    text = f"sku,name,location,on hand\nL,Lamp,Attic,{quantity}\n"
    new = cli("item", "import", "-", "--json", typed=text)
    (left,) = new.json["left"]
    assert (new.code, new.json["added"]) == (5, 1)
    assert all(word in left for word in ("Lamp at Attic", "not kept", "--location"))
    for words in ((), ("--update",)):
        again = cli("item", "import", "-", "--json", *words, typed=text)
        assert (again.code, again.json["differing"][0]["columns"]) == (5, ["location"])
