"""An import brings in all rows or none, and says of each row that does not come in what is wrong with it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring, counts, items

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.usefixtures("in_home")


MIXED = "sku,name,reorder_point,on_hand\nA,Gloves,5,10\nB,,6,1\nC,Masks,many,1\nA,Again,1,1\nD,Fine,1.000,-2\n"


def test_bad_rows_are_all_listed_and_nothing_is_imported(cli: Cli) -> None:
    outcome = bring(cli, "item", MIXED)
    assert (outcome["code"], outcome["kept"]) == (1, False)
    assert [(bad["line"], bad["column"], bad["value"]) for bad in outcome["bad"]] == [
        (3, "name", ""),
        (4, "reorder_point", "many"),
        (5, "sku", "A"),
        (6, "reorder_point", "1.000"),
        (6, "on_hand", "-2"),
    ]
    assert all(bad["reason"] for bad in outcome["bad"])
    assert items(cli) == {}
    said = cli("item", "import", "-", typed=MIXED).err
    assert "line 4, reorder_point 'many'" in said
    assert "4 rows" in said.splitlines()[-1]


def test_bad_rows_can_be_skipped_mended_and_brought_in(cli: Cli) -> None:
    Path("stock.csv").write_text(MIXED.replace("sku,name", "PN,Was"))
    ran = cli("item", "import", "stock.csv", "--skip-bad", "--map", "PN=sku", "--map", "Was=name")
    assert ran.code == 5
    assert "stock.bad.csv" in ran.err
    assert list(items(cli)) == ["A"]
    rows = list(csv.DictReader(io.StringIO(Path("stock.bad.csv").read_text())))
    assert [row["PN"] for row in rows] == ["B", "C", "A", "D"]
    assert rows[3]["problem"].startswith("reorder_point: '1.000' may be")
    mended = (
        Path("stock.bad.csv")
        .read_text()
        .replace("B,,", "B,Caps,")
        .replace("many", "3")
        .replace("1.000,-2", "1000,2")
        .replace("A,Again", "E,Again")
    )
    Path("stock.bad.csv").write_text(mended)
    assert cli("item", "import", "stock.bad.csv").code == 0
    assert sorted(items(cli)) == ["A", "B", "C", "D", "E"]


def test_bad_rows_go_beside_the_file_and_those_of_an_earlier_import_go(cli: Cli) -> None:
    Path("in").mkdir()
    Path("in/stock.csv").write_text("sku,name\nA,\nB,Masks\n")
    assert cli("item", "import", "in/stock.csv", "--skip-bad").code == 5
    bad = Path("in/stock.bad.csv")
    assert (bad.read_text(), bad.stat().st_mode & 0o777) == (
        "sku,name,problem\nA,,name: is needed\n",
        0o600,
    )
    Path("in/stock.csv").write_text("sku,name\nC,\nD,Caps\n")
    assert cli("item", "import", "in/stock.csv", "--skip-bad").code == 5
    assert bad.read_text() == "sku,name,problem\nC,,name: is needed\n"
    assert cli("item", "import", "in/stock.bad.csv", "--skip-bad").code == 1
    assert sorted(path.name for path in Path("in").iterdir()) == ["stock.bad.csv", "stock.csv"]


def test_another_file_of_that_name_is_never_overwritten(cli: Cli) -> None:
    Path("stock.csv").write_text("sku,name\nA,\nB,Masks\n")
    Path("stock.bad.csv").write_text("my own notes\n")
    ran = cli("item", "import", "stock.csv", "--skip-bad")
    assert (ran.code, items(cli), Path("stock.bad.csv").read_text()) == (1, {}, "my own notes\n")


def test_bad_rows_alone_leave_nothing_written(cli: Cli) -> None:
    bring(cli, "item", "sku,name\nA,Gloves\n")
    before = cli("history", "--json").json
    outcome = bring(cli, "item", "sku,name\nB,\n", "--skip-bad")
    assert (outcome["code"], outcome["kept"], cli("history", "--json").json) == (1, False, before)


def test_equal_problems_are_told_once_with_their_number(cli: Cli) -> None:
    rows = "".join(f"A{n},Item {n},{('Alimed', 'Medline')[n % 3 == 0]}\n" for n in range(33))
    ran = cli("item", "import", "-", typed=f"sku,name,vendor\n{rows}")
    assert "22 rows, vendor 'Alimed': there is no vendor 'Alimed'" in ran.err
    assert "11 rows, vendor 'Medline'" in ran.err
    assert len(ran.err.splitlines()) < 8


def test_all_that_is_wrong_with_a_row_is_told(cli: Cli) -> None:
    outcome = bring(cli, "item", "sku,name,vendor,location,reorder_point\n,,Acme,Room 1,many\n")
    assert {bad["column"] for bad in outcome["bad"]} == {
        "name",
        "vendor",
        "location",
        "reorder_point",
    }


def test_the_preview_shows_what_is_referred_to(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    bring(cli, "item", "sku,name\nA,Gloves\n")
    ran = cli("terms", "import", "-", "--dry-run", typed="item,vendor,price\nA,Acme,2.50\n")
    assert ran.out.splitlines()[1].split() == ["Gloves", "Acme", "2.50"]


def test_a_dry_run_shows_what_would_happen_and_keeps_nothing(cli: Cli) -> None:
    before = cli("history", "--json").json
    ran = cli("item", "import", "-", "--dry-run", typed="sku,name,on_hand\nA,Gloves,5\n")
    assert ran.code == 0
    assert ran.out.splitlines()[1].split() == ["A", "Gloves", "5"]
    assert "if this were no dry run: 1 added" in ran.err
    assert items(cli) == {}
    assert cli("history", "--json").json == before
    assert cli("item", "import", "-", "--dry-run", "--skip-bad", typed=MIXED).code == 0
    assert list(Path().glob("*.bad*")) == []


def test_a_row_too_long_is_a_lost_quote(cli: Cli) -> None:
    (bad,) = bring(cli, "item", "sku,name\nA,Gloves, blue\n")["bad"]
    assert (bad["line"], bad["reason"]) == (
        2,
        "has 3 values for 2 columns; a quote or delimiter may be off",
    )


def test_a_thousand_rows_are_all_or_nothing(cli: Cli) -> None:
    rows = [f"S{n},Item {n}" for n in range(1200)]
    assert (
        bring(cli, "item", "sku,name\n" + "\n".join([*rows, "S5,Twice"]))["bad"][0]["line"] == 1202
    )
    assert items(cli) == {}
    assert counts(bring(cli, "item", "sku,name\n" + "\n".join(rows))) == (1200, 0, 0)
