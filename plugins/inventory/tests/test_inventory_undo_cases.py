"""Undo of stock, orders and imports: the ledger shows it, and later work is never undone by it."""

from __future__ import annotations

import io
from itertools import count as numbers
from typing import TYPE_CHECKING, Any

import pytest
from plugins.inventory.tests.drawn_actions import follow
from plugins.inventory.tests.office_state import last, state, wrong

from officeops.exchange.formats.reading import open_table
from officeops.exchange.imports.import_table import import_table
from officeops.exchange.imports.outcome import Options
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.office.crud import add_record, edit_record
from officeops_inventory.model import Item, Line, Move, Order
from officeops_inventory.purchasing import order_lines, receipts
from officeops_inventory.stock import actions as stock
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.reversal import reverse
from officeops_vendors.model import Vendor
from officeops_vendors.vendor_actions import hold, release

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


def test_moves_are_taken_back_by_moves_and_the_ledger_shows_it(shop: Shop) -> None:
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    office.do(stock.use, shop.gloves, quantity=4, note="for Ann")
    for act in (undo, redo, undo, redo):
        act(office)
    booked = [
        (entry.kind, entry.quantity, entry.reverses_id, entry.note) for entry in office.all(Move)
    ]
    assert booked[1:] == [
        ("use", -4, None, "for Ann"),
        ("reversal", 4, 2, None),
        ("use", -4, 3, "for Ann"),
        ("reversal", 4, 4, None),
        ("use", -4, 5, "for Ann"),
    ]
    assert on_hand(office, shop.gloves.id) == 6
    assert not wrong(office)


def test_what_was_reversed_by_hand_is_not_taken_back_twice(shop: Shop) -> None:
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    office.do(stock.use, shop.gloves, quantity=4)
    used = last(office)
    office.do(reverse, office.get(Move, 2))
    with pytest.raises(Refused, match=r"Stock move #2: .*reversed since"):
        undo(office, used)
    undo(office)
    undo(office, used)
    assert on_hand(office, shop.gloves.id) == 10


def test_what_was_used_since_keeps_its_receipt(shop: Shop) -> None:
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    received = last(office)
    office.do(stock.use, shop.gloves, quantity=4)
    with pytest.raises(Refused, match=r"10 .*only 6 .*at Main"):
        undo(office, received)
    assert on_hand(office, shop.gloves.id) == 6


def test_a_file_of_moves_is_taken_back_whatever_the_order_of_its_rows(shop: Shop) -> None:
    office = shop.office
    text = (
        b"item,kind,quantity,day\nGLV-M,use,3,2026-02-02\n"
        b"GLV-M,opening,10,2026-02-01\nGLV-M,use,6,2026-02-03\n"
    )
    with open_table(None, stream=io.BytesIO(text)) as table:
        assert import_table(office, Move, table, Options()).added == 3
    undo(office)
    assert on_hand(office, shop.gloves.id) == 0
    redo(office)
    assert on_hand(office, shop.gloves.id) == 1


def test_an_import_is_taken_back_whole(shop: Shop) -> None:
    office = shop.office
    before = state(office)
    text = (
        b"sku,name,on_hand,lot,vendor,pack,pack_size,price,on_order\n"
        b"A,Masks,40,L1,Acme,box,10,2.50,20\nGLV-M,Mitts,,,,,,,\n"
    )
    with open_table(None, stream=io.BytesIO(text)) as table:
        import_table(office, Item, table, Options(update=True))
    after = state(office)
    assert office.find(Item, "GLV-M").name == "Mitts"
    undo(office)
    assert state(office) == before
    redo(office)
    assert state(office) == after


def _work(office: Office, work: Callable[[], object]) -> int:
    """The steps of SQLite's machine that some work takes, in hundreds."""
    steps = numbers()
    office.store.db.set_progress_handler(lambda: next(steps) < 0, 100)
    work()
    office.store.db.set_progress_handler(None, 0)
    return next(steps)


def test_an_import_is_taken_back_in_step_with_its_size_though_something_came_later(
    office_factory: OfficeFactory,
) -> None:
    works = []
    for size in (150, 600):
        office = office_factory("inventory", "vendors", file=f"{size}.db")
        acme, other = (add_record(office, Vendor, {"name": name}) for name in ("Acme", "Other"))
        rows = "".join(f"S{n},Item {n},5,Acme,1.25,box,10\n" for n in range(size))
        with open_table(
            None,
            stream=io.BytesIO(f"sku,name,on_hand,vendor,price,pack,pack_size\n{rows}".encode()),
        ) as table:
            assert import_table(office, Item, table, Options()).added == size
        imported = last(office)
        edit_record(office, other, {"website": "1"})
        office.do(hold, acme, reason="recall")
        office.do(release, office.get(Vendor, acme.id))
        back = _work(office, lambda: undo(office, imported))  # noqa: B023 - called at once
        edit_record(office, office.get(Vendor, other.id), {"website": "2"})
        works.append((back, _work(office, lambda: redo(office))))  # noqa: B023 - called at once
        assert len(list(office.all(Item))) == size
    small, large = works
    for few, many in zip(small, large, strict=True):
        assert many < 4.5 * few


def test_an_order_is_not_changed_behind_its_approval(shop: Shop) -> None:
    office, order = shop.office, shop.draft((shop.gloves, 2))
    added = last(office)
    line = next(office.all(Line))
    office.do(order_lines.change, line, packs=9)
    changed_at = last(office)
    follow(office, office.get(Order, order.id), "approve")
    for action_id in (added, changed_at):
        with pytest.raises(Refused, match=r"PO-1: .*draft .*approved since"):
            undo(office, action_id)
    undo(office)
    undo(office)
    assert office.get(Line, line.id).packs == 2


def test_a_receipt_is_not_taken_back_from_under_a_later_one(shop: Shop) -> None:
    office, order = shop.office, shop.draft((shop.gloves, 2), (shop.vaccine, 2))
    for verb in ("approve", "send"):
        follow(office, office.get(Order, order.id), verb)
    office.do(receipts.receive, office.get(Order, order.id), item_id=shop.gloves.id, quantity=1)
    office.do(
        receipts.receive,
        office.get(Order, order.id),
        item_id=shop.vaccine.id,
        quantity=1,
        no_lot="torn label",
    )
    first = last(office) - 1
    with pytest.raises(Refused, match=r"Stock move 2 .*receive purchase order"):
        undo(office, first)
    undo(office)
    undo(office, first)
    assert (office.get(Order, order.id).status, wrong(office)) == ("sent", [])


def test_a_second_person_takes_back_what_the_first_has_just_taken_back(shop: Shop) -> None:
    """The second of two at the gate is refused, and nothing is reversed twice."""
    office = shop.office
    office.do(stock.receive, shop.gloves, quantity=10)
    number = last(office)
    other = office.twin()
    chosen = other.store.exclusive

    def waits(note: str, *, upgrade: str = "", patience: float = 30) -> Any:  # noqa: ANN401 - the store's own context
        other.store.exclusive = chosen  # type: ignore[method-assign]
        undo(office, number)
        return chosen(note, upgrade=upgrade, patience=patience)

    other.store.exclusive = waits  # type: ignore[method-assign]
    try:
        with pytest.raises(Refused, match="was taken back already"):
            undo(other, number)
    finally:
        other.close()
    assert on_hand(office, shop.gloves.id) == 0
