"""The attacks run one after the other, whatever else runs beside them; their helpers are the package `tests.reliability`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the attacks in one process, so that they do not slow each other down."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("reliability"))


@pytest.fixture(autouse=True)
def _inventory_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "inventory")


@pytest.fixture
def seed() -> int:
    """The seed of this run: printed with a test that fails, replayed by OFFICEOPS_SEED."""
    from tests.reliability.processes import seed as drawn

    number = drawn()
    print(f"OFFICEOPS_SEED={number}")
    return number


@pytest.fixture
def preloading() -> Callable[..., Mapping[str, str]]:
    """Make environments with a library preloaded; without a compiler the test is skipped, and fails in CI."""
    from tests.reliability.shims import NO_COMPILER, NoCompiler, library
    from tests.reliability.shims import preloading as environment

    try:
        library("record")
    except NoCompiler:
        if os.environ.get("CI"):
            pytest.fail(NO_COMPILER)
        pytest.skip(NO_COMPILER)
    return environment
