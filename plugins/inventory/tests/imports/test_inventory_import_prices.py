"""Price lists from files: a price stays with its pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.item_files import bring, set_up, terms

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


BOX = "sku,name,vendor,vendor sku,pack,pack_size,price\nG,Gel,Osprey,{sku},box,100,9.00\n"


@pytest.mark.parametrize("noun", ["item", "terms"])
@pytest.mark.parametrize(
    ("pack", "size", "price", "after"),
    [
        ("box", 100, "9.50", [("box", 100, "9.50", 1)]),
        ("", 100, "9.50", [("box", 100, "9.50", 1)]),
        ("BX/100", 100, "9.50", [("box", 100, "9.50", 1)]),
        ("box", 200, "9.00", [("box", 200, "9.00", 1), ("box", 100, "9.00", 2)]),
        ("case", 1000, "80.00", [("case", 1000, "80.00", 1), ("box", 100, "9.00", 2)]),
    ],
)
def test_a_price_list_without_numbers_goes_by_the_size(
    cli: Cli, noun: str, pack: str, size: int, price: str, after: list[tuple[str, int, str, int]]
) -> None:
    bring(cli, "item", BOX.format(sku=""))
    text = f"{'sku,name' if noun == 'item' else 'item'},vendor,pack,pack_size,price\n"
    text += f"{'G,Gel' if noun == 'item' else 'G'},Osprey,{pack},{size},{price}\n"
    left = bring(cli, noun, text)
    assert left["differing"] or left["left"], "the difference is named without --update too"
    assert ("box", 100, "9.00", 1) in terms(cli)
    if noun == "terms" and left["added"]:
        cli("undo")
    assert bring(cli, noun, text, "--update")["bad"] == []
    assert terms(cli) == after
    again = bring(cli, noun, text, "--update")
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 1)


@pytest.mark.parametrize("noun", ["item", "terms"])
def test_a_vendors_own_number_tells_which_terms_changed_their_pack(cli: Cli, noun: str) -> None:
    bring(cli, "item", BOX.format(sku="485073"))
    text = f"{'sku,name' if noun == 'item' else 'item'},vendor,vendor_sku,pack,pack_size,price\n"
    text += f"{'G,Gel' if noun == 'item' else 'G'},Osprey,485073,box,200,17.00\n"
    assert "pack_size" in bring(cli, noun, text)["differing"][0]["columns"]
    bring(cli, noun, text, "--update")
    assert terms(cli) == [("box", 200, "17.00", 1)]


def test_what_is_ordered_next_is_the_pack_and_price_of_the_new_list(cli: Cli) -> None:
    bring(
        cli,
        "item",
        BOX.format(sku="")
        .replace("price\n", "price,reorder point,order up to\n")
        .replace("9.00\n", "9.00,10,900\n"),
    )
    bring(
        cli,
        "item",
        "sku,name,vendor,pack,pack_size,price\nG,Gel,Osprey,case,1000,80.00\n",
        "--update",
    )
    (line,) = cli("reorder", "--json").json
    assert (line["pack"], line["pack_size"], line["price"], line["packs"]) == (
        "case",
        1000,
        "80.00",
        1,
    )


def test_a_price_that_may_be_for_two_packs_is_asked_about(cli: Cli) -> None:
    head = "item,vendor,pack,pack_size,price\n"
    bring(cli, "item", "sku,name\nG,Gel\n")
    bring(cli, "terms", f"{head}G,Osprey,box,100,9.00\nG,Osprey,case,1000,80.00\n")
    assert [row[3] for row in terms(cli)] == [1, 2]
    outcome = bring(cli, "terms", "item,vendor,price\nG,Osprey,8.00\n", "--update")
    assert "say the pack's size" in outcome["bad"][0]["reason"]


def test_a_pack_under_a_price_keeps_its_size(cli: Cli) -> None:
    bring(cli, "item", BOX.format(sku=""))
    assert "Add a pack of 200" in cli("pack", "edit", "#1", "--size", "200").err
    assert terms(cli) == [("box", 100, "9.00", 1)]
