"""Items and price lists from files: stock is never written over in silence, and a price stays with its pack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(freeze_today: Callable[[str], None], cli: Cli) -> None:
    freeze_today("2026-03-10")
    for name in ("Main", "Room 2"):
        cli("location", "add", "--name", name)
    cli("vendor", "add", "--name", "Osprey")


def bring(cli: Cli, noun: str, text: str, *words: str) -> dict[str, Any]:
    """Import a file, and return the outcome as JSON."""
    ran = cli(noun, "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    outcome: dict[str, Any] = ran.json
    return outcome


def stock(cli: Cli) -> dict[tuple[str, str, str], int]:
    """Return what is on hand by item, location and lot."""
    rows = cli("stock", "list", "--json").json
    return {(row["item"], row["location"], row["lot"] or ""): row["quantity"] for row in rows}


def terms(cli: Cli) -> list[tuple[str, int, str | None, int]]:
    """Return pack, size, price and rank of all terms, the first asked first."""
    packs = {pack["id"]: pack for pack in cli("pack", "list", "--json").json}
    found = []
    for each in cli("terms", "list", "--json").json:
        pack = packs.get(each["pack_id"], {"name": "", "size": 1})
        found.append((pack["name"], pack["size"], each["price"], each["rank"]))
    return sorted(found, key=lambda row: row[3])


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


# -- prices stay with their packs ----------------------------------------------------------------------------------

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


# -- units, levels and numbers -------------------------------------------------------------------------------------


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
