"""Stock from files: balances open once, with the item; moves are booked once, with their lots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring, counts, items

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.usefixtures("in_home")


def test_balances_open_only_on_rows_that_create_the_item(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    bring(cli, "item", "sku,name,vendor,on_hand,on_order\nA,Gloves,Acme,10,5\n")
    again = "sku,name,vendor,on_hand,on_order\nA,Gloves,Acme,99,99\nB,Masks,Acme,3,4\n"
    outcome = bring(cli, "item", again, "--update")
    assert (counts(outcome), outcome["differing"][0]["columns"]) == (
        (1, 0, 0),
        ["on_hand", "on_order"],
    )
    assert {sku: item["on_hand"] for sku, item in items(cli).items()} == {"A": 10, "B": 3}
    orders = cli("order", "list", "--json").json
    assert [(order["status"], order["lines"]) for order in orders] == [("sent", 1), ("sent", 1)]


def test_moves_of_a_file_are_booked_once(cli: Cli) -> None:
    bring(cli, "item", "sku,name\nA,Gloves\n")
    Path("use.csv").write_text(
        "item,type,qty,day,lot,expires\nA,opening,10,2026-01-31,L1,12/31/2027\nA,use,4,2026-02-01,L1,\n"
    )
    assert counts(cli("move", "import", "use.csv", "--json").json) == (2, 0, 0)
    assert counts(cli("move", "import", "use.csv", "--json").json) == (0, 0, 2)
    assert items(cli)["A"]["on_hand"] == 6
    assert [(lot["number"], lot["expires_on"]) for lot in cli("lot", "list", "--json").json] == [
        ("L1", "2027-12-31")
    ]
    other = bring(cli, "move", "item,type,qty,lot,expires\nA,opening,1,L1,2030-01-01\n")
    assert other["bad"][0]["reason"] == "lot L1 expires on 2027-12-31, not 2030-01-01"


def test_a_move_that_is_refused_leaves_no_lot_behind(cli: Cli) -> None:
    bring(cli, "item", "sku,name\nA,Gloves\n")
    outcome = bring(
        cli, "move", "item,type,qty,lot\nA,opening,5,L1\nA,opening,-5,L2\n", "--skip-bad"
    )
    assert (counts(outcome), outcome["bad"][0]["reason"]) == ((1, 0, 0), "is below zero")
    assert [lot["number"] for lot in cli("lot", "list", "--json").json] == ["L1"]
