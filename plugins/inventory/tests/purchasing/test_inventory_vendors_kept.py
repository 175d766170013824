"""A vendor with an open order stays in sight, and nothing more is ordered from one that is archived."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import Refused
from officeops.office.crud import archive_record, unarchive_record
from officeops_inventory.model import Order
from officeops_inventory.purchasing.orders import approve, cancel
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office
    from officeops.testing import Cli

OPEN = ("draft", "approved", "sent", "partly_received")


@pytest.mark.parametrize("status", Order.meta.by_name["status"].choices)
def test_a_vendor_with_an_open_order_is_kept(shop: Shop, status: str) -> None:
    order = shop.draft((shop.gloves, 1))
    with shop.office.acting("test.move"), shop.office.store.db.checked("inventory_order"):
        shop.office.store.db.execute(
            "UPDATE inventory_order SET status = ? WHERE id = ?", (status, order.id)
        )
    if status in OPEN:
        with pytest.raises(Refused, match="1 order to it is open"):
            archive_record(shop.office, shop.acme)
    else:
        archive_record(shop.office, shop.acme)
    assert (shop.office.get(Vendor, shop.acme.id).archived_at is None) == (status in OPEN)


def archived_with_a_draft(shop: Shop) -> Order:
    """A draft of a vendor that was archived when nobody looked."""
    order = shop.draft((shop.gloves, 1))
    with shop.office.acting("test.archive"):
        shop.office.store.db.execute(
            "UPDATE vendors_vendor SET archived_at = '2026-03-02T08:00:00.000Z'"
        )
        shop.office.expect(Vendor.meta)
    return order


def test_a_draft_of_an_archived_vendor_is_not_approved(shop: Shop) -> None:
    order = archived_with_a_draft(shop)
    with pytest.raises(Refused, match="Acme is archived"):
        shop.office.do(approve, order)
    vendor = shop.office.get(Vendor, shop.acme.id)
    unarchive_record(shop.office, vendor)
    assert "approved" in shop.office.do(approve, order)


def test_a_draft_of_an_archived_vendor_is_cancelled_all_the_same(shop: Shop) -> None:
    assert "cancelled" in str(shop.office.do(cancel, archived_with_a_draft(shop)))


def test_the_reorder_sheet_of_an_archived_vendor_says_so(office: Office, cli: Cli) -> None:  # noqa: ARG001 - sets the day
    assert cli("vendor", "add", "--name", "Gone").code == 0
    assert cli("reorder", "--vendor", "Gone", "--check").code == 0
    assert cli("vendor", "archive", "Gone").code == 0
    ran = cli("reorder", "--vendor", "Gone", "--check")
    assert ran.code == 1
    assert "Gone is archived" in ran.err
