"""Tests of plugins that they write themselves leave off those that ship: their tables take most of a small test.

A conftest imports both fixtures. A test that is about plugins that ship asks for `shipped`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

#: The settings that turn all of them off.
_NONE = 'enabled = []\ndisabled = ["hr", "inventory", "maintenance", "vendors"]\n'


@pytest.fixture(scope="session")
def shipped() -> None:
    """Say that a test is about plugins that ship, or beside them: it has them on."""


@pytest.fixture(autouse=True)
def without_shipped(officeops_home: Path, request: pytest.FixtureRequest) -> None:
    """Turn off those that ship, but where a test asks for them."""
    if "shipped" not in request.fixturenames:
        file = officeops_home / "config" / "officeops" / "plugins.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_NONE)
