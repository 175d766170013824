"""An office with the vendors on and a stopped clock."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _without_other_plugins(officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - clears it first
    """Leave off what a test does not ask for: to make the tables of all plugins took a third of many tests."""
    if "OFFICEOPS_PLUGINS" not in os.environ:
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "vendors")


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
