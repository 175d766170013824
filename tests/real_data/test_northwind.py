"""Northwind: from two exported tables to orders that are received, by the installed command in processes of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.real_data.sets import DATA, chosen, rows_of

from officeops.model.exit_codes import PARTLY

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
    assert "0 added, 0 changed, 29 unchanged" in same
    # What was received since is no longer what the file says.
    again = shell("item", "import", products, code=PARTLY).stderr
    assert "Items: 0 added, 0 changed, 75 unchanged, 2 different" in again
    assert "2 rows say other stock" in again
    assert (shell.json("line", "list"), shell.json("item", "list")) == were
    assert [entry["record"] for entry in shell.json("history", "--limit", "2")] == ["", ""]
