"""Import: every rule by which a file comes in, all of it or none, and what is said of each row that does not."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.exchange.formats.writing import write_xlsx

if TYPE_CHECKING:
    from officeops.testing import Cli, Ran


@pytest.fixture(autouse=True)
def _in_its_folder(officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(officeops_home)


def bring(cli: Cli, noun: str, text: str | bytes, *words: str) -> dict[str, Any]:
    """Import text from standard input and return what the command says of it."""
    ran = cli(noun, "import", "-", "--json", *words, typed=text)
    answer = ran.json
    assert isinstance(answer, dict)
    return {**answer, "code": ran.code}


def counts(outcome: dict[str, Any]) -> tuple[int, int, int]:
    """Added, updated, unchanged."""
    return outcome["added"], outcome["updated"], outcome["unchanged"]


def items(cli: Cli) -> dict[str, dict[str, Any]]:
    """The office's items by SKU."""
    return {item["sku"]: item for item in cli("item", "list", "--json").json}


# -- columns -------------------------------------------------------------------------------------------------


def test_columns_are_known_by_their_names_and_by_others(cli: Cli) -> None:
    outcome = bring(
        cli,
        "item",
        "Item Number,PRODUCT NAME,ReorderLevel,unit_of_measure,Colour\nA,Gloves,5,pair,red\n",
    )
    assert outcome["columns"] == {
        "Item Number": "sku",
        "PRODUCT NAME": "name",
        "ReorderLevel": "reorder_point",
        "unit_of_measure": "base_unit",
    }
    assert outcome["unused"] == ["Colour"]
    assert items(cli)["A"]["base_unit"] == "pair"


def test_a_mapping_is_told_then_kept_and_said(cli: Cli) -> None:
    Path("a.csv").write_text("PN,Was,Note\nA,Gloves,x\n")
    Path("b.csv").write_text("PN,Was,Note\nB,Masks,x\n")
    told = cli("item", "import", "a.csv", "--map", "pn=sku", "--map", "Was=name", "--map", "Note=")
    assert told.code == 0
    again = cli("item", "import", "b.csv")
    assert again.code == 0
    assert (
        "Columns are matched as they were for the last file like this one: PN = sku, Was = name, Note = left out."
        in again.err
    )
    assert sorted(items(cli)) == ["A", "B"]


def test_a_mapping_of_an_import_that_was_not_kept_is_not_kept_either(cli: Cli) -> None:
    Path("a.csv").write_text("PN,Was\nA,\n")
    assert cli("item", "import", "a.csv", "--map", "PN=sku", "--map", "Was=name").code == 1
    assert cli("item", "import", "a.csv").code == 2


def test_values_stand_for_others(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme", "--code", "1")
    text = "number,supplier,state\n7,1,0\n8,1,2\n9,1,draft\n"
    assert bring(cli, "order", text, "--map", "state=status:0=draft,2=sent")["added"] == 3
    states = {order["reference"]: order["status"] for order in cli("order", "list", "--json").json}
    assert states == {"7": "draft", "8": "sent", "9": "draft"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--map", "sku"], 'write --map "Column=field"'),
        (["--map", "nope=sku"], "the file has no column 'nope'. It has sku, name."),
        (["--map", "sku=nope"], "there is no field 'nope'. There are sku, name"),
        (["--map", "sku=name", "--map", "name=name"], "two columns are to fill name"),
        (["--key", "reorder_point"], "'reorder_point' is not a field that the file fills"),
        (["--map", "name="], "No column of the file fills name, which items need"),
    ],
)
def test_what_is_told_wrongly_is_wrong_usage(cli: Cli, words: list[str], said: str) -> None:
    ran = cli("item", "import", "-", *words, typed="sku,name\nA,Gloves\n")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


# -- rows ------------------------------------------------------------------------------------------------------

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
    assert "line 4, reorder_point 'many': 'many' is not a number." in said
    assert said.endswith(
        "Nothing was imported: 4 rows are bad. Fix them, or import the others with --skip-bad.\n"
    )


def test_bad_rows_can_be_skipped_mended_and_brought_in(cli: Cli) -> None:
    Path("stock.csv").write_text(MIXED.replace("sku,name", "PN,Was"))
    ran = cli("item", "import", "stock.csv", "--skip-bad", "--map", "PN=sku", "--map", "Was=name")
    assert ran.code == 5
    assert "Bad rows are in stock.bad.csv; fix them there and import that file." in ran.err
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


def test_records_of_json_are_told_as_records(cli: Cli) -> None:
    ran = cli("item", "import", "-", typed='[{"sku": "A", "name": "a"}, {"sku": "B", "name": ""}]')
    assert "record 2, name: is needed" in ran.err


@pytest.mark.parametrize("text", ["", "\n\n", " \n", ",,\n,\n"])
def test_a_file_of_nothing_is_a_failed_export(cli: Cli, text: str) -> None:
    for noun in ("item", "move", "vendor"):
        ran = cli(noun, "import", "-", typed=text)
        assert (ran.code, "is empty" in ran.err) == (1, True)


def test_an_empty_first_sheet_names_the_others(cli: Cli) -> None:
    from xlsxwriter import Workbook

    with Workbook("two.xlsx") as book:
        book.add_worksheet("Cover")
        book.add_worksheet("Stock").write_row(0, 0, ["sku", "name"])
    ran = cli("item", "import", "two.xlsx")
    assert (ran.code, "--sheet; there are Cover, Stock" in ran.err) == (1, True)


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


def test_rows_that_differ_are_listed_and_left_or_changed_when_asked(cli: Cli) -> None:
    text = "sku,name,category\nA,Gloves,Hands\nB,Masks,Face\n"
    assert counts(bring(cli, "item", text)) == (2, 0, 0)
    assert counts(bring(cli, "item", text)) == (0, 0, 2)
    other = text.replace("Hands", "Arms")
    left = bring(cli, "item", other)
    assert (counts(left), left["differing"], left["code"]) == (
        (0, 0, 1),
        [
            {
                "line": 2,
                "name": "A Gloves",
                "columns": ["category"],
                "fields": [{"column": "category", "file": "Arms", "record": "Hands"}],
            }
        ],
        5,
    )
    assert items(cli)["A"]["category"] == "Hands"
    assert counts(bring(cli, "item", other, "--update")) == (0, 1, 1)
    assert items(cli)["A"]["category"] == "Arms"
    assert cli("item", "history", "A", "--json").json[0]["action"] == "inventory.item.import"


def test_a_blank_cell_clears_a_value_but_a_blank_column_says_nothing(cli: Cli) -> None:
    bring(cli, "item", "sku,name,category,base_unit\nA,Gloves,Hands,pair\nB,Masks,Face,each\n")
    silent = bring(cli, "item", "sku,name,category,base_unit\nA,Gloves,,\nB,Masks,,\n", "--update")
    assert counts(silent) == (0, 0, 2)
    assert "Blank in every row, so nothing was cleared: category, base_unit." in silent["notes"]
    assert counts(
        bring(cli, "item", "sku,name,category,base_unit\nA,Gloves,,\nB,Masks,Face,\n", "--update")
    ) == (
        0,
        1,
        1,
    )
    assert [(item["category"], item["base_unit"]) for item in items(cli).values()] == [
        (None, "pair"),
        ("Face", "each"),
    ]


def test_a_file_of_some_columns_updates_but_adds_nothing(cli: Cli) -> None:
    bring(cli, "item", "sku,name,order_up_to\nA,Gloves,50\n")
    assert counts(bring(cli, "item", "sku,reorder_point\nA,5\n", "--update")) == (0, 1, 0)
    assert (items(cli)["A"]["name"], items(cli)["A"]["reorder_point"]) == ("Gloves", 5)
    new = bring(cli, "item", "sku,reorder_point\nA,6\nZ,5\n", "--update")
    assert (new["kept"], [bad["reason"] for bad in new["bad"]]) == (
        False,
        ["is needed to add it, and no column fills it"],
    )
    against = bring(cli, "item", "sku,reorder_point\nA,60\n", "--update")
    assert [bad["reason"] for bad in against["bad"]] == ["is below the reorder point of 60"]
    assert items(cli)["A"]["reorder_point"] == 5


def test_a_key_of_ones_own_tells_what_is_there(cli: Cli) -> None:
    bring(cli, "vendor", "code,name,email\n1,Acme,a@x.org\n2,Best,b@x.org\n3,Curt,\n")
    outcome = bring(
        cli,
        "vendor",
        "name,email\nAcme Inc,a@x.org\nBlank,\n",
        "--key",
        "email",
        "--update",
        "--skip-bad",
    )
    assert counts(outcome) == (0, 1, 0)
    assert [(bad["line"], bad["column"]) for bad in outcome["bad"]] == [(3, "email")]
    assert [vendor["name"] for vendor in cli("vendor", "list", "--json").json] == [
        "Acme Inc",
        "Best",
        "Curt",
    ]


def test_rows_without_a_number_go_by_their_name(cli: Cli) -> None:
    text = "code,name\n,Acme\n,Best\nC3,Curt\n"
    assert counts(bring(cli, "vendor", text)) == (3, 0, 0)
    assert counts(bring(cli, "vendor", text)) == (0, 0, 3)
    assert counts(bring(cli, "vendor", "code,name\n,Dora\n,Dora\n")) == (1, 0, 1)
    assert bring(cli, "vendor", "name,phone\nEve,1\nEve,2\n")["bad"][0]["line"] == 3


def test_a_barcode_belongs_to_one_item(cli: Cli) -> None:
    outcome = bring(
        cli, "item", "sku,name,barcode\nA,Gloves,111\nB,Masks,111\nC,Caps,222\n", "--skip-bad"
    )
    assert (counts(outcome), outcome["bad"][0]["reason"]) == ((2, 0, 0), "is that of item A")
    assert (
        bring(cli, "item", "sku,name,barcode\nD,Mitts,222\n")["bad"][0]["reason"]
        == "is that of item C"
    )


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


def test_references_are_found_by_code_or_name_and_never_by_row_number(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme", "--code", "77")
    outcome = bring(cli, "item", "sku,name,vendor\nA,a,77\nB,b,ACME\nC,c,1\n", "--skip-bad")
    assert counts(outcome) == (2, 0, 0)
    reason = outcome["bad"][0]["reason"]
    assert "'1'" in reason
    assert {"`officeops vendor add`", "`officeops vendor import`"} <= {*re.findall("`.*?`", reason)}
    assert [terms["vendor"] for terms in cli("terms", "list", "--json").json] == ["Acme", "Acme"]


# -- opening balances --------------------------------------------------------------------------------------------


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


def test_the_life_of_an_order_that_is_here_goes_on_here(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    text = "number,vendor,status,notes\n7,Acme,sent,first\n"
    bring(cli, "order", text)
    bring(cli, "line", "order,item,packs\n7,A,3\n")
    cli("order", "receive", "7")
    assert counts(bring(cli, "order", text.replace("first", "second"), "--update")) == (0, 1, 0)
    (order,) = cli("order", "list", "--json").json
    assert (order["status"], order["note"]) == ("received", "second")


def test_moves_of_a_file_are_booked_once(cli: Cli) -> None:
    bring(cli, "item", "sku,name\nA,Gloves\n")
    Path("use.csv").write_text(
        "item,type,qty,day,lot,expires\nA,opening,10,2026-01-31,L1,12/31/2027\nA,use,4,2026-02-01,L1,\n"
    )
    assert [cli("move", "import", "use.csv").err.splitlines()[-1] for _ in range(2)] == [
        "Stock moves: 2 added, 0 changed, 0 unchanged.",
        "Stock moves: 0 added, 0 changed, 2 unchanged.",
    ]
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
    assert (counts(outcome), outcome["bad"][0]["reason"]) == ((1, 0, 0), "is less than nothing")
    assert [lot["number"] for lot in cli("lot", "list", "--json").json] == ["L1"]


def test_a_pack_named_without_its_size_is_the_one_there_is(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    bring(cli, "item", "sku,name\nA,Gloves\n")
    bring(cli, "pack", "item,name,size\nA,box,100\nA,case,200\nA,case,400\n")
    assert counts(bring(cli, "terms", "item,vendor,pack\nA,Acme,box\n")) == (1, 0, 0)
    (pack,) = {terms["pack_id"] for terms in cli("terms", "list", "--json").json}
    assert cli("pack", "show", f"#{pack}", "--json").json["size"] == 100
    assert (
        "say the pack's size"
        in bring(cli, "terms", "item,vendor,pack\nA,Acme,case\n")["bad"][0]["reason"]
    )


# -- formats -----------------------------------------------------------------------------------------------------

ROWS: list[list[str | int | bool | None]] = [
    ["007", "Café Ω-3", 5, True],
    ["1E5", "+1.5 D", None, False],
]


def office_has_the_rows(cli: Cli, ran: Ran) -> None:
    """The two rows arrived as they are written, codes and all."""
    assert ran.code == 0, ran.err
    found = items(cli)
    assert {
        sku: (item["name"], item["reorder_point"], item["discontinued"])
        for sku, item in found.items()
    } == {str(row[0]): (row[1], row[2], row[3]) for row in ROWS}


HEADER = ["sku", "name", "reorder_point", "discontinued"]
TEXT = "sku,name,reorder_point,discontinued\n007,Café Ω-3,5,yes\n1E5,+1.5 D,,no\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_of_any_encoding_and_delimiter(cli: Cli, encoding: str, delimiter: str) -> None:
    office_has_the_rows(
        cli, cli("item", "import", "-", typed=TEXT.replace(",", delimiter).encode(encoding))
    )


def test_text_of_an_old_windows_machine(cli: Cli) -> None:
    text = "sku;name\r\nA;Grüße aus München – „schön“, 5 €\r\nB;Crème brûlée façon été\r\n"
    ran = cli("item", "import", "-", typed=text.encode("cp1252"))
    assert ran.code == 0
    assert [item["name"] for item in items(cli).values()] == [
        "Crème brûlée façon été",
        "Grüße aus München – „schön“, 5 €",
    ]


def test_json_and_xlsx(cli: Cli) -> None:
    objects = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    office_has_the_rows(cli, cli("item", "import", "-", typed=json.dumps(objects)))
    book = io.BytesIO()
    write_xlsx(book, HEADER, ROWS, "Items")
    assert counts(bring(cli, "item", book.getvalue())) == (0, 0, 2)
    for item in items(cli):
        cli("item", "archive", item)
    Path("items.xlsx").write_bytes(book.getvalue())
    office_has_the_rows(cli, cli("item", "import", "items.xlsx"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nofile.csv"], "There is no file nofile.csv"),
        (["."], "is a folder"),
        (["/dev/null"], "is a device"),
        (["broken.xlsx"], "broken.xlsx"),
        (["broken.json"], "broken.json"),
        (["broken.csv", "--encoding", "utf-99"], "utf-99"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
    cli: Cli, words: list[str], said: str
) -> None:
    for name in ("broken.xlsx", "broken.json", "broken.csv"):
        Path(name).write_bytes(b'[{"sku": "A", "name"\xff')
    ran = cli("item", "import", *words)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err
    assert "fault" not in ran.err


def test_a_header_without_rows_adds_nothing(cli: Cli) -> None:
    assert counts(bring(cli, "item", "sku,name\n")) == (0, 0, 0)
