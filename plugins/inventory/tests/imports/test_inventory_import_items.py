"""Items from files: stock is never written over in silence, and several rows may be of one item."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.item_files import bring, set_up, stock, terms

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


# -- stock that is on record ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--update",)])
def test_a_second_stock_sheet_is_named_and_books_nothing(cli: Cli, words: tuple[str, ...]) -> None:
    bring(cli, "item", "sku,name,on hand\nG,Gel,100\n")
    outcome = bring(cli, "item", "sku,name,on hand\nG,Gel,80\n", *words)
    assert (outcome["added"], outcome["updated"], outcome["unchanged"]) == (0, 0, 0)
    assert outcome["differing"][0]["columns"] == ["on hand"]
    assert "G 80; the record has 100" in outcome["left"][0]
    assert stock(cli) == {("Gel", "Main", ""): 100}
    assert bring(cli, "item", "sku,name,on hand\nG,Gel,100\n")["unchanged"] == 1


@pytest.mark.parametrize("words", [(), ("--update",)])
def test_what_is_on_order_is_named_and_never_doubled(cli: Cli, words: tuple[str, ...]) -> None:
    head = "sku,name,vendor,price,on order\n"
    bring(cli, "item", f"{head}G,Gel,Osprey,2.00,20\n")
    outcome = bring(cli, "item", f"{head}G,Gel,Osprey,2.00,40\n", *words)
    assert "G 40; the record has 20" in outcome["left"][0]
    assert len(cli("line", "list", "--json").json) == 1


def test_a_barcode_with_other_zeros_is_the_same_barcode(cli: Cli) -> None:
    head = "sku,name,vendor,pack,pack size,barcode\n"
    bring(cli, "item", f"{head}G,Gel,Osprey,box,10,4006381333931\n")
    for words in ((), ("--update",)):
        again = bring(cli, "item", f"{head}G,Gel,Osprey,box,10,04006381333931\n", *words)
        assert (again["unchanged"], again["differing"], again["left"]) == (1, [], [])
    assert [pack["barcode"] for pack in cli("pack", "list", "--json").json] == ["4006381333931"]


def test_the_sheet_is_compared_lot_by_lot_and_place_by_place(cli: Cli) -> None:
    head = "sku,name,on hand,lot,room\n"
    rows = ["G,Gel,10,A,Main", "G,Gel,5,B,Room 2", "H,Hose,7,,Main"]
    bring(cli, "item", head + "\n".join(rows))
    assert bring(cli, "item", head + "\n".join(rows))["left"] == []
    rows[1] = "G,Gel,6,B,Room 2"
    outcome = bring(cli, "item", head + "\n".join(rows))
    assert "6; the record has 5" in " ".join(outcome["left"])
    assert outcome["code" if "code" in outcome else "added"] == 0


# -- several rows of one item --------------------------------------------------------------------------------------


def test_one_item_has_several_lots_and_places(cli: Cli) -> None:
    text = "sku,name,on hand,lot,expires on,room\nG,Gel,10,A,2027-01-31,Main\nG,Gel,5,B,2027-02-28,Main\nG,Gel,3,A,2027-01-31,Room 2\n"
    outcome = bring(cli, "item", text)
    assert (outcome["added"], outcome["bad"]) == (1, [])
    assert stock(cli) == {
        ("Gel", "Main", "A"): 10,
        ("Gel", "Main", "B"): 5,
        ("Gel", "Room 2", "A"): 3,
    }


def test_lots_of_one_item_may_be_far_apart_in_a_file(cli: Cli) -> None:
    rows = [f"S{n},Item {n},1,A" for n in range(700)]
    text = (
        "sku,name,on hand,lot\n" + "\n".join([*rows, "S0,Item 0,2,B", "S699,Item 699,3,B"]) + "\n"
    )
    outcome = bring(cli, "item", text)
    assert (outcome["added"], outcome["bad"]) == (700, [])
    held = stock(cli)
    assert (held["Item 0", "Main", "B"], held["Item 699", "Main", "B"], len(held)) == (2, 3, 702)


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ("G,Gel,10,A,Main", "is the same as in an earlier row"),
        ("G,Gel,7,A,Main", "is the same as in an earlier row"),
        ("G,Goo,7,B,Main", "with another name"),
    ],
)
def test_a_row_that_repeats_or_contradicts_an_earlier_one_is_refused(
    cli: Cli, second: str, why: str
) -> None:
    outcome = bring(cli, "item", f"sku,name,on hand,lot,room\nG,Gel,10,A,Main\n{second}\n")
    assert not outcome["kept"]
    assert [(bad["line"], why in bad["reason"]) for bad in outcome["bad"]] == [(3, True)]


def test_one_item_has_several_vendors_and_packs(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Heron")
    head = "sku,name,vendor,pack,pack size,price\n"
    outcome = bring(
        cli,
        "item",
        f"{head}G,Gel,Osprey,box,10,5.00\nG,Gel,Osprey,case,100,40.00\nG,Gel,Heron,box,10,6.00\n",
    )
    assert outcome["bad"] == []
    assert terms(cli) == [("box", 10, "5.00", 1), ("case", 100, "40.00", 2), ("box", 10, "6.00", 3)]
