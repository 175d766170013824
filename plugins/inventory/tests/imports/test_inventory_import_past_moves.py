"""Moves from files: a balance and a count include the moves before them, which move no stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.move_files import bring, on_hand, reasons, set_up

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


def test_a_count_outranks_the_moves_before_it(cli: Cli) -> None:
    bring(cli, "item,kind,quantity,day\nG,opening,150,2026-01-01\nG,use,20,2026-01-03\n")
    cli("count", "Main", "G=110")
    outcome = bring(cli, "item,kind,quantity,day\nG,adjust,-20,2026-01-02\n")
    assert (outcome["added"], on_hand(cli)) == (1, 110)
    assert "before the last count" in outcome["left"][0]
    ran = cli("move", "reverse", "#2")
    assert "was counted on 2026-03-10" in ran.out + ran.err
    assert on_hand(cli) == 110
    assert cli("selfcheck", "--json").code in {0, 1}
    cli("undo")
    assert on_hand(cli) == 110


def test_a_move_of_the_day_of_a_count_is_booked_and_said(cli: Cli) -> None:
    cli("count", "Main", "G=10")
    outcome = bring(cli, "item,kind,quantity\nG,use,3\n")
    assert on_hand(cli) == 7
    assert "of the day of a count" in outcome["left"][0]


def test_use_from_before_the_opening_balance_is_kept_for_demand_alone(cli: Cli) -> None:
    cli("item", "import", "-", typed="sku,name,on hand,location\nB,Balm,5,Main\n")
    rows = "".join(f"B,use,{n},2026-02-{n:02}\n" for n in range(1, 11))
    outcome = bring(cli, "item,kind,quantity,day\n" + rows)
    assert (outcome["added"], on_hand(cli, "B")) == (10, 5)
    used = {line["item"]: line["used"] for line in cli("report", "usage", "--json").json}
    assert used == {"B": 55}


def test_a_second_sheet_of_opening_stock_is_refused_with_the_way_to_book_it(cli: Cli) -> None:
    assert bring(cli, "sku,on hand\nG,100\n")["added"] == 1
    for text in (
        "sku,on hand\nG,80\n",
        "sku,on hand,lot\nG,80,L1\n",
        "item,quantity,day\nG,80,2026-03-09\n",
    ):
        outcome = bring(cli, text)
        if "day" in text:
            assert outcome["added"] == 1, (
                "an opening balance of an earlier day is older than the other"
            )
            cli("undo")
        else:
            assert "officeops count" in reasons(outcome)[0]
        assert on_hand(cli) == 100


def test_lots_open_one_by_one(cli: Cli) -> None:
    head = "item,lot,expires on,on hand\n"
    assert bring(cli, head + "G,A,2027-01-31,10\nG,B,2027-02-28,5\n")["added"] == 2
    assert (
        bring(cli, head + "G,A,2027-01-31,10\nG,B,2027-02-28,5\nG,C,2027-03-31,1\n")["added"] == 1
    )
    assert on_hand(cli) == 16


@pytest.mark.parametrize("order", [1, -1])
def test_an_opening_balance_behind_older_moves_of_its_own_file_is_refused(
    cli: Cli, order: int
) -> None:
    rows = ["G,opening,100,2026-03-01", "G,receive,5,2026-02-01"][::order]
    outcome = bring(cli, "\n".join(["item,kind,quantity,day", *rows]))
    assert len(reasons(outcome)) == 1
    assert "in this file" in reasons(outcome)[0]
