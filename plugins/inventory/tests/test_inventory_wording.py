"""What actions on stock and orders answer: the record, what happened, and what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops_inventory.model import Line
from officeops_inventory.purchasing.order_lines import add_line, change
from officeops_inventory.purchasing.orders import approve, close_short, send
from officeops_inventory.purchasing.receipts import receive as receive_order
from officeops_inventory.stock.actions import adjust, receive, transfer, use

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


def test_stock_actions_say_what_is_left(shop: Shop) -> None:
    do = shop.office.do
    assert do(receive, shop.gloves, quantity=5) == "Gloves M: 5 gloves received; 5 on hand at Main."
    assert do(use, shop.gloves, quantity=1) == "Gloves M: 1 glove used; 4 on hand at Main."
    adjusted = do(adjust, shop.gloves, quantity=2, reason="found")
    assert adjusted == "Gloves M: +2 gloves; 6 on hand at Main."
    carried = do(transfer, shop.gloves, quantity=3, to_location_id=shop.exam.id)
    assert carried == "Gloves M: 3 gloves carried to Exam 1; 3 on hand at Main."
    with pytest.raises(Refused) as refused:
        do(use, shop.gloves, quantity=9, location_id=shop.main.id)
    assert str(refused.value) == (
        "Gloves M: quantity: only 3 on hand at Main, not 9. "
        "There are 3 at Exam 1; name one with --location"
    )


def test_order_actions_say_what_the_order_comes_to(shop: Shop) -> None:
    do = shop.office.do
    order = shop.draft((shop.gloves, 2))
    added = do(add_line, order, item_id=shop.vaccine.id, packs=3)
    assert str(added) == (
        "PO-1: 3 doses of Vaccine added (line #2). Acme has no terms for it, so it has no price."
    )
    vaccine = shop.office.get(Line, 2)
    assert do(change, vaccine, packs=0) == "Vaccine is not ordered this time."
    assert do(approve, order) == "PO-1 is approved: 1 line, 25.00."
    assert do(send, order) == "PO-1 is sent; it is expected on 2026-03-09."
    part = do(receive_order, order, item_id=shop.gloves.id, quantity=150)
    assert part == "Gloves M: 150 gloves received at Main. PO-1 is partly received."
    closed = do(close_short, order)
    assert closed == "PO-1 is closed, 18.75; cancelled: 50 gloves of Gloves M."
