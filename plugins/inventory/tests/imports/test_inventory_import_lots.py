"""Stock that opens by a file has the lot and the expiry that its item demands, or a reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from officeops.testing import Cli

HEAD: Final = "sku,name,shelf life days,on hand,lot,expires on,no lot reason\n"
#: Rows of which the last or the first lacks something, and the column it lacks.
LACKING: Final = {
    "no lot": ("V,Vax,365,7,,,\n", "lot"),
    "no expiry": ("V,Vax,365,7,A1,,\n", "expires on"),
    "a lot, then none": ("V,Vax,,7,A1,2027-01-31,\nV,Vax,,3,,,\n", "lot"),
    "none, then a lot": ("V,Vax,,3,,,\nV,Vax,,7,A1,2027-01-31,\n", "lot"),
    "one lot ends": ("V,Vax,,7,A1,2027-01-31,\nV,Vax,,3,A2,,\n", "expires on"),
    "another spelling": ("V,Vax,365,7,A1,2027-01-31,\nv,Vax,,3,,,\n", "lot"),
}
#: Rows that say enough.
ENOUGH: Final = {
    "both": "V,Vax,365,7,A1,2027-01-31,\n",
    "expiry alone": "V,Vax,365,7,,2027-01-31,\n",
    "a reason": "V,Vax,365,7,,,samples without a label\n",
    "nothing on hand": "V,Vax,365,0,,,\n",
    "lots that never end": "V,Vax,,7,A1,,\nV,Vax,,3,A2,,\n",
    "the end is on another row": "V,Vax,,7,A1,2027-01-31,\nW,Wax,,7,,,\n",
}
#: So many rows come between, that both are in different pieces of the file.
FAR: Final = "".join(f"F{number},Filler,,1,,,\n" for number in range(600))


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    for name in ("Main", "Room"):
        cli("location", "add", "--name", name)
    cli("vendor", "add", "--name", "Acme")


def bring(cli: Cli, text: str, *words: str) -> dict[str, Any]:
    ran = cli("item", "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    return {**ran.json, "code": ran.code}


@pytest.mark.parametrize("rows", LACKING)
def test_stock_without_its_lot_is_refused(cli: Cli, rows: str) -> None:
    text, column = LACKING[rows]
    outcome = bring(cli, HEAD + text)
    assert outcome["code"] == 1
    assert [bad["column"] for bad in outcome["bad"]] == [column]
    assert "no_lot" in outcome["bad"][0]["reason"]
    assert cli("item", "list", "--json").json == []


@pytest.mark.parametrize(
    "rows", [name for name, (text, _) in LACKING.items() if text.count("\n") > 1]
)
def test_it_is_refused_however_far_apart_the_rows_are(cli: Cli, rows: str) -> None:
    first, second = LACKING[rows][0].splitlines(keepends=True)
    outcome = bring(cli, HEAD + first + FAR + second)
    assert outcome["code"] == 1
    assert "no_lot" in outcome["bad"][0]["reason"]


@pytest.mark.parametrize("rows", ENOUGH)
def test_stock_that_says_enough_opens(cli: Cli, rows: str) -> None:
    outcome = bring(cli, HEAD + ENOUGH[rows])
    assert (outcome["code"], outcome["bad"]) == (0, [])
    again = bring(cli, HEAD + ENOUGH[rows])
    assert (again["code"], again["left"], again["differing"]) == (0, [], [])


def test_the_reason_is_kept_with_the_goods(cli: Cli) -> None:
    bring(cli, HEAD + ENOUGH["a reason"])
    [move] = cli("move", "list", "--json").json
    assert move["note"] == "no lot: samples without a label"


def test_an_item_that_is_there_is_compared_and_not_refused(cli: Cli) -> None:
    bring(cli, HEAD + ENOUGH["both"])
    outcome = bring(cli, "sku,name,on hand,shelf life days\nV,Vax,7,365\n")
    assert (outcome["code"], outcome["unchanged"]) == (0, 1)


# -- what opens nothing is named --------------------------------------------------------------------------------------


def test_what_is_on_order_with_each_vendor_is_ordered(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Beta")
    text = "sku,name,vendor,price,on order,lot\nA,Gel,Acme,4,10,L1\nA,Gel,Beta,5,20,\nA,Gel,Beta,5,20,L2\n"
    assert bring(cli, text)["bad"] == []
    assert [line["packs"] for line in cli("line", "list", "--json").json] == [10, 20]
    assert len(cli("lot", "list", "--json").json) == 2
    assert bring(cli, text)["code"] == 0
    other = bring(cli, text.replace("5,20,\n", "5,25,\n"))
    assert other["code"] == 5
    assert "A 25; the record has 20" in other["left"][-1]


def test_another_quantity_on_order_with_the_same_vendor_is_refused(cli: Cli) -> None:
    outcome = bring(cli, "sku,name,vendor,on order,lot\nA,Gel,Acme,10,L1\nA,Gel,Acme,15,L2\n")
    assert outcome["code"] == 1
    assert "15 on order, not 10" in outcome["bad"][0]["reason"]


def test_another_quantity_on_hand_of_the_same_shelf_is_refused(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Beta")
    outcome = bring(cli, "sku,name,vendor,on hand\nA,Gel,Acme,10\nA,Gel,Beta,15\n")
    assert "15 on hand, not 10" in outcome["bad"][0]["reason"]


@pytest.mark.parametrize("quantity", ["", "0"])
def test_a_location_without_stock_is_named_every_time(cli: Cli, quantity: str) -> None:
    text = f"sku,name,location,on hand\nB,Bins,Room,{quantity}\n"
    for _ in range(2):
        outcome = bring(cli, text)
        assert outcome["code"] == 5
        assert "Room" in str(outcome["left"]) or outcome["differing"][0]["columns"] == ["location"]
    assert bring(cli, text.replace("Room", "Main").replace("B,Bins", "C,Cups"))["code"] == 0


def test_terms_without_a_vendor_are_named_every_time(cli: Cli) -> None:
    for column, value in (
        ("price", "4.00"),
        ("vendor sku", "A-1"),
        ("moq", "3"),
        ("lead days", "5"),
    ):
        for _ in range(2):
            outcome = bring(cli, f"sku,name,{column}\nP,Pads,{value}\n")
            assert outcome["code"] == 5, column
            assert "1 row" in outcome["left"][0]


def test_each_vendor_of_a_cell_gets_the_price(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Beta")
    text = "sku,name,vendor,price\nA,Gel,Acme;Beta,{}\n"
    bring(cli, text.format("3.00"))
    assert bring(cli, text.format("9.00"))["differing"][0]["columns"] == ["price"]
    bring(cli, text.format("9.00"), "--update")
    assert [terms["price"] for terms in cli("terms", "list", "--json").json] == ["9.00", "9.00"]
    assert bring(cli, text.format("9.00"))["unchanged"] == 1
    turned = bring(cli, text.format("9.00").replace("Acme;Beta", "Beta;Acme"))
    assert (turned["code"], turned["differing"][0]["columns"]) == (5, ["vendor"])


def test_two_rows_that_contradict_each_other_do_not_take_turns(cli: Cli) -> None:
    bring(cli, "sku,name,vendor,price\nA,Gel,Acme,3.00\n")
    outcome = bring(cli, "sku,name,vendor,price\nA,Gel,Acme,4.00\nA,Gel,Acme,5.00\n", "--update")
    assert outcome["code"] == 1
    assert "another price" in outcome["bad"][0]["reason"]


def test_further_rows_of_an_item_that_is_there_bring_their_vendor(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Beta")
    bring(cli, "sku,name\nA,Gel\n")
    text = "sku,name,vendor,price\nA,Gel,Acme,4.00\nA,Gel,Beta,5.00\n"
    named = bring(cli, text)
    assert (named["code"], len(named["differing"]), len(named["left"])) == (5, 1, 1)
    bring(cli, text, "--update")
    assert [terms["price"] for terms in cli("terms", "list", "--json").json] == ["4.00", "5.00"]


def test_names_that_differ_by_case_and_accents_are_the_same(cli: Cli) -> None:
    outcome = bring(cli, "sku,name,on hand,lot\nm1,Médoc mask,3,L1\nM1,MEDOC  MASK,4,L2\n")
    assert outcome["bad"] == []
    assert len(cli("lot", "list", "--json").json) == 2
