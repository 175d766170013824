"""An office with a plugin whose people have sealed fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.without_shipped import shipped, two_plugins

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

__all__ = ["shipped", "two_plugins"]

from tests.sealing.staff import PLUGIN


@pytest.fixture
def staff(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office with the plugin; commands find it too."""
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "staff")
    return office_factory(files={"staff": PLUGIN})
