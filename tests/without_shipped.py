"""Tests of plugins that they write themselves leave off those that ship: their tables take most of a small test.

A conftest imports `shipped` and one of the others. A test that is about plugins that ship asks for `shipped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def shipped() -> None:
    """Say that a test is about plugins that ship, or beside them: it has them on."""


@pytest.fixture(autouse=True)
def without_shipped(officeops_home: Path, request: pytest.FixtureRequest) -> None:
    """Turn off those that ship, but where a test asks for them."""
    _turn_off(officeops_home, request, ["hr", "inventory", "maintenance", "vendors"])


@pytest.fixture(autouse=True)
def two_plugins(officeops_home: Path, request: pytest.FixtureRequest) -> None:
    """Leave the inventory and vendors on, for tests of what any plugin's records do."""
    _turn_off(officeops_home, request, ["hr", "maintenance"])


def _turn_off(home: Path, request: pytest.FixtureRequest, names: list[str]) -> None:
    if "shipped" not in request.fixturenames:
        file = home / "config" / "officeops" / "plugins.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"enabled = []\ndisabled = {names}\n")
