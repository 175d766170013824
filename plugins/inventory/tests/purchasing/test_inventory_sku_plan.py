"""A line's SKU is looked up among the item's few terms, not among the vendor's thousands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops_inventory.declared.ordered_sku import OF_TERMS

if TYPE_CHECKING:
    from officeops.office.office import Office

pytestmark = pytest.mark.officeops("inventory", "vendors")


def test_the_sku_of_a_pack_is_read_by_the_item(office: Office) -> None:
    asked = OF_TERMS.format(item="?1", vendor="?2", size="?3")
    plan = office.store.db.execute(f"EXPLAIN QUERY PLAN SELECT {asked}", (1, 1, 1)).fetchall()
    steps = [step for *_, step in plan if " x " in f"{step} "]
    assert len(steps) == 1
    assert "(item_id=?)" in steps[0]
