"""Other people's data, as it came: what the product promises of it stays true.

The sets lie beside the repository (`shared/data`, described in its README) and are not copied into it.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from officeops.model.exit_codes import PARTLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from officeops.testing import Cli, Ran

DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(autouse=True)
def _data_is_there() -> None:
    """Skip without the data; where every test must run, say what is missing instead."""
    if not DATA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"The real data that these tests read is not at {DATA}.")
        pytest.skip(f"no data at {DATA}")


def rows_of(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of one of the data's files, read by Python's own reader."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def done(ran: Ran) -> Ran:
    """A command that must have gone well."""
    assert ran.code == 0, ran.err
    return ran


def taken(ran: Ran) -> Ran:
    """An import that took every row; where columns fit no field it says so and ends with 5."""
    assert ran.code == (PARTLY if "NOT USED" in ran.err else 0), ran.err
    return ran


def summary(ran: Ran) -> str:
    """The last line an import says: how many were added, changed and unchanged."""
    return taken(ran).err.strip().splitlines()[-1].partition(": ")[2]


def chosen(mapping: dict[str, str]) -> list[str]:
    """The --map options of a mapping."""
    return [word for column, field in mapping.items() for word in ("--map", f"{column}={field}")]


# -- northwind: the issue's own commands, as processes of their own ------------------------------------

VENDOR_MAP = {"SupplierID": "code", "CompanyName": "name", "Phone": "phone"}
ITEM_MAP = {
    "ProductID": "sku",
    "ProductName": "name",
    "SupplierID": "vendor",
    "UnitPrice": "price",
    "UnitsInStock": "on_hand",
    "UnitsOnOrder": "on_order",
    "ReorderLevel": "reorder_point",
    "Discontinued": "discontinued",
}


class Shell:
    """Runs the installed `officeops` in a process of its own, in an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.script = str(Path(sys.executable).with_name("officeops"))

    def __call__(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [self.script, "--db", "nw.db", *words]
        ran = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert ran.returncode == code, f"{command}: {ran.stderr}"
        return ran

    def json(self, *words: str) -> list[dict[str, Any]]:
        """The array that a command prints."""
        answer = json.loads(self(*words, "--json").stdout)
        assert isinstance(answer, list)
        return answer


@pytest.fixture
def shell(officeops_home: Path) -> Shell:
    return Shell(officeops_home)


def test_northwind_by_the_commands_of_the_issue(shell: Shell) -> None:
    suppliers, products = (
        str(DATA / "northwind" / "Suppliers.csv"),
        str(DATA / "northwind" / "Products.csv"),
    )
    shell("init", "--name", "Northwind")
    shell("vendor", "import", suppliers, *chosen(VENDOR_MAP), code=PARTLY)
    shell("item", "import", products, *chosen(ITEM_MAP), code=PARTLY)
    file = rows_of("northwind/Products.csv")
    low = [row for row in file if int(row["UnitsInStock"]) <= int(row["ReorderLevel"])]
    assert len(low) == 22

    due = shell.json("reorder")
    assert [line["name"] for line in due] == ["Nord-Ost Matjeshering", "Outback Lager"]
    assert all(line["position"] <= line["reorder_point"] and line["why"] for line in due)

    orders = shell.json("order", "list")
    on_order: Counter[str] = Counter()
    for row in file:
        on_order[row["SupplierID"]] += int(row["UnitsOnOrder"])
    ordering = [vendor for vendor, units in on_order.items() if units]
    assert {order["status"] for order in orders} == {"sent"}
    assert len({order["vendor_id"] for order in orders}) == len(orders) == len(ordering)
    codes = {vendor["id"]: vendor["code"] for vendor in shell.json("vendor", "list")}
    vendor_of = {
        int(order["key"].removeprefix("PO-")): codes[order["vendor_id"]] for order in orders
    }
    coming: Counter[str] = Counter()
    for line in shell.json("line", "list"):
        coming[vendor_of[line["order_id"]]] += line["packs"] * line["pack_size"]
    assert coming == +on_order

    shell("reorder", "draft")
    drafts = [order for order in shell.json("order", "list") if order["status"] == "draft"]
    assert sorted(draft["total"] for draft in drafts) == sorted(line["amount"] for line in due)
    before = shell.json("line", "list")
    shell("reorder", "draft")
    assert shell.json("line", "list") == before
    assert shell.json("reorder") == []

    for draft in drafts:
        for verb in ("approve", "send", "receive", "close"):
            shell("order", verb, draft["key"], *(["--without-prices"] if verb == "approve" else []))
    assert {order["status"] for order in shell.json("order", "list")} == {"sent", "closed"}
    assert shell.json("reorder") == []

    were = shell.json("line", "list"), shell.json("item", "list")
    same = shell("vendor", "import", suppliers, code=PARTLY).stderr
    assert same.endswith("Vendors: 0 added, 0 changed, 29 unchanged.\n")
    # What was received since is no longer what the file says.
    again = shell("item", "import", products, code=PARTLY).stderr
    assert "Items: 0 added, 0 changed, 75 unchanged, 2 different" in again
    assert "2 rows say other stock" in again
    assert (shell.json("line", "list"), shell.json("item", "list")) == were
    assert [entry["record"] for entry in shell.json("history", "--limit", "2")] == ["", ""]


# -- northwind, the Access edition -----------------------------------------------------------------------


@pytest.fixture
def northwind_2007(cli: Cli) -> Callable[..., Ran]:
    """An office with the vendors and items of the 2007 edition; call it to run a command, the set's files by name."""
    folder = DATA / "northwind-2007"
    done(cli("init", "--name", "Northwind Traders"))
    taken(cli("vendor", "import", str(folder / "suppliers.csv"), "--map", "id=code"))
    taken(
        cli(
            "item",
            "import",
            str(folder / "products.csv"),
            "--map",
            "id=sku",
            "--map",
            "supplier_ids=vendor",
        )
    )

    def run(*words: str) -> Ran:
        return cli(*(str(folder / word) if word.endswith(".csv") else word for word in words))

    return run


ORDERS = (
    "order",
    "import",
    "purchase_orders.csv",
    "--map",
    "status_id=status:0=draft,1=approved,2=sent",
)


def test_a_list_of_suppliers_becomes_ranked_terms(northwind_2007: Callable[..., Ran]) -> None:
    several = {
        row["product_name"]: row["supplier_ids"]
        for row in rows_of("northwind-2007/products.csv")
        if ";" in row["supplier_ids"]
    }
    terms: dict[str, list[tuple[int, str]]] = {}
    for each in northwind_2007("terms", "list", "--json").json:
        terms.setdefault(each["item"], []).append(
            (each["rank"], each["vendor"].removeprefix("Supplier "))
        )
    assert several
    for name, ids in several.items():
        assert sorted(terms[name]) == [
            (n, "ABCDEFGHIJ"[int(each) - 1]) for n, each in enumerate(ids.split(";"), 1)
        ]


def test_two_products_of_one_code_stay_two(northwind_2007: Callable[..., Ran]) -> None:
    file = {row["id"]: row for row in rows_of("northwind-2007/products.csv")}
    assert file["6"]["product_code"] == file["20"]["product_code"]
    names = {item["sku"]: item["name"] for item in northwind_2007("item", "list", "--json").json}
    assert {sku: names[sku] for sku in ("6", "20")} == {
        sku: file[sku]["product_name"] for sku in ("6", "20")
    }


def test_orders_fill_to_the_target_and_no_less_than_the_minimum(
    northwind_2007: Callable[..., Ran],
) -> None:
    file = {
        row["id"]: row
        for row in rows_of("northwind-2007/products.csv")
        if row["discontinued"] == "0"
    }
    lines = {line["item"]: line for line in northwind_2007("reorder", "--json").json}
    assert lines.keys() == file.keys()
    for sku, line in lines.items():
        least = int(file[sku]["minimum_reorder_quantity"] or 1)
        assert line["quantity"] == max(least, int(file[sku]["target_level"])), line["why"]


def test_purchase_orders_add_up_to_the_cent(northwind_2007: Callable[..., Ran]) -> None:
    sums: dict[str, Decimal] = {}
    for row in rows_of("northwind-2007/purchase_order_details.csv"):
        sums[row["purchase_order_id"]] = sums.get(row["purchase_order_id"], Decimal(0)) + Decimal(
            row["quantity"]
        ) * Decimal(row["unit_cost"])
    assert summary(northwind_2007(*ORDERS)) == "28 added, 0 changed, 0 unchanged."
    assert (
        summary(northwind_2007("line", "import", "purchase_order_details.csv"))
        == "55 added, 0 changed, 0 unchanged."
    )
    totals = {
        order["reference"]: Decimal(order["total"])
        for order in northwind_2007("order", "list", "--json").json
    }
    assert totals == {number: sums.get(number, Decimal(0)) for number in totals}
    assert totals.keys() >= sums.keys()
    again = [
        summary(northwind_2007(*words))
        for words in (ORDERS, ("line", "import", "purchase_order_details.csv"))
    ]
    assert again == ["0 added, 0 changed, 28 unchanged.", "0 added, 0 changed, 55 unchanged."]


def test_an_order_is_received_when_all_its_lines_are(northwind_2007: Callable[..., Ran]) -> None:
    northwind_2007(*ORDERS)
    northwind_2007("line", "import", "purchase_order_details.csv")
    came: dict[str, list[bool]] = {}
    for row in rows_of("northwind-2007/purchase_order_details.csv"):
        came.setdefault(row["purchase_order_id"], []).append(bool(row["date_received"]))
    for order in northwind_2007("order", "list", "--json").json:
        lines = came.get(order["reference"], [])
        if any(lines):
            assert order["status"] == ("received" if all(lines) else "partly_received")
        else:
            assert order["status"] in {"sent", "approved"}


def test_a_history_of_transactions_becomes_moves(northwind_2007: Callable[..., Ran]) -> None:
    mapping = {
        "transaction_type": "kind:1=receive,2=use,3=use",
        "product_id": "item",
        "transaction_created_date": "day",
    }
    words = ["move", "import", "inventory_transactions.csv", *chosen(mapping)]
    assert summary(northwind_2007(*words)) == "102 added, 0 changed, 0 unchanged."
    assert summary(northwind_2007(*words)) == "0 added, 0 changed, 102 unchanged."
    wanted: Counter[str] = Counter()
    for row in rows_of("northwind-2007/inventory_transactions.csv"):
        wanted[row["product_id"]] += int(row["quantity"]) * (
            1 if row["transaction_type"] == "1" else -1
        )
    items = northwind_2007("item", "list", "--json").json
    assert {item["sku"]: item["on_hand"] for item in items} == {
        item["sku"]: wanted[item["sku"]] for item in items
    }
    days = {move["day"][:4] for move in northwind_2007("move", "list", "--json").json}
    assert days == {"2006"}


# -- a medical warehouse -----------------------------------------------------------------------------------


class Warehouse(NamedTuple):
    """The OpenBoxes demo, imported by its own files, and what its own files say."""

    cli: Cli
    stock: dict[str, list[dict[str, str]]]

    def reordered(self) -> dict[str, dict[str, Any]]:
        """The reorder sheet by product code."""
        return {line["item"]: line for line in done(self.cli("reorder", "--json")).json}


@pytest.fixture
def warehouse(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.chdir(officeops_home)
    folder = DATA / "openboxes-demo"
    names = dict.fromkeys(
        row["Supplier Name"] for row in rows_of("openboxes-demo/productSuppliers.csv")
    )
    Path("vendors.csv").write_text("\n".join(["name", *names]) + "\n", encoding="utf-8")
    done(cli("init", "--name", "Main Warehouse"))
    done(cli("vendor", "import", "vendors.csv"))
    without_vendors = cli("item", "import", str(folder / "products.csv"))
    assert without_vendors.code == PARTLY
    assert "57 rows with a price" in without_vendors.err
    assert (
        summary(cli("terms", "import", str(folder / "productSuppliers.csv")))
        == "38 added, 0 changed, 0 unchanged."
    )
    # Warehouses share names of bins; an office has each once.
    taken(cli("location", "import", str(folder / "binLocations.csv")))
    levels = cli("item", "import", str(folder / "inventoryLevels.csv"), "--update", "--key", "sku")
    assert summary(levels) == "0 added, 52 changed, 0 unchanged."
    stock = (
        "move",
        "import",
        str(folder / "mainWarehouseInventory.csv"),
        "--map",
        "Product code=item",
    )
    assert summary(cli(*stock)) == "57 added, 0 changed, 0 unchanged."
    by_code: dict[str, list[dict[str, str]]] = {}
    for row in rows_of("openboxes-demo/mainWarehouseInventory.csv"):
        by_code.setdefault(row["Product code"], []).append(row)
    return Warehouse(cli, by_code)


def american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)


def test_lots_and_their_ends_arrive(warehouse: Warehouse) -> None:
    lots = {
        (lot["number"], lot["expires_on"], lot["on_hand"])
        for lot in warehouse.cli("lot", "list", "--json").json
    }
    rows = [row for rows in warehouse.stock.values() for row in rows if row["Lot number"]]
    assert lots == {
        (row["Lot number"], american(row["Expiration date"]).isoformat(), int(row["Physical QOH"]))
        for row in rows
    }
    assert len(lots) == 16


def test_levels_come_from_a_file_of_their_own_and_wipe_nothing(warehouse: Warehouse) -> None:
    items = {item["sku"]: item for item in warehouse.cli("item", "list", "--json").json}
    for row in rows_of("openboxes-demo/inventoryLevels.csv"):
        item = items[row["Product code"]]
        assert (item["reorder_point"], item["order_up_to"]) == (
            int(row["Min quantity"]),
            int(row["Max quantity"]),
        )
    categories = {
        row["ProductCode"]: row["Category"] or None
        for row in rows_of("openboxes-demo/products.csv")
    }
    assert {sku: item["category"] for sku, item in items.items()} == categories


@pytest.mark.parametrize("today", [date(2022, 1, 1), date(2024, 6, 1), date(2026, 3, 2)])
def test_an_expired_lot_counts_as_absent(
    warehouse: Warehouse, freeze_today: Callable[[date | str], None], today: date
) -> None:
    freeze_today(today)
    sheet = warehouse.reordered()
    for row in rows_of("openboxes-demo/inventoryLevels.csv"):
        code = row["Product code"]
        good = [
            each
            for each in warehouse.stock[code]
            if not each["Expiration date"] or american(each["Expiration date"]) >= today
        ]
        usable = sum(int(each["Physical QOH"]) for each in good)
        if usable <= int(row["Min quantity"]):
            assert sheet[code]["usable"] == usable, code
        elif not any(each["Expiration date"] for each in good):
            assert code not in sheet


def test_an_item_whose_whole_stock_expired_is_ordered_in_whole_packs(
    warehouse: Warehouse, freeze_today: Callable[[date | str], None]
) -> None:
    freeze_today("2026-03-02")
    line = warehouse.reordered()["QX419"]
    assert (line["usable"], line["position"], line["packs"], line["pack_size"]) == (0, 0, 98, 980)
    assert line["quantity"] >= line["order_up_to"]
    freeze_today("2022-01-01")
    assert "QX419" not in warehouse.reordered()


def test_a_whole_office_survives_export_and_import(
    warehouse: Warehouse, officeops_home: Path
) -> None:
    nouns = ("location", "vendor", "item", "pack", "terms")
    there = type(warehouse.cli)(officeops_home / "other.db")
    done(there("init", "--name", "Other"))
    for form in ("csv", "xlsx", "json"):
        for noun in nouns:
            done(warehouse.cli(noun, "export", f"{noun}.{form}"))
            done(there(noun, "import", f"{noun}.{form}"))
    for noun in nouns:
        done(there(noun, "export", "again.csv"))
        # Stock opens by lot and shelf, not by item: what is on hand is not of the item's own columns.
        assert plainly("again.csv") == plainly(f"{noun}.csv"), noun


def plainly(file: str) -> list[dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as text:
        return [
            {name: value for name, value in row.items() if name != "on_hand"}
            for row in csv.DictReader(text)
        ]


# -- the FDA's devices -------------------------------------------------------------------------------------

DEVICES = {
    "PrimaryDI": "sku",
    "brandName": "name",
    "deviceDescription": "description",
    "companyName": "category",
}
DEVICES |= {"catalogNumber": "", "expirationDate": ""}


def tidy(text: str) -> str | None:
    """One line as an office keeps it."""
    return " ".join(text.replace("\u00ad", "").split()) or None


def tidy_lines(text: str) -> str | None:
    """Lines as an office keeps them."""
    lines = [tidy(line) or "" for line in re.split("\r\n|\r|\n", text)]
    return "\n".join(lines).strip("\n") or None


@pytest.fixture
def devices(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.chdir(officeops_home)
    taken(cli("item", "import", str(DATA / "gudid-slice" / "device.psv"), *chosen(DEVICES)))
    return cli


def test_devices_arrive_as_they_are_written(devices: Cli) -> None:
    file = {row["PrimaryDI"]: row for row in rows_of("gudid-slice/device.psv", "|")}
    items = {item["sku"]: item for item in devices("item", "list", "--json").json}
    assert items.keys() == file.keys()
    for code, row in file.items():
        item = items[code]
        assert item["name"] == tidy(row["brandName"])
        assert item["category"] == tidy(row["companyName"])
        assert item["description"] == tidy_lines(row["deviceDescription"])
    texts = [
        str(item[name] or "")
        for item in items.values()
        for name in ("name", "description", "category")
    ]
    assert any(not text.isascii() for text in texts)
    assert any("\n" in text for text in texts)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_devices_survive_export_and_import(devices: Cli, officeops_home: Path, form: str) -> None:
    # As descriptions elsewhere in that database begin; a spreadsheet would run them as formulas.
    for n, text in enumerate(
        ("+1.50 D lens", "-", "-3", "=1+1", "@home", "'+quoted", "'plain", "+-=")
    ):
        done(
            devices(
                "item", "add", "--sku", f"X{n}", "--name", text, "--description", f"{text}\n{text}"
            )
        )
    done(devices("item", "export", f"devices.{form}"))
    done(devices("item", "export", "before.csv"))
    there = type(devices)(officeops_home / "other.db")
    assert (
        summary(there("item", "import", f"devices.{form}"))
        == "4,336 added, 0 changed, 0 unchanged."
    )
    done(there("item", "export", "after.csv"))
    assert Path("after.csv").read_bytes() == Path("before.csv").read_bytes()


def test_identifiers_without_a_size_are_refused_row_by_row_and_come_in_with_one(
    devices: Cli,
) -> None:
    file = DATA / "gudid-slice" / "identifiers.psv"
    words = chosen(
        {"PrimaryDI": "item", "deviceId": "barcode", "deviceIdType": "name", "pkgQuantity": "size"}
    )
    refused = devices("pack", "import", str(file), *words, "--json")
    assert refused.code == 1
    assert {(bad["column"], bad["reason"]) for bad in refused.json["bad"]} == {
        ("pkgQuantity", "is needed")
    }
    assert len(refused.json["bad"]) == len(rows_of("gudid-slice/identifiers.psv", "|"))
    mended = [line.split("|") for line in file.read_text(encoding="utf-8").splitlines()]
    text = "\n".join("|".join([*row[:5], row[5] or "1", *row[6:]]) for row in mended)
    Path("mended.psv").write_text(text, encoding="utf-8")
    assert (
        summary(devices("pack", "import", "mended.psv", *words))
        == f"{len(mended) - 1:,} added, 0 changed, 0 unchanged."
    )
    assert [hit["name"] for hit in devices("search", "00630414601786", "--json").json]


# -- files that break readers ------------------------------------------------------------------------------


def torture() -> Iterable[str]:
    """The names of the CSV torture files."""
    return sorted(path.stem for path in (DATA / "csv-spectrum" / "csvs").glob("*.csv"))


@pytest.mark.parametrize("name", torture())
def test_torture_files_end_in_a_sentence(cli: Cli, name: str) -> None:
    path = DATA / "csv-spectrum" / "csvs" / f"{name}.csv"
    read = json.loads((DATA / "csv-spectrum" / "json" / f"{name}.json").read_text(encoding="utf-8"))
    expected: list[dict[str, str]] = read if isinstance(read, list) else [read]
    unmapped = cli("item", "import", str(path), "--dry-run")
    assert unmapped.code == 2
    assert "--map" in unmapped.err
    first, second = list(expected[0])[:2]
    ran = cli(
        "item",
        "import",
        str(path),
        "--dry-run",
        "--map",
        f"{first}=sku",
        "--map",
        f"{second}=name",
        "--json",
    )
    filled = [row for row in expected if row[first].strip() and row[second].strip()]
    assert (ran.json["added"], ran.json["kept"]) == (len(filled), False)
    assert cli("item", "list", "--json").json == []
