"""An order can be read and handed over: its lines in show and JSON, and its text as a vendor wants it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.core.office_record import Facts
from officeops.exchange.paper.plain import text_lines
from officeops.model.text_folding import seems_blank
from officeops.office.crud import edit_record
from officeops.values.plain_text import WIDTH, width_of, wrapped
from officeops_inventory.declared.order_lifecycle import ORDER
from officeops_inventory.model import Item, Line, Order, Terms
from officeops_inventory.purchasing.order_text import order_page
from officeops_inventory.purchasing.orders import approve, send
from officeops_inventory.purchasing.receipts import receive
from officeops_vendors.contacts import Account, Address, Contact, Phone
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops import Office
    from officeops.testing import Cli


def order_text(office: Office, order: Order) -> list[str]:
    """Return the order as its vendor reads it, line by line."""
    return list(text_lines(order_page(office, order)))


@pytest.fixture
def ready(shop: Shop) -> Order:
    """An order of two lines, one of them without a price, of an office and a vendor that are known."""
    office = shop.office
    with office.acting("test"):
        office.edit(next(office.all(Terms)), vendor_sku="AC-77")
        office.add(Facts(name="Elm Street", address="12 Elm Street\nSpringfield", phone="555-0100"))
    office.forget_facts()
    edit_record(office, shop.acme, {"email": "orders@acme.example"})
    acme = shop.acme.id
    with office.acting("test"):
        office.add(Account(vendor_id=acme, number="4411-2"))
        office.add(Address(vendor_id=acme, address="PO Box 9", kind="remit_to"))
        office.add(Address(vendor_id=acme, address="9 Harbor Rd"))
        office.add(Phone(vendor_id=acme, number="555-0188", kind="fax"))
        office.add(Phone(vendor_id=acme, number="555-0199"))
        office.add(Contact(vendor_id=acme, name="Dana Ortiz", call_for="orders, returns"))
    order = shop.draft((shop.gloves, 3), (shop.vaccine, 5))
    edit_record(office, order, {"note": "Ring twice."})
    return order


def text(shop: Shop, order: Order) -> str:
    return "\n".join(order_text(shop.office, shop.office.get(Order, order.id)))


def test_the_text_has_what_a_vendor_wants(shop: Shop, ready: Order) -> None:
    printed = text(shop, ready)
    for part in (
        "PURCHASE ORDER PO-1", "Elm Street", "12 Elm Street", "Springfield", "555-0100",
        "Acme", "Attn Dana Ortiz", "9 Harbor Rd", "Phone 555-0199", "Fax 555-0188", "orders@acme.example", "Our account 4411-2",
        "AC-77", "Gloves M", "box of 100", "12.50", "37.50", "Vaccine", "Note: Ring twice.",
        "DRAFT", "Total USD  37.50", "and 1 line without a price",
    ):  # fmt: skip
        assert part in printed, part
    assert "0.00" not in printed.replace("100.00", "")
    assert all(width_of(line) <= WIDTH and line == line.rstrip() for line in printed.split("\n"))


def in_state(shop: Shop, order: Order, state: str) -> None:
    """Put an order into a state, whatever its lifecycle says of the way there."""
    with shop.office.acting("test"), shop.office.store.db.checked("inventory_order"):
        shop.office.store.db.execute(
            "UPDATE inventory_order SET status = ? WHERE id = ?", (state, order.id)
        )


@pytest.mark.parametrize("state", ORDER.states)
def test_the_text_of_an_order_in_any_state_says_what_it_is(
    shop: Shop, ready: Order, state: str
) -> None:
    in_state(shop, ready, state)
    printed = text(shop, ready)
    assert ("***" in printed) == (state in {"draft", "cancelled", "closed"})
    assert ("CANCELLED" in printed) == (state == "cancelled")


# A lone mark, such as a cedilla, counts as blank, and no item may be called so.
words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=90
).filter(lambda word: not seems_blank(word))


@tried(20)
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


def test_a_sent_order_keeps_the_vendor_sku_it_was_sent_with(
    shop: Shop, ready: Order, cli: Cli
) -> None:
    """While it is ours its terms tell; a SKU that was drafted outlives them; what was sent stays as it was sent."""
    office, terms = shop.office, next(shop.office.all(Terms))
    edit_record(office, terms, {"vendor_sku": "AC-78"})
    assert "AC-78" in text(shop, ready)
    office.do(approve, office.get(Order, ready.id), without_prices=True)
    edit_record(office, office.get(Terms, terms.id), {"vendor_sku": "AC-79"})
    office.do(send, office.get(Order, ready.id))
    edit_record(office, office.get(Terms, terms.id), {"vendor_sku": "CHANGED"})
    assert "AC-79" in text(shop, ready)
    with office.acting("test"):
        office.archive(office.get(Terms, terms.id))
    printed = text(shop, ready)
    assert "AC-79" in printed
    assert "CHANGED" not in printed
    lines = json.loads(cli("order", "show", "PO-1", "--json").out)["order_lines"]
    assert [line["vendor_sku"] for line in lines] == ["AC-79", None]


def test_a_drafted_sku_outlives_its_terms_and_no_other_vendors_sku_stays(
    shop: Shop, ready: Order
) -> None:
    office = shop.office
    with office.acting("test"):
        other = office.add(Vendor(name="Beta"))
        office.archive(next(office.all(Terms)))
    assert "AC-77" in text(shop, ready)
    edit_record(office, office.get(Order, ready.id), {"vendor_id": other.id})
    assert "AC-77" not in text(shop, ready)


def test_every_way_to_a_line_keeps_the_sku(shop: Shop, cli: Cli) -> None:
    """By hand, from the reorder sheet, from a file of lines and from a stock sheet: archived terms take no SKU away."""
    office = shop.office
    edit_record(office, next(office.all(Terms)), {"vendor_sku": "AC-77"})
    edit_record(office, office.get(Item, shop.gloves.id), {"reorder_point": 10, "order_up_to": 500})
    assert cli("reorder", "draft").code == 0
    cli(
        "order",
        "import",
        "-",
        typed="PO Number,Vendor,Status,Order date\n77,Acme,sent,2026-02-20\n",
    )
    typed = "PO,Item,Qty,Pack,Pack size,Unit cost\n77,GLV-M,3,box,100,9\n"
    assert cli("line", "import", "-", typed=typed).code in {0, 5}
    sheet = "SKU,Name,Vendor,Vendor SKU,Price,On order\nN,New,Acme,AC-1,4,8\n"
    assert cli("item", "import", "-", typed=sheet).code == 0
    shop.draft((shop.gloves, 1))
    with office.acting("test"):
        for terms in list(office.all(Terms)):
            office.archive(terms)
    skus = [row["vendor_sku"] for row in cli("line", "list", "--json").json]
    assert sorted(map(str, skus)) == ["AC-1", "AC-77", "AC-77", "AC-77"]


def test_the_paper_says_what_was_ordered_though_more_came(shop: Shop, cli: Cli) -> None:
    order = shop.draft((shop.gloves, 2))
    shop.office.do(approve, order)
    shop.office.do(send, order)
    shop.office.do(receive, order, quantity=500, over=True)
    printed = text(shop, order)
    assert "62.50" not in printed
    assert printed.count("25.00") == 2  # the line's amount and the total
    assert json.loads(cli("order", "show", "PO-1", "--json").out)["total"] == "62.50"


def test_the_cure_for_a_missing_account_and_sku_can_be_typed(shop: Shop, cli: Cli) -> None:
    edit_record(shop.office, shop.acme, {"name": "Acme & Sons"})
    order = shop.draft((shop.gloves, 2), (shop.vaccine, 1))
    said = cli("order", "text", f"PO-{order.id}").err
    cures = [
        shlex.split(part.partition(": officeops ")[2])
        for part in said.splitlines()
        if ": officeops " in part
    ]
    typed = {"ADDRESS": "1 Elm", "NUMBER": "44", "SKU": "S-1"}
    cures = [cure for cure in cures if cure[0] != "settings"]
    assert len(cures) == 2
    for cure in cures:
        assert cli(*(typed.get(word, word) for word in cure)).code == 0, cure
    again = cli("order", "text", f"PO-{order.id}")
    assert "S-1" in again.out
    [left] = [part for part in again.err.splitlines() if "terms" in part]
    cure = shlex.split(left.partition(": officeops ")[2])
    assert cure[:2] == ["vendor-terms", "add"]
    assert cli(*(typed.get(word, word) for word in cure)).code == 0


def test_show_has_the_lines_for_people_and_scripts(ready: Order, cli: Cli) -> None:
    assert ready.id == 1
    told = cli("order", "show", "PO-1")
    assert told.code == 0
    for part in (
        "AC-77",
        "Gloves M",
        "box of 100",
        "12.50",
        "37.50",
        "—",
        "Total 37.50 and 1 line without a price",
    ):
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
    assert (first["amount"], second["amount"], second["price"], second["vendor_sku"]) == (
        "37.50",
        None,
        None,
        None,
    )
    printed = cli("order", "text", "PO-1")
    assert (printed.code, "PURCHASE ORDER PO-1" in printed.out, "\x1b" in printed.out) == (
        0,
        True,
        False,
    )
    assert "1 line has no vendor SKU" in printed.err
    assert cli("order", "text", "PO-9").code == 1
    assert cli("vendor", "text", "Acme").code == 2
