"""What nobody knows is never shown as zero: every money column, report, sheet and text of an office without one price."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import computed
from officeops.model.declarations import Query
from officeops.values.convert import show
from officeops_inventory.model import Order

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from officeops import Record
    from officeops.model.fields import Field
    from officeops.office.office import Office
    from officeops.testing import Cli

MONEY = frozenset({"money", "price"})
LINES = """
vendor add --name Acme
item add --sku A --name Gauze --reorder-point 10 --order-up-to 20
item add --sku B --name Tape --reorder-point 10 --order-up-to 20
terms add --item A --vendor Acme
terms add --item B --vendor Acme
item receive A --quantity 5
order add --vendor Acme
order add-line PO-1 --item A --packs 2
order add --vendor Acme
order add-line PO-2 --item A --packs 2
order approve PO-2 --without-prices
order send PO-2
order receive PO-2 --item A --packs 1
order add --vendor Acme
order add-line PO-3 --item A --packs 3
order approve PO-3 --without-prices
order send PO-3
order receive PO-3 --item A --packs 1
order close-short PO-3
"""


@pytest.fixture
def priceless(cli: Cli, officeops_home: Path) -> Cli:
    """An office in which nothing has a price, with an order in several states."""
    # Without the setting the report of injuries is refused.
    settings = officeops_home / "config" / "officeops" / "officeops.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[plugins.hr]\nsafety_osha_log = true\n")
    for line in LINES.strip().splitlines():
        ran = cli(*line.split())
        assert ran.code == 0, f"{line}: {ran.err}"
    return cli


def zeros(office: Office, kinds: Iterable[type[Record]]) -> list[str]:
    """The money columns of some kinds of record that show a zero."""
    found = []
    for kind in kinds:
        fields = [
            field for field in (*kind.meta.fields, *kind.meta.computed) if field.kind.name in MONEY
        ]
        found += [
            f"{kind.meta.key}.{field.name}" for field in fields if _is_zero(office, kind, field)
        ]
    return found


def _is_zero(office: Office, kind: type[Record], field: Field) -> bool:
    values = [row[1] for row in office.select(kind, [field], Query(archived=True))]
    return any(value == 0 or show(field, value, office.ways) == "0.00" for value in values)


def test_no_money_column_shows_a_zero(priceless: Cli, office: Office) -> None:
    kinds = list(office.records.values())
    money = {
        field.kind.name for kind in kinds for field in (*kind.meta.fields, *kind.meta.computed)
    } & MONEY
    assert money == MONEY
    assert zeros(office, kinds) == []
    totals = [row["total"] for row in priceless("order", "list", "--json").json]
    assert totals == [None, None, None]


def test_the_sweep_finds_a_column_that_adds_nothing_up_to_zero(
    priceless: Cli, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert priceless
    sql = "(SELECT ifnull(sum(l.price), 0) FROM inventory_line l WHERE l.order_id = t.id)"
    monkeypatch.setattr(Order.meta, "computed", (computed("planted", sql, kind="money"),))
    assert zeros(office, [Order]) == ["inventory.order.planted"]


def test_no_list_report_sheet_or_text_says_zero(priceless: Cli, office: Office) -> None:
    said = [
        ["reorder"],
        ["reorder", "--json"],
        ["reorder", "draft", "--dry-run"],
        ["today"],
        ["today", "--json"],
    ]
    for record in office.records.values():
        if record.meta.plugin == "core" or record.meta.commandless:
            continue  # the core keeps no money, which the sweep of columns would show
        noun = record.meta.noun
        said += [[noun, "list"], [noun, "list", "--json"]]
    for number in (1, 2, 3):
        said += [["order", "show", f"PO-{number}"], ["order", "show", f"PO-{number}", "--json"]]
        said += [["order", "text", f"PO-{number}"]]
    said += [
        ["report", report.name, *more]
        for _, report in office.plugins.registered("reports")
        for more in ((), ("--json",))
    ]
    for words in said:
        ran = priceless(*words)
        assert ran.code == 0, f"{words}: {ran.err}"
        assert "0.00" not in ran.out, f"{words}: {ran.out}"
    assert "2 items" in priceless("today").out or "without a price" in priceless("today").out
    assert "1 line without a price" in priceless("order", "show", "PO-2").out
