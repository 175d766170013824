"""An office with the vendors on and a stopped clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TODAY = date(2026, 3, 2)


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Office:
    freeze_today(TODAY)
    opened = office_factory("vendors")
    assert not opened.plugins.troubles
    return opened


@pytest.fixture
def acme(office: Office) -> Vendor:
    with office.acting("test.setup"):
        return office.add(Vendor(name="Acme", code="A1"))


@pytest.fixture
def insurance(office: Office, acme: Vendor) -> Document:
    """A certificate that ends in 30 days."""
    with office.acting("test.setup"):
        return office.add(
            Document(
                vendor_id=acme.id,
                kind="insurance",
                number="C-1",
                issued_on=date(2025, 4, 1),
                expires_on=date(2026, 4, 1),
            )
        )
