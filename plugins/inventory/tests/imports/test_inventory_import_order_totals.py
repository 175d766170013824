"""Order lines from files: each finds its pack, and an order's total is compared with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.order_files import bring, set_up

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


def test_a_pack_is_looked_up_inside_its_item_and_never_a_single_unit_by_default(cli: Cli) -> None:
    cli("pack", "add", "--item", "G", "--name", "case", "--size", "1000")
    head = "order,item,packs,line number,pack\n"
    assert bring(cli, head + "70,G,10,1,CASE\n70,G,10,2,box of 50\n70,G,10,3,each\n")["added"] == 3
    lines = [
        (line["pack"], line["pack_size"])
        for line in cli("line", "list", "--json", "--sort", "id").json
    ]
    assert lines == [("case", 1000), ("box", 50), ("each", 1)]
    outcome = bring(cli, head + "70,G,10,4,nonesuch\n")
    assert [(bad["column"], outcome["kept"]) for bad in outcome["bad"]] == [("pack", False)]
    sized = "order,item,packs,line number,pack,pack size\n70,G,10,4,nonesuch,7\n70,G,10,5,case,\n"
    assert bring(cli, sized)["added"] == 2
    assert bring(cli, sized)["unchanged"] == 2


def test_a_row_that_differs_names_its_order_and_its_item(cli: Cli) -> None:
    bring(cli, "order,item,packs\n70,G,10\n")
    assert bring(cli, "order,item,packs\n70,G,11\n")["differing"][0]["name"] == "PO-1 Gel"


STATED = "reference,vendor,status,total\n80,V1,sent,10.00\n81,V1,sent,7.50\n82,V1,sent,\n"


def test_the_total_of_a_new_order_is_compared_when_its_lines_are_here(cli: Cli) -> None:
    ran = cli("order", "import", "-", "--json", typed=STATED)
    assert (ran.code, ran.json["differing"], ran.json["left"]) == (0, [], [])
    right = bring(cli, "order,item,packs,price\n80,G,5,2.00\n82,G,1,9.00\n")
    assert (right["added"], right["left"]) == (2, [])
    wrong = cli(
        "line", "import", "-", "--json", typed="order,item,packs,price\n81,G,5,2.00\n81,G,1,\n"
    )
    (sentence,) = wrong.json["left"]
    assert wrong.code == 5
    assert all(word in sentence for word in ("81", "7.50", "10.00", "1 line without a price"))


def test_the_total_of_an_order_with_lines_is_compared_at_once(cli: Cli) -> None:
    bring(cli, "order,item,packs,price\n71,G,5,2.00\n")
    head = "reference,vendor,total\n71,V1,"
    assert cli("order", "import", "-", typed=f"{head}10.00\n").code == 0
    other = cli("order", "import", "-", "--json", typed=f"{head}12.00\n")
    (sentence,) = other.json["left"]
    assert other.code == 5
    assert all(word in sentence for word in ("71", "12.00", "10.00"))


def test_a_total_is_said_once_more_across_the_pieces_of_a_file(cli: Cli) -> None:
    many = "".join(f"n{number},V1,sent,{number}.00\n" for number in range(600))
    again = cli(
        "order",
        "import",
        "-",
        "--json",
        typed=f"reference,vendor,status,total\n{many}n7,V1,sent,7.00\n",
    )
    assert (again.code, again.json["added"], again.json["unchanged"]) == (0, 600, 1)
    other = cli(
        "order",
        "import",
        "-",
        "--json",
        typed=f"reference,vendor,status,total\n{many}n7,V1,sent,8.00\n",
    )
    assert other.code == 1


def test_columns_over_lines_are_not_compared_before_there_are_lines(cli: Cli) -> None:
    head = "reference,vendor,status,lines,unpriced,stated total\n"
    ran = cli("order", "import", "-", "--json", typed=f"{head}90,V1,sent,3,1,\n")
    assert (ran.code, ran.json["differing"]) == (0, [])
    assert any("lines, unpriced" in note for note in ran.json["notes"])
    # What is on record of a new order is compared, and the order named though it has no field for its number.
    ran = cli("order", "import", "-", "--json", typed=f"{head}91,V1,sent,3,1,5.00\n")
    assert ran.code == 5
    assert ran.json["differing"][0]["name"].startswith("91")
