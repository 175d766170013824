"""Counts from files: the stock sheet as it is, lot by lot, and each change of a balance in the summary."""

from __future__ import annotations

import random
import re
import shlex
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES

from officeops.model.exit_codes import DONE, PARTLY, REFUSED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    for name in ("Main", "Room 2"):
        cli("location", "add", "--name", name)
    sheet = "sku,name,on hand,lot,expires on\nL,Lid,10,A,2027-01-31\nL,Lid,10,B,2027-02-28\nG,Gel,100,,\n"
    cli("item", "import", "-", typed=sheet)


def lots(cli: Cli) -> dict[tuple[str, str], int]:
    """Return what is on hand by item and lot."""
    return {
        (row["item"], row["lot"] or ""): row["quantity"]
        for row in cli("stock", "list", "--json").json
    }


@pytest.mark.parametrize(
    "head", ["item,counted", "SKU,On hand", "Item number,QTY", "code,Physical count", "Name,Count"]
)
def test_everyday_headers_are_known(cli: Cli, head: str) -> None:
    text = f"{head}\n{'Gel' if head.startswith('Name') else 'G'},80\n"
    assert cli("count", "Main", "--file", "-", typed=text).code == DONE
    assert lots(cli)["Gel", ""] == 80


def test_other_headers_are_said(cli: Cli) -> None:
    text = "Thing;Seen\nG;80\n"
    ran = cli("count", "Main", "--file", "-", typed=text)
    assert (ran.code, "--map" in ran.err) == (USAGE, True)
    ran = cli(
        "count", "Main", "--file", "-", "--map", "Thing=item", "--map", "Seen=counted", typed=text
    )
    assert (ran.code, lots(cli)["Gel", ""]) == (DONE, 80)
    assert cli("count", "Main", "G=1", "--map", "a=item").code == USAGE


def test_a_number_in_a_file_is_no_id(cli: Cli) -> None:
    """An item import reads no bare number as an id, so a count of the same sheet does not either."""
    before = lots(cli)
    ran = cli("count", "Main", "--file", "-", typed="item,counted\n2,80\n")
    assert (ran.code, "'2'" in ran.err) == (REFUSED, True)
    assert lots(cli) == before


def test_one_lot_is_counted_and_the_others_stay(cli: Cli) -> None:
    assert cli("count", "Main", "--file", "-", typed="item,lot,counted\nL,B,4\n").code == DONE
    assert lots(cli) == {("Lid", "A"): 10, ("Lid", "B"): 4, ("Gel", ""): 100}
    assert cli("selfcheck").code == DONE


def test_two_lots_of_one_item_are_two_counts(cli: Cli) -> None:
    text = "item,lot,expires,counted\nL,B,,4\nL,a,,7\nL,C,2027-05-31,1\n"
    dry = cli("count", "Main", "--file", "-", "--dry-run", "--json", typed=text).json
    assert [(row["lot"], row["expected"], row["counted"]) for row in dry] == [
        ("B", 10, 4),
        ("a", 10, 7),
        ("C", 0, 1),
    ]
    cli("count", "Main", "--file", "-", typed=text)
    assert lots(cli) == {("Lid", "A"): 7, ("Lid", "B"): 4, ("Lid", "C"): 1, ("Gel", ""): 100}
    (entry,) = cli("count-entry", "list", "--json").json
    assert (entry["expected"], entry["counted"]) == (20, 12)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("item,lot,counted\nL,,4\n", "count them in a column lot"),
        ("item,counted\nL,4\n", "count them in a column lot"),
        ("item,lot,counted\nL,A,4\nL,A,5\n", "counted twice; add the two up"),
        ("item,lot,counted\nL,A,4\nL,,5\n", "as a whole and by lot"),
        ("item,counted\nG,4\nG,5\n", "counted twice; add the two up"),
        ("item,lot,expires,counted\nL,A,2030-01-01,4\n", "expires on 2027-01-31"),
    ],
)
def test_a_count_that_would_be_a_guess_is_refused(cli: Cli, text: str, why: str) -> None:
    before = lots(cli)
    ran = cli("count", "Main", "--file", "-", typed=text)
    assert (ran.code, why in ran.err) == (REFUSED, True), ran.err
    assert lots(cli) == before


def test_rows_of_other_locations_are_left_out_and_that_is_said(cli: Cli) -> None:
    ran = cli("count", "Main", "--file", "-", typed="item,counted,room\nG,90,main\nG,7,Room 2\n")
    assert (ran.code, "1 row of other locations" in ran.err) == (PARTLY, True)
    assert lots(cli)["Gel", ""] == 90


@pytest.mark.parametrize("seed", range(3 if TIMES > 1 else 1))
def test_no_balance_changes_in_silence(
    cli: Cli, seed: int, freeze_today: Callable[[str], None]
) -> None:
    """Sheets, counts and histories in any order: what a count said stays, or the summary names the change."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for step in range(12):
        freeze_today(f"2026-04-{step + 10}")
        before = lots(cli)["Gel", ""]
        quantity = chance.randint(0, 99)
        kind = chance.choice(("sheet", "count", "history", "orders", "now"))
        day = f"2026-{chance.choice(('01', '02'))}-{chance.randint(1, 28):02}"
        if kind == "sheet":
            ran = cli(
                "item", "import", "-", "--update", typed=f"sku,name,on hand\nG,Gel,{quantity}\n"
            )
            assert ("other stock" in ran.err) == (quantity != before)
        elif kind == "count":
            ran = cli("count", "Main", f"G={quantity}")
            assert lots(cli)["Gel", ""] == quantity
            continue
        elif kind == "history":
            ran = cli(
                "move", "import", "-", typed=f"item,kind,quantity,day\nG,use,{quantity + 1},{day}\n"
            )
            assert "kept as history" in ran.err or "0 added" in ran.err
        elif kind == "orders":
            cli("vendor", "add", "--name", "Osprey", "--code", "V")
            cli(
                "order",
                "import",
                "-",
                typed=f"reference,vendor,status,ordered on\n{step},Osprey,closed,{day}\n",
            )
            text = f"order,item,packs,received,received on\n{step},G,{quantity + 1},{quantity + 1},{day}\n"
            ran = cli("line", "import", "-", typed=text)
            assert "On hand: unchanged" in ran.err, ran.err
        else:
            text = f"item,kind,quantity,day,note\nG,receive,{quantity + 1},2026-04-{step + 10},{step}\n"
            ran = cli("move", "import", "-", typed=text)
            assert f"On hand: G at Main +{quantity + 1} to {before + quantity + 1}" in ran.err, (
                ran.err
            )
            continue
        assert lots(cli)["Gel", ""] == before, (kind, ran.err)


@pytest.mark.parametrize(("cell", "code"), [("case", PARTLY), ("", DONE)])
def test_a_column_that_a_count_does_not_use_ends_it_with_5(cli: Cli, cell: str, code: int) -> None:
    ran = cli("count", "Main", "--file", "-", typed=f"item,counted,UOM\nG,80,{cell}\n")
    assert (ran.code, "NOT USED: UOM" in ran.err) == (code, bool(cell))
    assert lots(cli)["Gel", ""] == 80
    assert (
        cli(
            "count",
            "Main",
            "--file",
            "-",
            "--map",
            "UOM=",
            typed=f"item,counted,UOM\nG,80,{cell}\n",
        ).code
        == DONE
    )


# -- the sheet of an import, read as the import reads it ----------------------------------------------------------------


def places(cli: Cli) -> dict[tuple[str, str], int]:
    """Return what is on hand by item and location."""
    return {
        (row["item"], row["location"]): row["quantity"]
        for row in cli("stock", "list", "--json").json
    }


def test_totals_and_repeated_headers_are_no_counts(cli: Cli) -> None:
    for total in ("Total,,95", "Grand total:,,95", "SKU,Name,On hand"):
        text = f"SKU,Name,On hand\nG,Gel,95\n{total}\n"
        ran = cli("count", "Main", "--file", "-", typed=text)
        assert (ran.code, "left out" in ran.err) == (PARTLY, True), ran.err
        assert lots(cli)["Gel", ""] == 95
        assert cli("count", "Main", "--file", "-", "--keep-totals", typed=text).code != DONE


def test_a_sheet_counted_place_by_place_ends_as_the_sheet_says(cli: Cli, tmp_path: Path) -> None:
    """The cures that an import prints, taken word for word, book each quantity once."""
    path = tmp_path / "sheet.csv"
    head = "SKU,Name,Where kept,Seen\n"
    path.write_text(f"{head}A,Apples,Main,5\nB,Bins,Room 2,7\nTOTAL,,,12\n")
    maps = ("--map", "Where kept=location", "--map", "Seen=on_hand")
    assert cli("item", "import", str(path), *maps).code == PARTLY
    path.write_text(f"{head}A,Apples,Main,6\nB,Bins,Room 2,9\nTOTAL,,,15\n")
    said = cli("item", "import", str(path)).err
    for name in ("Main", "Room 2"):
        assert f'officeops count "{name}" --file' in said
        assert cli("count", name, "--file", str(path)).code == PARTLY
    assert {key: there for key, there in places(cli).items() if key[0] in {"Apples", "Bins"}} == {
        ("Apples", "Main"): 6,
        ("Bins", "Room 2"): 9,
    }
    assert cli("item", "import", str(path)).err.count("differs") == 0


def test_words_that_stand_for_others_are_remembered_too(cli: Cli) -> None:
    text = "Code,Name,Spot,Seen\nG,Gel,M,{}\n"
    maps = ("--map", "Code=sku", "--map", "Spot=location:M=Main", "--map", "Seen=on_hand:lots=250")
    cli("item", "import", "-", *maps, typed=text.format(100))
    assert cli("count", "Main", "--file", "-", typed=text.format("lots")).code == DONE
    assert lots(cli)["Gel", ""] == 250


@pytest.mark.parametrize("head", ["SKU,Name,Location,On hand", "SKU,Name,On hand"])
def test_what_the_record_has_elsewhere_is_not_made_double(cli: Cli, head: str) -> None:
    """By import a transfer is offered, by count it is left out with the same words; a sheet of both places is booked."""
    cli("item", "import", "-", typed="SKU,Name,Location,On hand\nD,Dots,Room 2,5\n")
    row = "D,Dots,Main,5" if "Location" in head else "D,Dots,6"
    said = cli("item", "import", "-", typed=f"{head}\n{row}\n").err
    if "Location" in head:
        assert "the record has 5 at Room 2" in said
        assert "officeops item transfer D --quantity 5" in said
    else:
        assert 'officeops count "Room 2"' in said
    ran = cli("count", "Main", "--file", "-", typed=f"{head}\n{row}\n")
    assert ran.code == REFUSED
    assert "the record has 5 at Room 2" in ran.err
    assert {key[1] for key in places(cli) if key[0] == "Dots"} == {"Room 2"}
    both = "SKU,Name,Location,On hand\nD,Dots,Main,2\nD,Dots,Room 2,3\n"
    for name in ("Main", "Room 2"):
        assert cli("count", name, "--file", "-", typed=both).code == PARTLY
    assert (places(cli)["Dots", "Main"], places(cli)["Dots", "Room 2"]) == (2, 3)


def test_a_count_that_is_typed_is_booked_and_says_what_is_elsewhere(cli: Cli) -> None:
    ran = cli("count", "Room 2", "G=4")
    assert (ran.code, "100 at Main" in ran.err) == (DONE, True)


def test_the_transfer_that_is_offered_books_it(cli: Cli) -> None:
    cli("item", "import", "-", typed="SKU,Name,Location,On hand,Lot\nD,Dots,Room 2,5,X 1\n")
    said = cli(
        "item", "import", "-", typed="SKU,Name,Location,On hand,Lot\nD,Dots,Main,5,X 1\n"
    ).err
    words = shlex.split(re.search("`officeops (item transfer .*?)`", said)[1])  # type: ignore[index]
    ran = cli(*words)
    assert ran.code == DONE, ran.err
    assert (
        cli("item", "import", "-", typed="SKU,Name,Location,On hand,Lot\nD,Dots,Main,5,X 1\n").code
        == DONE
    )
