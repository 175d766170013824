"""Moves from files obey the rules of the commands: bounds, reasons, transfers, lots."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.move_files import bring, on_hand, reasons, set_up

from officeops_inventory.imports.moves.rules import WITH_REASON
from officeops_inventory.model import Move

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("use,0,2026-03-01", "moves nothing"),
        ("adjust,0,2026-03-01", "moves nothing"),
        ("use,5,2026-03-11", "after today"),
        ("use,5,1990-01-01", "before 2000-01-01"),
        ("receive,-5,2026-03-01", "below zero"),
        ("opening,-5,2026-03-01", "below zero"),
        ("receive,2000000000,2026-03-01", "more than 1,000,000,000"),
    ],
)
def test_rows_obey_the_bounds_of_the_commands(cli: Cli, row: str, why: str) -> None:
    outcome = bring(cli, f"item,kind,quantity,day\nG,receive,9,2026-03-01\nG,{row}\n")
    assert not outcome["kept"]
    assert why in reasons(outcome)[0]
    assert on_hand(cli) == 0


@pytest.mark.parametrize("kind", sorted(WITH_REASON))
def test_what_a_command_does_with_a_reason_a_file_does_with_one(cli: Cli, kind: str) -> None:
    bring(cli, "item,kind,quantity,day\nG,receive,9,2026-03-01\n")
    rows = f"item,kind,quantity,day\nG,{kind},1,2026-03-02\n"
    outcome = bring(cli, rows)
    assert [(bad["column"], outcome["kept"]) for bad in outcome["bad"]] == [("note", False)]
    assert bring(cli, rows, "--set", "note=broken")["added"] == 1
    assert (
        bring(cli, f"item,kind,quantity,day\nG,{kind},1,2026-03-02\n", "--set", "note=broken")[
            "unchanged"
        ]
        == 1
    )


def test_the_kinds_with_a_reason_are_those_whose_commands_ask_for_one(cli: Cli) -> None:
    """Every kind of move is either tried here with its command, or has none."""
    bring(cli, "item,kind,quantity,day\nG,receive,90,2026-03-01\n")
    more = {"transfer": ("--to-location", "Room 2")}
    for kind in Move.meta.by_name["kind"].choices:
        ran = cli("item", kind, "G", "--quantity", "1", *more.get(kind, ()))
        if kind in {"opening", "expire", "reversal"}:
            assert ran.code == 2, kind
        else:
            assert (ran.code != 0) == (kind in WITH_REASON), (kind, ran.err)


def test_a_transfer_takes_from_one_place_what_it_puts_in_another(cli: Cli) -> None:
    head = "item,kind,quantity,location,day\n"
    bring(cli, head + "G,receive,9,Main,2026-03-01\n")
    both = ["G,transfer,-4,Main,2026-03-02", "G,transfer,4,Room 2,2026-03-02"]
    for rows in (
        both[:1],
        both[1:],
        [both[0], both[1].replace("-02", "-03")],
        [both[0], both[1].replace("4", "5")],
    ):
        ran = cli("move", "import", "-", typed=head + "\n".join(rows))
        assert (ran.code, "do not balance" in ran.err, on_hand(cli)) == (1, True, 9), rows
    assert bring(cli, head + "\n".join(both))["added"] == 2
    assert bring(cli, head + "\n".join(both))["unchanged"] == 2
    assert {row["location"]: row["quantity"] for row in cli("stock", "list", "--json").json} == {
        "Main": 5,
        "Room 2": 4,
    }


def test_half_a_transfer_is_not_booked_where_the_other_half_is_bad(cli: Cli) -> None:
    head = "item,kind,quantity,location,day\n"
    bring(cli, head + "G,receive,9,Main,2026-03-01\n")
    rows = (
        head
        + "G,transfer,-4,Main,2026-03-02\nG,transfer,4,Nowhere,2026-03-02\nG,use,1,Main,2026-03-02\n"
    )
    assert (cli("move", "import", "-", "--skip-bad", typed=rows).code, on_hand(cli)) == (1, 9)


def test_a_reversal_in_a_file_names_no_move_and_is_refused(cli: Cli) -> None:
    outcome = bring(
        cli, "item,kind,quantity,day\nG,receive,9,2026-03-01\nG,reversal,1,2026-03-02\n"
    )
    assert [(bad["column"], outcome["kept"]) for bad in outcome["bad"]] == [("kind", False)]


def test_no_more_is_taken_than_there_is(cli: Cli) -> None:
    bring(cli, "item,kind,quantity,lot,room,day\nG,receive,9,L1,Room 2,2026-03-01\n")
    ran = cli(
        "move",
        "import",
        "-",
        typed="item,kind,quantity,lot,room,day\nG,use,10,L1,Room 2,2026-03-02\n",
    )
    assert ran.code == 1
    assert all(word in ran.err for word in ("only 9 of lot L1", "at Room 2", "officeops count"))
    assert on_hand(cli) == 9
    # The order of a file's rows is not the order of the days.
    rows = "item,kind,quantity,lot,day\nG,use,10,L1,2026-03-02\nG,receive,10,L1,2026-03-01\n"
    assert bring(cli, rows)["added"] == 2


@pytest.fixture
def vaccine(cli: Cli) -> Cli:
    """An item that comes in lots which expire."""
    cli("item", "add", "--sku", "V", "--name", "Vaccine", "--shelf-life-days", "365")
    return cli


@pytest.mark.parametrize("kind", ["receive", "adjust", "transfer"])
@pytest.mark.parametrize(
    ("label", "column"),
    [(",", "lot"), ("L1,", "expires_on"), (",2027-01-31", "lot")],
    ids=["neither", "lot", "day"],
)
def test_goods_in_lots_come_in_with_lot_and_expiry(
    vaccine: Cli, kind: str, label: str, column: str
) -> None:
    outcome = bring(
        vaccine,
        f"item,kind,quantity,note,day,lot,expires_on\nV,{kind},5,found,2026-03-01,{label}\n",
    )
    assert [bad["column"] for bad in outcome["bad"]] == [column]
    assert (outcome["kept"], on_hand(vaccine, "V")) == (False, 0)


def test_a_reason_is_the_way_round_and_is_kept(vaccine: Cli) -> None:
    rows = "item,kind,quantity,day,lot,no_lot\nV,receive,5,2026-03-01,,label torn off\n"
    assert bring(vaccine, rows)["added"] == 1
    assert vaccine("move", "list", "--json").json[0]["note"] == "no lot: label torn off"
    assert bring(vaccine, rows)["unchanged"] == 1


def test_a_balance_that_opens_without_a_lot_is_said(vaccine: Cli) -> None:
    ran = vaccine("move", "import", "-", typed="item,kind,quantity,day\nV,opening,5,2026-03-01\n")
    assert ran.code == 5
    assert "1 row is of items that come in lots, opened without a lot" in ran.err


def test_what_came_before_the_balance_needs_no_lot(vaccine: Cli) -> None:
    bring(vaccine, "item,kind,quantity,day,lot,expires_on\nV,opening,5,2026-03-01,L1,2027-01-31\n")
    assert bring(vaccine, "item,kind,quantity,day\nV,receive,50,2026-02-01\n")["added"] == 1
    assert on_hand(vaccine, "V") == 5
