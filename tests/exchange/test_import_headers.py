"""Headers as offices have them: below titles, in everyday words, missing; totals among the rows; columns nobody asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.exchange.import_tools import bring, items

from officeops.exchange.columns.header_words import everyday

if TYPE_CHECKING:
    from officeops.testing import Cli

pytestmark = pytest.mark.usefixtures("in_home")


# -- everyday words ---------------------------------------------------------------------------------------------

HEADS = {
    "on_hand": "QTY|Qty|Quantity|Count|qoh|On Hand|QTY ON HAND|Qty. on hand|Quantity On Hand (each)|Stock|Current Stock",
    "expires_on": "Exp|Exp.|Expiry|Expires|EXPIRATION|Exp date|Exp. Date|EXP_DATE|Expiration Date|Expiry date (label)",
    "lot": "Lot|LOT|Lot #|Lot No.|Lot Number|LotNo|Batch",
    "vendor_sku": "Catalog #|Cat #|Cat. No.|Catalogue No|Catalog Number|Vendor Item #|Supplier SKU",
    "pack_size": "Case qty|Case Qty.|Units per case|Pack Qty|Pack size|Package Size|Qty per package",
    "reorder_point": "Min|Min.|Min Amount|Min Qty|Minimum Quantity|Reorder pt|Reorder Pt.|Reorder Point|Reorder Level",
    "order_up_to": "Max|Max.|Max Qty|Par|Par Level|PAR LVL|Maximum quantity",
    "price": "Price|Unit Price|Unit cost|Cost|Price ($)|UNIT_PRICE",
    "vendor": "Vendor|Supplier|Vendor Name|SUPPLIER NAME|Preferred Vendor|Preferred supplier",
    "base_unit": "UOM|Unit|Unit of Measure|U.O.M.",
    "barcode": "UPC|GTIN|NDC|Bar Code|Barcode #",
}
CASES = [(field, head) for field, heads in HEADS.items() for head in heads.split("|")]


@pytest.mark.parametrize(("field", "head"), CASES, ids=[head for _, head in CASES])
def test_everyday_heads_of_a_stock_sheet_are_known(cli: Cli, field: str, head: str) -> None:
    outcome = bring(cli, "item", f'Item #,Item Name,"{head}"\nA,Gauze,\n', "--dry-run")
    assert outcome["columns"] == {"Item #": "sku", "Item Name": "name", head: field}


@pytest.mark.parametrize(
    "head",
    [
        "Item #",
        "Item No.",
        "ITEM NUMBER",
        "Part number",
        "Part #",
        "SKU",
        "Sku #",
        "Product Code",
        "Stock No",
    ],
)
def test_everyday_heads_of_an_items_number_are_known(cli: Cli, head: str) -> None:
    assert (
        bring(cli, "item", f"{head},Description of item,Name\nA,x,Gauze\n", "--dry-run")["columns"][
            head
        ]
        == "sku"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cat #", "Catalogue numbers"),
        ("Qty (each)", "QUANTITY"),
        ("ExpDate", "date of expiration"),
        ("Min. Qty", "minimum quantities"),
        ("№", "No."),
    ],
)
def test_habits_of_writing_make_no_other_head(one: str, other: str) -> None:
    assert everyday(one) == everyday(other)


def test_two_columns_that_claim_one_field_are_asked_about(cli: Cli) -> None:
    text = "sku,name,Qty,Quantity\nA,Gauze,5,6\n"
    ran = cli("item", "import", "-", typed=text)
    assert (ran.code, '"Qty" looks like a quantity' in ran.err) == (1, True)
    ran = cli("item", "import", "-", typed=text.replace("Quantity", "QTY."))
    assert (ran.code, "'Qty' and 'QTY.' both fit on_hand" in ran.err) == (2, True)
    assert bring(cli, "item", text, "--map", "Quantity=on_hand", "--ignore", "Qty")["added"] == 1
    assert items(cli)["A"]["on_hand"] == 6


def test_a_blank_column_takes_no_field_from_one_that_is_not(cli: Cli) -> None:
    text = "sku,name,Min quantity,Reorder quantity,Max quantity\nA,Gauze,5,{},9\n"
    assert (
        bring(cli, "item", text.format(""), "--dry-run")["columns"]["Min quantity"]
        == "reorder_point"
    )
    three = bring(cli, "item", text.format(7))["columns"]
    assert [three[name] for name in ("Min quantity", "Reorder quantity", "Max quantity")] == [
        "minimum",
        "reorder_point",
        "order_up_to",
    ]


def test_the_word_for_a_kind_of_record_is_the_head_of_its_names(cli: Cli) -> None:
    """A list of locations has a column Location, one of items a column Item."""
    others = {
        "closed-day": "goes by its day",
        "retention-rule": "goes by the kind of record that it is about",
        "sterilizer-load": "goes by its contents",
        "waste-pickup": "goes by its manifest",
        "job-role": "a column Job role says what somebody works as",
        "benefit": "goes by its plan",
        "paper-type": "a column Paper type says of which type a paper is",
        "access-grant": "goes by what it opens",
        "education-entry": "goes by its title",
        "leave-policy": "a column Leave policy says under which one somebody is",
        "blackout": "goes by its reason",
        "one-to-one": "goes by its topic",
        "incident": "goes by its line",
        "recognition": "goes by its line",
        "breach": "goes by its line",
        "deadline": "goes by its title",
        "goal": "goes by its title",
        "privacy-risk": "goes by its line",
        "training-session": "goes by its title",
        "training-topic": "a column Topic says in what somebody was trained",
    }
    from officeops.exchange.columns.matching import match_columns
    from officeops.exchange.imports.import_run import import_fields
    from officeops.office.office import open_office

    assert cli("location", "list").code == 0
    with open_office(cli.path) as office:
        records = list(office.records.values())
    tried = set()
    for record in records:
        if record.meta.noun in others:
            continue
        named_by = record.meta.by_name.get(record.meta.display)
        if (
            named_by is None
            or named_by.kind.name != "text"
            or not named_by.required
            or cli(record.meta.noun, "import", "--help").code
        ):
            continue
        match = match_columns([record.meta.label], import_fields(record), {})
        assert [field.name for field in match.columns.values()] == [record.meta.display], (
            record.meta.key
        )
        tried.add(record.meta.noun)
    assert tried >= {"location", "vendor", "item", "lot", "tag", "task", "checklist"}
    assert not tried & others.keys()


# -- columns that are not used -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Ablaufdatum", ["2027-01-31", "31.12.2027"]),
        ("Label expiry (2nd)", ["01/31/2027", "11/2027"]),
        ("Menge", ["5", "7"]),
        ("Qty ordered last year", ["5", "1,000"]),
        ("Precio", ["5.00", "$7.25"]),
    ],
)
def test_what_looks_like_an_expiry_a_quantity_or_a_price_is_asked_about(
    cli: Cli, head: str, cells: list[str]
) -> None:
    text = f'sku,name,Room,"{head}"\n' + "".join(
        f'A{n},Gauze {n},x,"{cell}"\n' for n, cell in enumerate(cells)
    )
    text = text.replace("Room", "Aisle")
    ran = cli("item", "import", "-", typed=text)
    assert (ran.code, items(cli)) == (1, {})
    assert f'"{head}" looks like' in ran.err
    assert f'--ignore "{head}"' in ran.err
    ignored = bring(cli, "item", text, "--ignore", head)
    assert (ignored["code"], ignored["added"], ignored["unused"]) == (5, 2, ["Aisle"])
    assert bring(cli, "item", text, "--ignore", "Aisle")["code"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "sku,name,QuantityPerUnit\nA,Tea,10 boxes x 20 bags\n",
        "sku,name,Cost center\nA,Tea,North\n",
        "sku,name,Qty\nA,Tea,\n",
    ],
)
def test_what_only_sounds_like_one_is_not(cli: Cli, text: str) -> None:
    outcome = bring(cli, "item", text)
    assert (outcome["code"], outcome["added"]) == (5 if outcome["unused"] else 0, 1)


def test_what_is_not_used_is_said_by_name(cli: Cli) -> None:
    ran = cli("item", "import", "-", typed="sku,name,Aisle,Colour,Shade\nA,Tea,1,red,\n")
    assert (ran.code, "NOT USED: Aisle, Colour." in ran.err, '--ignore "Aisle"' in ran.err) == (
        5,
        True,
        True,
    )
    assert "blank in every row: Shade." in ran.err


# -- the header's row ----------------------------------------------------------------------------------------------

TITLES = [
    ",,CLINIC STOCK COUNT,\n,,DECEMBER 2026,\n,,,\n",
    "Lakeside Clinic\nInventory list\nAs of Nov 28, 2026\n\n",
    '"Report: Stock Status"\n"Printed 11/28/2026 10:15 AM by Deb"\n',
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_below_titles_is_found_and_named(cli: Cli, title: str, delimiter: str) -> None:
    rows = "Code,Item,Qty,Lot\nA1,Gauze,10,L1\nA2,Gloves,20,L2\nA3,Masks,30,L3\nA4,Caps,40,L4\n"
    outcome = bring(
        cli,
        "item",
        (title if delimiter == "," else title.replace(",,", "")) + rows.replace(",", delimiter),
    )
    assert (outcome["code"], outcome["added"]) == (0, 4)
    assert any("The header is line" in note and "above it" in note for note in outcome["notes"])
    assert {sku: item["on_hand"] for sku, item in items(cli).items()} == {
        "A1": 10,
        "A2": 20,
        "A3": 30,
        "A4": 40,
    }


def test_a_header_below_titles_of_a_sheet_is_found(cli: Cli) -> None:
    from xlsxwriter import Workbook

    with Workbook("s.xlsx") as book:
        sheet = book.add_worksheet("Stock")
        sheet.write(0, 0, "Lakeside Clinic")
        sheet.write_row(3, 0, ["Item #", "Name", "On hand"])
        sheet.write_row(4, 0, ["A", "Gauze", 5])
    assert cli("item", "import", "s.xlsx").code == 0
    assert items(cli)["A"]["on_hand"] == 5


def test_the_header_row_can_be_named(cli: Cli) -> None:
    text = "Stock of\n\nCode,Item\nNo,What\nA1,Gauze\n"
    assert (
        bring(cli, "item", text, "--header-row", "4", "--map", "No=sku", "--map", "What=name")[
            "added"
        ]
        == 1
    )
    assert cli("item", "import", "-", "--header-row", "2", typed=text).code == 2


def test_a_file_without_a_header_does_not_lose_its_first_record(cli: Cli) -> None:
    text = "A1,Gauze,10\nA2,Gloves,20\n"
    for words in ((), ("--map", "A1=sku", "--map", "Gauze=name")):
        ran = cli("item", "import", "-", *words, typed=text)
        assert ran.code in {1, 2}
        assert items(cli) == {}
    assert "--header-row 0" in cli("item", "import", "-", typed=text).err
    maps = ("--map", "Column 1=sku", "--map", "Column 2=name", "--map", "Column 3=on_hand")
    assert bring(cli, "item", text, "--header-row", "0", *maps)["added"] == 2
    assert {sku: item["on_hand"] for sku, item in items(cli).items()} == {"A1": 10, "A2": 20}
    assert not Path("c/officeops/mappings.toml").exists()


# -- totals --------------------------------------------------------------------------------------------------------

STOCK = "Code,Item,Min,Max,On hand\nA1,Gauze,5,10,2\nA2,Gloves,6,12,3\n"


@pytest.mark.parametrize(
    "row",
    [
        "TOTAL,,11,22,5",
        ",Total,11,22,5",
        ",Grand total:,11,22,5",
        "Total,,,,5",
        ",Subtotal,11,22,5",
        ",Summe,11,22,5",
        ",Total général,11,22,5",
        ",Totale,11,22,5",
        ",Suma,11,22,5",
        ",Gesamt,11,22,5",
        ",Итого,11,22,5",
        "2,2,11,22,5",
        ",,11,22,5",
    ],
)
def test_a_total_is_left_out_and_named(cli: Cli, row: str) -> None:
    outcome = bring(cli, "item", STOCK + row + "\n")
    assert (outcome["code"], outcome["added"], outcome["bad"]) == (5, 2, [])
    assert "1 row looks like a total and was left out: line 4" in outcome["left_out"][0]
    assert sorted(items(cli)) == ["A1", "A2"]


@pytest.mark.parametrize(
    "row",
    [
        "A3,Total,5,10,2",
        "A3,Total parenteral nutrition,11,22,7",
        "TOT1,Totally clean,11,22,7",
        "A3,Tape,11,22,6",
    ],
)
def test_a_record_that_sounds_like_a_total_is_a_record(cli: Cli, row: str) -> None:
    assert bring(cli, "item", STOCK + row + "\n")["added"] == 3


def test_totals_in_between_and_repeated_headers_are_left_out_too(cli: Cli) -> None:
    again = (
        STOCK
        + ",Subtotal,11,22,5\n"
        + STOCK.replace("A1", "B1").replace("A2", "B2")
        + ",TOTAL,22,44,10\n"
    )
    outcome = bring(cli, "item", again)
    assert (outcome["code"], outcome["added"]) == (5, 4)
    assert [said.partition(" ")[0] for said in outcome["left_out"]] == ["2", "1"]
    assert bring(cli, "item", "code,item\nC1,x\nTotal,all of it\n", "--keep-totals")["added"] == 2


def test_a_vendor_called_total_is_a_vendor(cli: Cli) -> None:
    assert bring(cli, "vendor", "name,phone\nTotal,555\nAcme,556\n")["added"] == 2


@pytest.mark.parametrize(
    ("rows", "vendors"),
    [
        ("Acme,555 0100,\nTotal,,\n", ["Acme"]),
        ("Acme,555 0100,\nTotal,555 0199,\n", ["Acme", "Total"]),
        ("Acme,,\nTotal,,\n", ["Acme", "Total"]),
    ],
    ids=["nothing else", "a phone", "a list of names"],
)
def test_a_total_that_says_nothing_else_is_no_record_where_others_say_more(
    cli: Cli, rows: str, vendors: list[str]
) -> None:
    ran = cli("vendor", "import", "-", typed=f"name,phone,note\n{rows}")
    assert ran.code == (5 if len(vendors) == 1 else 0)
    assert [vendor["name"] for vendor in cli("vendor", "list", "--json").json] == vendors


@pytest.mark.parametrize("label", ["Total", "TOTALS:", "Grand total", "Summe", "合计"])
def test_a_label_alone_in_a_wide_table_is_no_vendor(cli: Cli, label: str) -> None:
    text = f"name,phone,code\nAcme,556,A\n{label},,\n"
    outcome = bring(cli, "vendor", text)
    assert (outcome["added"], outcome["code"]) == (1, 5)
    assert "left out" in outcome["left_out"][0]
    assert bring(cli, "vendor", text, "--keep-totals")["added"] == 1


def test_a_vendor_with_more_words_than_total_is_a_vendor(cli: Cli) -> None:
    assert bring(cli, "vendor", "name,phone,code\nTotal Medical Supply,,\nAcme,,\n")["added"] == 2
    assert bring(cli, "vendor", "name\nTotal\nBeta\n")["added"] == 2
