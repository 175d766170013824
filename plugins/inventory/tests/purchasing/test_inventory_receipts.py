"""Receipts: what a line has no more of outstanding is not received again by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops_inventory.model import Item, Line
from officeops_inventory.purchasing.orders import approve, send
from officeops_inventory.purchasing.receipts import receive
from officeops_inventory.stock.ledger import on_hand

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop


def test_a_line_that_came_whole_has_nothing_outstanding(shop: Shop) -> None:
    office = shop.office
    with office.acting("test"):
        masks = office.add(Item(sku="MASK", name="Masks", base_unit="mask"))
    order = shop.draft((shop.gloves, 1), (masks, 2))
    office.do(approve, order, without_prices=True)
    office.do(send, order)
    line = next(office.all(Line, "item_id = ?", shop.gloves.id))
    office.do(receive, order, line_id=line.id)
    with pytest.raises(Refused) as refused:
        office.do(receive, order, line_id=line.id)
    assert [problem.code for problem in refused.value.problems] == ["nothing-outstanding"]
    assert on_hand(office, shop.gloves.id) == 100
