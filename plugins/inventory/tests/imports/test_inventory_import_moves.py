"""Moves from files: a row is booked once, whatever its file; what is past moves no stock; nothing goes below zero."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from officeops_inventory.imports.move_rules import WITH_REASON
from officeops_inventory.model import Move

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli

GROWN = "item,kind,quantity,location,day\nG,receive,100,Main,2026-02-01\nG,use,10,Main,2026-02-02\n"
MORE = "G,use,5,Main,2026-02-03\n"


@pytest.fixture(autouse=True)
def _today(freeze_today: Callable[[str], None], cli: Cli) -> None:
    freeze_today("2026-03-10")
    cli("item", "add", "--sku", "G", "--name", "Gel")
    for name in ("Main", "Room 2"):
        cli("location", "add", "--name", name)


def bring(cli: Cli, text: str, *words: str) -> dict[str, Any]:
    """Import moves, and return the outcome as JSON."""
    ran = cli("move", "import", "-", "--json", *words, typed=text)
    assert ran.out, ran.err
    outcome: dict[str, Any] = ran.json
    return outcome


def on_hand(cli: Cli, sku: str = "G") -> int:
    """Return what there is of an item."""
    quantity: int = cli("item", "show", sku, "--json").json["on_hand"]
    return quantity


def reasons(outcome: dict[str, Any]) -> list[str]:
    """Return why rows were refused."""
    return [bad["reason"] for bad in outcome["bad"]]


def swapped(text: str) -> str:
    """Return a file with its rows in the other order."""
    head, *rows = text.splitlines()
    return "\n".join([head, *reversed(rows)]) + "\n"


@pytest.mark.parametrize(
    "again",
    [
        GROWN,
        GROWN.replace("\n", "\r\n"),
        "\ufeff" + GROWN,
        GROWN.replace(",", ";"),
        swapped(GROWN),
        "type,on,item,qty,room\n" + "receive,02/01/2026,G,100,Main\nuse,02/02/2026,G,-10,Main\n",
        GROWN.replace("day\n", "day,shelf\n").replace("01\n", "01,A\n").replace("02\n", "02,B\n"),
        GROWN.replace("day\n", "day,note\n")
        .replace("01\n", "01,late\n")
        .replace("02\n", "02,room 4\n"),
        GROWN.replace("day\n", "day,lot\n").replace("01\n", "01,L1\n").replace("02\n", "02,L1\n"),
        GROWN.replace("day\n", "day,document no\n")
        .replace("01\n", "01,D1\n")
        .replace("02\n", "02,D2\n"),
    ],
    ids=[
        "same",
        "crlf",
        "bom",
        "semicolons",
        "reversed",
        "other headers",
        "more columns",
        "notes",
        "lots",
        "numbers",
    ],
)
def test_rows_on_record_are_known_whatever_their_file(cli: Cli, again: str) -> None:
    bring(cli, GROWN)
    outcome = bring(cli, again)
    assert (outcome["added"], on_hand(cli)) == (0, 90)


def test_a_file_that_grew_brings_what_is_new(cli: Cli) -> None:
    bring(cli, GROWN)
    assert bring(cli, GROWN + MORE)["added"] == 1
    assert on_hand(cli) == 85


def test_equal_rows_are_the_first_the_second_and_so_on(cli: Cli) -> None:
    bring(cli, GROWN + MORE + MORE)
    assert on_hand(cli) == 80
    assert [bring(cli, GROWN + MORE * times)["added"] for times in (1, 2, 3, 3)] == [0, 0, 1, 0]
    assert on_hand(cli) == 75


def test_numbers_of_their_own_tell_equal_rows_apart(cli: Cli) -> None:
    head = "item,kind,quantity,day,transaction id\n"
    bring(cli, head + "G,receive,50,2026-02-01,T1\nG,use,5,2026-02-02,T2\n")
    assert bring(cli, head + "G,use,5,2026-02-02,T3\n")["added"] == 1
    assert on_hand(cli) == 40


def test_what_an_older_release_booked_stays_known(cli: Cli) -> None:
    """Its rows have a source of file and line, and no reference."""
    bring(cli, GROWN)
    sources = [move["source"] for move in cli("move", "list", "--json", "--columns", "source").json]
    assert all(source.count(":") == 1 for source in sources)


def test_an_undone_file_can_come_again_and_a_reversed_row_does_not(cli: Cli) -> None:
    bring(cli, GROWN)
    cli("undo")
    assert on_hand(cli) == 0
    assert (bring(cli, GROWN)["added"], on_hand(cli)) == (2, 90)
    assert (bring(cli, GROWN + MORE)["added"], on_hand(cli)) == (1, 85)
    use = next(move for move in cli("move", "list", "--json").json if move["quantity"] == -5)
    cli("move", "reverse", f"#{use['id']}")
    assert (bring(cli, GROWN + MORE)["added"], on_hand(cli)) == (0, 90)


def test_moves_booked_by_hand_are_not_booked_again_and_that_is_said(cli: Cli) -> None:
    cli("item", "receive", "G", "--quantity", "7")
    outcome = bring(cli, "item,kind,quantity\nG,receive,7\n")
    assert (outcome["added"], on_hand(cli)) == (0, 7)
    assert "1 row is left out" in outcome["left"][0]
    everything = cli("move", "export", "-").out
    assert (bring(cli, everything)["added"], on_hand(cli)) == (0, 7)


# -- what is past ------------------------------------------------------------------------------------------------


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


# -- bounds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("use,0,2026-03-01", "moves nothing"),
        ("adjust,0,2026-03-01", "moves nothing"),
        ("use,5,2026-03-11", "after today"),
        ("use,5,1990-01-01", "before 2000-01-01"),
        ("receive,-5,2026-03-01", "less than nothing"),
        ("opening,-5,2026-03-01", "less than nothing"),
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
        assert (ran.code, "come to" in ran.err, on_hand(cli)) == (1, True, 9), rows
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


def test_a_file_without_locations_is_known_after_the_default_location_moved(cli: Cli) -> None:
    cli("location", "edit", "Main", "--name", "Cellar")
    assert cli("init", "--name", "T").code == 0
    rows = "item,kind,quantity,day\nG,receive,100,2026-02-01\nG,receive,100,2026-02-01\nG,use,10,2026-02-02\n"
    assert bring(cli, rows)["added"] == 3
    cli("item", "receive", "G", "--quantity", "7", "--location", "Room 2")
    assert cli("location", "make-default", "Room 2").code == 0
    again = bring(cli, rows + "G,receive,5,2026-02-03\n")
    assert (again["added"], again["unchanged"]) == (1, 3)
    assert on_hand(cli) == 100 + 100 - 10 + 7 + 5


# -- lots -------------------------------------------------------------------------------------------------------


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


def test_a_row_that_differs_names_its_item_and_not_its_file(cli: Cli) -> None:
    bring(cli, "item,kind,quantity,day,note\nG,receive,9,2026-03-01,in\n")
    (different,) = bring(cli, "item,kind,quantity,day,history\nG,receive,9,2026-03-01,yes\n")[
        "differing"
    ]
    assert different["name"] == "Gel receive"


def test_a_mended_row_that_equals_a_move_on_record_comes_with_its_whole_file(cli: Cli) -> None:
    bring(cli, GROWN)
    outcome = bring(
        cli,
        GROWN.replace("day\n", "day,problem\n").replace("01\n", "01,x\n").replace("02\n", "02,x\n"),
    )
    assert (outcome["kept"], len(outcome["bad"])) == (False, 2)
    assert bring(cli, GROWN + MORE)["added"] == 1


# -- slices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_overlapping_slices_in_any_order_add_up_to_the_whole(cli: Cli, seed: int) -> None:
    """Against the slow model: of each meaning, as many rows are booked as the slice with the most of it has."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    cli("item", "add", "--sku", "H", "--name", "Hose")
    lots = {"G": ("",), "H": ("L1", "L2")}
    rows = [
        f"{item},{kind},{chance.randint(1, 3)},{chance.choice(('Main', 'Room 2'))},2026-02-0{chance.randint(1, 3)},"
        f"{chance.choice(lots[item])}"
        for kind in chance.choices(("receive", "adjust"), k=40)
        for item in chance.choices("GH", k=1)
    ]
    head, booked = "item,kind,quantity,location,day,lot\n", Counter[str]()
    because = ("--set", "note=found")
    for _ in range(6):
        first = chance.randrange(len(rows))
        piece = rows[first : first + chance.randint(5, 40)]
        chance.shuffle(piece)
        outcome = bring(cli, head + "\n".join(piece) + "\n", *because)
        assert outcome["bad"] == []
        before, booked = booked.total(), booked | Counter(piece)
        assert outcome["added"] == booked.total() - before
        assert outcome["unchanged"] == len(piece) - outcome["added"]
    stock = Counter[str]()
    for row, times in booked.items():
        stock[row[0]] += times * int(row.split(",")[2])
    assert {sku: on_hand(cli, sku) for sku in "GH"} == {"G": stock["G"], "H": stock["H"]}
