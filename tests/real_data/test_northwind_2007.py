"""The 2007 edition of Northwind: levels, targets, minimums, orders of three years and every move of stock."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.real_data.sets import DATA, built, chosen, copied, counts, done, rows_of, taken

from officeops.model.exit_codes import PARTLY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli, Ran


FOLDER = DATA / "northwind-2007"


def bring_vendors_and_items(cli: Cli) -> None:
    """Begin the office and import the vendors and items of the 2007 edition."""
    done(cli("init", "--name", "Northwind Traders"))
    taken(cli("vendor", "import", str(FOLDER / "suppliers.csv"), "--map", "id=code"))
    columns = {"id": "sku", "supplier_ids": "vendor"}
    taken(cli("item", "import", str(FOLDER / "products.csv"), *chosen(columns)))


@pytest.fixture(scope="module")
def traders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("traders"), bring_vendors_and_items)


@pytest.fixture
def northwind_2007(traders: Path, officeops_home: Path) -> Callable[..., Ran]:
    """An office with the vendors and items of the 2007 edition; call it to run a command, the set's files by name."""
    cli = copied(traders, officeops_home)

    def run(*words: str) -> Ran:
        return cli(*(str(FOLDER / word) if word.endswith(".csv") else word for word in words))

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
    assert counts(northwind_2007(*ORDERS)) == (28, 0, 0)
    assert counts(northwind_2007("line", "import", "purchase_order_details.csv")) == (55, 0, 0)
    totals = {
        order["reference"]: Decimal(order["total"])
        for order in northwind_2007("order", "list", "--json").json
    }
    assert totals == {number: sums.get(number, Decimal(0)) for number in totals}
    assert totals.keys() >= sums.keys()
    assert counts(northwind_2007("line", "import", "purchase_order_details.csv")) == (0, 0, 55)


def test_of_orders_that_came_since_the_file_s_state_is_named(
    northwind_2007: Callable[..., Ran],
) -> None:
    assert counts(northwind_2007(*ORDERS)) == (28, 0, 0)
    northwind_2007("line", "import", "purchase_order_details.csv")
    again = northwind_2007(*ORDERS, "--json")
    came = [
        order["reference"]
        for order in northwind_2007("order", "list", "--json").json
        if order["status"] in {"received", "partly_received"}
    ]
    assert (again.code, again.json["unchanged"]) == (PARTLY, 28 - len(came))
    differing = again.json["differing"]
    assert len(differing) == len(came)
    assert {tuple(row["columns"]) for row in differing} == {("status_id",)}


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
    assert counts(northwind_2007(*words)) == (102, 0, 0)
    assert counts(northwind_2007(*words)) == (0, 0, 102)
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
