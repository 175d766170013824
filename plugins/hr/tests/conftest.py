"""A small practice with people, pay and logins, and a stopped clock."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from plugins.hr.tests.hr_tools import crewed

from officeops_hr.people.usual_roles import add_roles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory
    from officeops_hr.people.person import Person

TODAY: Final = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _without_other_plugins(officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - clears it first
    """Leave off what a test does not ask for: to make the tables of all plugins took a third of many tests."""
    if "OFFICEOPS_PLUGINS" not in os.environ:
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "hr")


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[date | str], None]) -> Office:
    """An empty office with the usual job roles."""
    freeze_today(TODAY)
    opened = office_factory("hr")
    assert not opened.plugins.troubles
    with opened.acting("hr.add-job-roles"):
        add_roles(opened)
    return opened


@pytest.fixture
def crew(office: Office) -> dict[str, Person]:
    """The people of the practice by their logins, each with an employment, a position and pay."""
    return crewed(office)
