"""Stock and archived items: nothing new comes in, and what is there is counted down and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import archive_record
from officeops_inventory.model import Move
from officeops_inventory.stock.actions import receive, use, waste

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.testing import Cli


def on_hand(shop: Shop) -> int:
    sql = "SELECT ifnull(sum(quantity), 0) FROM inventory_stock WHERE item_id = ?"
    return int(shop.office.value(sql, shop.gloves.id))


def put_away(shop: Shop) -> None:
    """Archive the gloves as they are, with stock: other programs and older files do so."""
    with shop.office.acting("test.archive"):
        sql = "UPDATE inventory_item SET archived_at = '2026-03-01T00:00:00.000Z' WHERE id = ?"
        shop.office.store.db.execute(sql, [shop.gloves.id])


def test_an_archived_item_receives_nothing_and_is_ordered_by_nobody(shop: Shop, cli: Cli) -> None:
    order = shop.draft()
    archive_record(shop.office, shop.gloves)
    for words in (
        ("item", "receive", "GLV-M", "--quantity", "5"),
        ("order", "add-line", order.human_key, "--item", "GLV-M", "--packs", "1"),
        ("count", "Main", "GLV-M=5"),
    ):
        ran = cli(*words)
        assert (ran.code, "unarchive" in ran.err) == (1, True), (words, ran)
    assert on_hand(shop) == 0
    assert cli("count", "Main", "GLV-M=0").code == 0


def test_what_an_archived_item_has_can_be_used_counted_and_taken_back(shop: Shop, cli: Cli) -> None:
    office = shop.office
    office.do(receive, shop.gloves, quantity=9)
    put_away(shop)
    gloves = office.get(type(shop.gloves), shop.gloves.id)
    office.do(use, gloves, quantity=2)
    undo(office)
    office.do(waste, gloves, quantity=1, reason="Dropped")
    assert on_hand(shop) == 8
    assert cli("count", "Main", "GLV-M=5").code == 0
    with pytest.raises(Refused, match="is archived"):
        office.do(receive, gloves, quantity=1)
    assert cli("count", "Main", "GLV-M=0").code == 0
    assert on_hand(shop) == 0
    assert cli("undo").code == 0
    assert on_hand(shop) == 5
    last = max(move.id for move in office.all(Move))
    assert office.get(Move, last).kind == "reversal"
