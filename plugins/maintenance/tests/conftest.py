"""An office with maintenance on, a stopped clock, and one unit whose category demands a test."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment

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
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "maintenance,vendors,inventory")


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Office:
    freeze_today(TODAY)
    opened = office_factory("maintenance", "vendors", "inventory")
    assert not opened.plugins.troubles
    return opened


@pytest.fixture
def autoclave(office: Office) -> Equipment:
    """A unit that returns to service by the checklist of its category alone, signed by another."""
    checklist, item = office.record("core.checklist"), office.record("core.checklist-item")
    with office.acting("test.setup"):
        test = office.add(checklist(name="Autoclave return"))
        office.add(item(checklist_id=test.id, text="Spore test"))
        category = Category(
            name="Autoclave", release_checklist_id=test.id, release_second_sign=True
        )
        kept = office.add(category)
        return office.add(Equipment(name="Autoclave 1", category_id=kept.id))
