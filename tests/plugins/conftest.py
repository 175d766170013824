"""Tests of how plugins are loaded, refused and blamed write plugins of their own, and leave off those that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

#: The settings that turn all of them off: to make their tables takes most of a small test.
_NONE = 'enabled = []\ndisabled = ["hr", "inventory", "maintenance", "vendors"]\n'


@pytest.fixture(scope="session")
def shipped() -> None:
    """Say that a test is about plugins that ship, or beside them: it has them on."""


@pytest.fixture(autouse=True)
def _without_shipped(officeops_home: Path, request: pytest.FixtureRequest) -> None:
    if "shipped" not in request.fixturenames:
        file = officeops_home / "config" / "officeops" / "plugins.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_NONE)
