"""Orders from files: what came before the opening balance is history, and work grows no faster than the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from plugins.inventory.tests.imports.order_files import HEAD, bring, on_hand, set_up, statuses

from officeops_inventory.declared.order_lifecycle import MOST_PACKS
from officeops_inventory.model import Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


@pytest.mark.parametrize(
    "row", ["70,G,100,1,2.00,100,2022-04-22", "70,G,100,1,2.00,100,", "70,G,4,25,2.00,,2022-04-22"]
)
def test_goods_from_before_the_opening_balance_are_in_it(cli: Cli, row: str) -> None:
    dry = bring(cli, f"{HEAD}{row}\n", "--dry-run")
    assert any("On hand: unchanged; 1 receipt" in note for note in dry["notes"])
    assert bring(cli, f"{HEAD}{row}\n")["added"] == 1
    assert on_hand(cli) == 5
    (line,) = cli("line", "list", "--json").json
    assert (line["received"], line["price"]) == (100, "2.00")
    assert cli("reorder", "--json").json[0]["position"] == 5
    assert cli("selfcheck").code == 0


def test_goods_that_came_later_are_stock_and_the_summary_says_so(
    cli: Cli, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-03-20")
    outcome = bring(cli, f"{HEAD}71,G,10,10,2.00,40,2026-03-15\n")
    assert any("+40 of 1 item" in note for note in outcome["notes"])
    assert (on_hand(cli), statuses(cli)["71"]) == (45, "partly_received")


def test_goods_of_the_day_of_the_opening_balance_are_questioned(cli: Cli) -> None:
    outcome = bring(cli, f"{HEAD}71,G,1,10,2.00,10,2026-03-10\n")
    assert on_hand(cli) == 15
    assert "1 receipt of the day of the opening balance" in outcome["left"][0]


def test_rejected_goods_go_back(cli: Cli, freeze_today: Callable[[str], None]) -> None:
    freeze_today("2026-03-20")
    head = HEAD.replace("received on", "received on,qty rejected")
    outcome = bring(cli, f"{head}71,G,10,10,2.00,100,2026-03-15,30\n")
    assert (on_hand(cli), statuses(cli)["71"]) == (75, "received")
    assert any("Rejected: 30" in note for note in outcome["notes"])
    refused = bring(cli, f"{head}72,G,10,10,2.00,10,2026-03-15,30\n")
    assert "more than the 10 received" in refused["bad"][0]["reason"]


def test_a_line_on_record_with_other_receipts_is_named(cli: Cli) -> None:
    bring(cli, f"{HEAD}71,G,10,10,2.00,,\n")
    outcome = bring(cli, f"{HEAD}71,G,10,10,2.00,40,2026-03-05\n", "--update")
    assert (outcome["unchanged"], outcome["differing"][0]["columns"]) == (0, ["received"])
    assert on_hand(cli) == 5


def test_days_that_a_receipt_cannot_have_are_refused(cli: Cli) -> None:
    outcome = bring(cli, f"{HEAD}71,G,1,1,2.00,1,2026-03-11\n70,G,1,1,2.00,1,1990-01-01\n")
    assert [("today" in bad["reason"], "2000" in bad["reason"]) for bad in outcome["bad"]] == [
        (True, False),
        (False, True),
    ]


def test_more_than_was_ordered_is_taken_as_such(cli: Cli) -> None:
    bring(cli, f"{HEAD}70,G,1,10,2.00,15,2022-04-22\n")
    assert cli("selfcheck").code == 0


def test_what_came_on_all_orders_is_asked_at_once(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counts questions, not seconds: they grow with the pieces of a file, not with its orders."""
    from officeops.store.store import Store

    asked: list[str] = []
    opened = Store.__init__

    def listening(store: Store, *words: Any, **named: Any) -> None:  # noqa: ANN401 - whatever a store takes
        opened(store, *words, **named)
        store.db.set_trace_callback(asked.append)

    questions = []
    for number, orders in enumerate((20, 200)):
        names = [f"{number}-{n}" for n in range(orders)]
        text = "".join(f"{name},V1,sent,2026-02-01\n" for name in names)
        cli("order", "import", "-", typed="reference,vendor,status,ordered on\n" + text)
        with monkeypatch.context() as patched:
            patched.setattr(Store, "__init__", listening)
            asked.clear()
            bring(cli, HEAD + "".join(f"{name},G,1,1,2.00,1,2026-02-02\n" for name in names))
        questions.append(sum("FROM inventory_move" in text for text in asked))
        assert set(statuses(cli).values()) >= {"received"}
    assert questions[0] == questions[1] > 0


def test_goods_in_lots_are_received_line_by_line_unless_the_balance_has_them(
    cli: Cli,
) -> None:
    cli("item", "add", "--sku", "V", "--name", "Vaccine", "--shelf-life-days", "365")
    outcome = bring(cli, f"{HEAD}71,V,10,1,2.00,4,2026-03-10\n")
    assert [(bad["column"], outcome["kept"]) for bad in outcome["bad"]] == [("received", False)]
    assert "officeops order receive" in outcome["bad"][0]["reason"]
    assert bring(cli, f"{HEAD}71,V,10,1,2.00,,\n")["added"] == 1
    move = "item,kind,quantity,day,lot,expires_on\nV,opening,5,2026-03-10,L1,2027-01-31\n"
    assert cli("move", "import", "-", typed=move).code == 0
    assert bring(cli, f"{HEAD}70,V,10,1,2.00,10,2022-04-22\n")["added"] == 1
    assert cli("item", "show", "V", "--json").json["on_hand"] == 5


def test_goods_go_where_the_item_lives(cli: Cli, freeze_today: Callable[[str], None]) -> None:
    freeze_today("2026-03-20")
    cli("location", "add", "--name", "Annex")
    cli("item", "receive", "G", "--quantity", "2", "--location", "Annex")
    assert bring(cli, f"{HEAD}71,G,10,10,2.00,40,2026-03-15\n")["added"] == 1
    stock = {row["location"]: row["quantity"] for row in cli("stock", "list", "--json").json}
    assert stock == {"Main": 5, "Annex": 42}


# -- equal rows --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["", ",received", ",received,rejected"])
def test_an_item_twice_on_an_order_is_two_lines_and_both_are_known_again(
    cli: Cli, more: str
) -> None:
    """As the vendor split it, or as it came in two deliveries: nothing tells the lines apart but that there are two."""
    row = "71,G,10,2.00" + ",10" * (more == ",received") + ",10,0" * (more == ",received,rejected")
    head = f"order,item,packs,price{more}\n"
    assert bring(cli, head + f"{row}\n{row}\n")["added"] == 2
    assert sum(line["packs"] for line in cli("line", "list", "--json").json) == 20
    again = bring(cli, head + f"{row}\n{row}\n")
    assert (again["added"], again["unchanged"]) == (0, 2)
    third = bring(cli, head + f"{row}\n" * 3)
    assert (third["added"], third["unchanged"]) == (1, 2)


def test_a_line_that_came_and_one_that_did_not_are_two(
    cli: Cli, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-03-20")
    assert bring(cli, f"{HEAD}71,G,10,1,2.00,10,2026-03-15\n71,G,10,1,2.00,,\n")["added"] == 2
    assert (on_hand(cli), statuses(cli)["71"]) == (15, "partly_received")


def test_equal_rows_are_counted_across_the_pieces_of_a_file(cli: Cli) -> None:
    head = "order,item,packs,price\n"
    rows = "71,G,10,2.00\n" + "".join(f"70,G,{n},1.00\n" for n in range(1, 700)) + "71,G,10,2.00\n"
    assert bring(cli, head + rows)["added"] == 701
    assert bring(cli, head + rows)["unchanged"] == 701


def test_a_line_number_twice_is_one_line_or_refused(cli: Cli) -> None:
    head = "order,item,packs,line number,pack,received\n"
    outcome = bring(cli, head + "70,G,10,1,Box of 5,\n70,G,10,1,box of 5,\n")
    assert (outcome["added"], outcome["unchanged"]) == (1, 1)
    outcome = bring(cli, head + "70,G,10,2,each,10\n70,G,10,2,each,\n")
    assert (outcome["kept"], [bad["line"] for bad in outcome["bad"]]) == (False, [3])


def test_a_mended_row_that_equals_one_on_record_comes_with_its_whole_file(cli: Cli) -> None:
    """By itself it could be the line on record or a second one, which must not be lost as unchanged."""
    whole = "order,item,packs,price\n71,G,{},2.00\n71,G,10,2.00\n"
    ran = cli("line", "import", "-", "--skip-bad", typed=whole.format("ten"))
    assert (ran.code, "in the original file" in ran.err) == (5, True)
    mended = bring(cli, "order,item,packs,price,problem\n71,G,10,2.00,qty: ten\n")
    assert [(bad["column"], mended["kept"]) for bad in mended["bad"]] == [("order", False)]
    assert (bring(cli, whole.format(10))["added"], bring(cli, whole.format(10))["unchanged"]) == (
        1,
        2,
    )
    # What is not on record may come by itself.
    assert bring(cli, "order,item,packs,price,problem\n70,G,10,2.00,qty: ten\n")["added"] == 1


# -- bounds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", Order.meta.by_name["status"].choices)
def test_goods_come_in_on_orders_that_were_sent(cli: Cli, status: str) -> None:
    cli(
        "order",
        "import",
        "-",
        typed=f"reference,vendor,status,ordered on\n80,V1,{status},2026-03-01\n",
    )
    for cells in ("5,", ",2026-03-01"):
        outcome = bring(cli, f"{HEAD}80,G,10,1,2.00,{cells}\n", "--dry-run")
        refused = status in {"draft", "approved", "cancelled"}
        assert [bad["column"] in {"received", "received on"} for bad in outcome["bad"]] == [
            True
        ] * refused
    assert bring(cli, f"{HEAD}80,G,10,1,2.00,,\n")["added"] == 1
    assert statuses(cli)["80"] == status


def test_a_line_asks_for_no_more_packs_than_a_command_may(cli: Cli) -> None:
    for packs, kept in ((MOST_PACKS, True), (MOST_PACKS + 1, False)):
        assert bring(cli, f"{HEAD}70,G,{packs},1,2.00,,\n", "--dry-run")["bad"] == [] or not kept
        added = cli("order", "add-line", "PO-1", "--item", "G", "--packs", str(packs))
        assert kept or added.code != 0
    outcome = bring(cli, f"{HEAD}70,G,{MOST_PACKS + 1},1,2.00,,\n")
    assert [(bad["column"], outcome["kept"]) for bad in outcome["bad"]] == [("packs", False)]


def test_more_than_was_ordered_that_moves_stock_is_said(
    cli: Cli, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-03-20")
    ran = cli("line", "import", "-", typed=f"{HEAD}71,G,1,10,2.00,15,2026-03-15\n")
    assert (ran.code, "over-delivery" in ran.err) == (5, True)
