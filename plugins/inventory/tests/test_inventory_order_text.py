"""An order can be read and handed over: its lines in show and JSON, and its text as a vendor wants it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from officeops.core import Facts
from officeops.generic import edit_record
from officeops.plain_text import WIDTH, width_of, wrapped
from officeops_inventory.model import Item, Line, Order, Terms
from officeops_inventory.order_life import ORDER
from officeops_inventory.order_text import order_text

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.testing import Cli


@pytest.fixture
def ready(shop: Shop) -> Order:
    """An order of two lines, one of them without a price, of an office and a vendor that are known."""
    office = shop.office
    with office.acting("test"):
        office.edit(next(office.all(Terms)), vendor_sku="AC-77")
        office.add(Facts(name="Elm Street", address="12 Elm Street\nSpringfield", phone="555-0100"))
    office.forget_facts()
    changes = {
        "account_number": "4411-2",
        "address": "9 Harbor Rd",
        "phone": "555-0199",
        "email": "orders@acme.example",
    }
    edit_record(office, shop.acme, changes)
    order = shop.draft((shop.gloves, 3), (shop.vaccine, 5))
    edit_record(office, order, {"note": "Ring twice."})
    return order


def text(shop: Shop, order: Order) -> str:
    return "\n".join(order_text(shop.office, shop.office.get(Order, order.id)))


def test_the_text_has_what_a_vendor_wants(shop: Shop, ready: Order) -> None:
    printed = text(shop, ready)
    for part in (
        "PURCHASE ORDER PO-1", "Elm Street", "12 Elm Street", "Springfield", "555-0100",
        "Acme", "9 Harbor Rd", "555-0199", "orders@acme.example", "Our account 4411-2",
        "AC-77", "Gloves M", "box of 100", "12.50", "37.50", "Vaccine", "Note: Ring twice.",
        "DRAFT", "Total USD  37.50", "and 1 line without a price",
    ):  # fmt: skip
        assert part in printed, part
    assert "0.00" not in printed.replace("100.00", "")
    assert all(width_of(line) <= WIDTH and line == line.rstrip() for line in printed.split("\n"))


@pytest.mark.parametrize("state", ORDER.states)
def test_the_text_of_an_order_in_any_state_says_what_it_is(shop: Shop, ready: Order, state: str) -> None:
    with shop.office.acting("test"):
        shop.office.edit(ready, managed=True, status=state)
    printed = text(shop, ready)
    assert ("***" in printed) == (state in {"draft", "cancelled", "closed"})
    assert ("CANCELLED" in printed) == (state == "cancelled")


words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=90)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=words, sku=words, note=words, packs=st.integers(1, 1_000_000))
def test_nothing_is_cut_off_and_no_line_is_too_wide(
    shop: Shop, ready: Order, name: str, sku: str, note: str, packs: int
) -> None:
    office = shop.office
    with office.acting("test"):
        office.edit(office.get(Item, shop.gloves.id), name=name)
        office.edit(next(office.all(Terms)), vendor_sku=sku)
        office.edit(office.get(Order, ready.id), note=note)
        office.edit(office.get(Line, 1), packs=packs)
    lines = text(shop, ready).split("\n")
    assert all(width_of(line) <= WIDTH for line in lines)
    assert f"{packs:,}" in "".join(lines)
    whole = "".join("".join(lines).split())
    assert "".join(sku[:10]) in whole


@given(words, st.integers(2, 40))
def test_wrapping_loses_nothing(word: str, width: int) -> None:
    lines = wrapped(f"{word} {word}", width)
    assert "".join("".join(lines).split()) == word * 2
    assert all(width_of(line) <= max(width, 2) for line in lines)


def test_show_has_the_lines_for_people_and_scripts(ready: Order, cli: Cli) -> None:
    assert ready.id == 1
    told = cli("order", "show", "PO-1")
    assert told.code == 0
    for part in ("AC-77", "Gloves M", "box of 100", "12.50", "37.50", "—", "Total 37.50 and 1 line without a price"):
        assert part in told.out, part
    shown = json.loads(cli("order", "show", "PO-1", "--json").out)
    assert (shown["total"], shown["unpriced"], shown["lines"]) == ("37.50", 1, 2)
    first, second = shown["order_lines"]
    assert (first["vendor_sku"], first["packs"], first["package"], first["price"]) == (
        "AC-77",
        3,
        "box of 100",
        "12.50",
    )
    assert (first["amount"], second["amount"], second["price"], second["vendor_sku"]) == ("37.50", None, None, None)
    printed = cli("order", "text", "PO-1")
    assert (printed.code, "PURCHASE ORDER PO-1" in printed.out, "\x1b" in printed.out) == (0, True, False)
    assert "1 line has no vendor SKU" in printed.err
    assert cli("order", "text", "PO-9").code == 1
    assert cli("vendor", "text", "Acme").code == 2
