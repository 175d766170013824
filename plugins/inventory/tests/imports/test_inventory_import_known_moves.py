"""Moves from files: a row is booked once, whatever file it comes in."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from plugins.inventory.tests.imports.move_files import GROWN, MORE, bring, on_hand, set_up

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    set_up(cli)


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
def test_booked_rows_are_known_whatever_their_file(cli: Cli, again: str) -> None:
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


def test_a_file_that_was_undone_keeps_its_lines_and_counts_its_attempts(cli: Cli) -> None:
    rows = "item,kind,quantity,day\nG,receive,100,2026-02-01\nG,use,10,2026-02-02\n"
    for attempt in range(3):
        assert bring(cli, rows)["added"] == 2
        assert bring(cli, rows)["unchanged"] == 2
        columns = "source,attempt,reverses"
        moves = cli("move", "list", "--json", "--columns", columns).json
        booked = [move for move in moves if move["reverses"] is None]
        assert len({move["source"] for move in booked}) == 2
        assert sorted(move["attempt"] for move in booked) == sorted([*range(attempt + 1)] * 2)
        assert on_hand(cli) == 90
        assert cli("undo").code == 0
    assert on_hand(cli) == 0


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


def test_a_row_that_differs_names_its_item_and_not_its_file(cli: Cli) -> None:
    bring(cli, "item,kind,quantity,day,note\nG,receive,9,2026-03-01,in\n")
    (different,) = bring(cli, "item,kind,quantity,day,history\nG,receive,9,2026-03-01,yes\n")[
        "differing"
    ]
    assert different["name"] == "Gel receive"


def test_a_fixed_row_that_equals_a_booked_move_comes_with_its_whole_file(cli: Cli) -> None:
    bring(cli, GROWN)
    outcome = bring(
        cli,
        GROWN.replace("day\n", "day,problem\n").replace("01\n", "01,x\n").replace("02\n", "02,x\n"),
    )
    assert (outcome["kept"], len(outcome["bad"])) == (False, 2)
    assert bring(cli, GROWN + MORE)["added"] == 1


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


LOTS = "item,kind,quantity,location,day,lot,expires on\n"
RECEIVED = "G,receive,10,Main,2026-02-01,L1,2027-05-01\n"


def use_up(cli: Cli) -> None:
    """Receive a lot, use all of it, and archive it."""
    bring(cli, LOTS + RECEIVED)
    assert cli("item", "use", "G", "--quantity", "10").code == 0
    assert cli("lot", "archive", "L1").code == 0


def test_a_lot_that_was_used_up_and_archived_is_known_and_what_is_left_of_it_leaves(
    cli: Cli,
) -> None:
    use_up(cli)
    # The same row in a file that grew is no second delivery.
    more = RECEIVED.replace("L1", "L2").replace("10", "4")
    outcome = bring(cli, LOTS + RECEIVED + more)
    assert (outcome["added"], outcome["unchanged"], on_hand(cli)) == (1, 1, 4)
    # Stock comes back to it by a reversal alone, and leaves by a file, as by a command.
    last = max(row["id"] for row in cli("move", "list", "--json").json if row["kind"] == "use")
    assert cli("move", "reverse", str(last), "--note", "Not used").code == 0
    used = "G,use,3,Main,2026-02-09,L1,\n"
    assert bring(cli, LOTS + used)["added"] == 1
    assert on_hand(cli) == 11
    lots = cli("lot", "list", "--archived", "--json").json
    assert {row["number"]: row["on_hand"] for row in lots} == {"L1": 7, "L2": 4}
    # A later delivery of the number is a lot of its own, and its rows are known beside the others.
    again = RECEIVED.replace("02-01", "02-20").replace("10", "5")
    assert bring(cli, LOTS + again)["added"] == 1
    outcome = bring(cli, LOTS + RECEIVED + more + used + again)
    assert (outcome["added"], on_hand(cli)) == (0, 16)


def test_an_archived_lot_is_not_carried_elsewhere_by_a_file(cli: Cli) -> None:
    use_up(cli)
    last = max(row["id"] for row in cli("move", "list", "--json").json)
    assert cli("move", "reverse", str(last), "--note", "Not used").code == 0
    moved = "G,transfer,-2,Main,2026-02-09,L1,2027-05-01\n"
    moved += moved.replace("-2,Main", "2,Room 2")
    ran = cli("move", "import", "-", typed=LOTS + moved)
    assert (ran.code, "archived" in ran.err) == (1, True), ran
    assert len(cli("lot", "list", "--json").json) == 0
