"""A medical warehouse, the demo of OpenBoxes: lots and levels arrive, and expired stock counts as absent."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from tests.real_data.sets import DATA, built, copied, counts, done, rows_of, taken

from officeops.model.exit_codes import PARTLY

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli


class Warehouse(NamedTuple):
    """The OpenBoxes demo, imported by its own files, and what its own files say."""

    cli: Cli
    stock: dict[str, list[dict[str, str]]]

    def reordered(self) -> dict[str, dict[str, Any]]:
        """The reorder sheet by product code."""
        return {line["item"]: line for line in done(self.cli("reorder", "--json")).json}


def bring_everything(cli: Cli) -> None:
    """Begin the office and import all files of the warehouse into it."""
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
    assert counts(cli("terms", "import", str(folder / "productSuppliers.csv"))) == (38, 0, 0)
    # Warehouses share names of bins; an office has each once.
    taken(cli("location", "import", str(folder / "binLocations.csv")))
    levels = cli("item", "import", str(folder / "inventoryLevels.csv"), "--update", "--key", "sku")
    assert counts(levels) == (0, 52, 0)
    stock = (
        "move",
        "import",
        str(folder / "mainWarehouseInventory.csv"),
        "--map",
        "Product code=item",
    )
    assert counts(cli(*stock)) == (57, 0, 0)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("warehouse"), bring_everything)


@pytest.fixture
def warehouse(imported: Path, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    monkeypatch.chdir(officeops_home)
    cli = copied(imported, officeops_home)
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
    nouns = ("location", "vendor", "item", "pack", "terms", "lot", "stock-move")
    there = type(warehouse.cli)(officeops_home / "other.db")
    done(there("init", "--name", "Other"))
    for form in ("csv", "xlsx", "json"):
        for noun in nouns:
            done(warehouse.cli(noun, "export", f"{noun}.{form}"))
            done(there(noun, "import", f"{noun}.{form}"))
    for noun in nouns:
        done(there(noun, "export", "again.csv"))
        assert plainly("again.csv") == plainly(f"{noun}.csv"), noun


def plainly(file: str) -> list[dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
