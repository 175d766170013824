"""The attacks run one after the other, whatever else runs beside them; their helpers are the package `tests.reliability`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests import effort
from tests.effort import TIMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat every attack `OFFICEOPS_TIMES` times."""
    if TIMES > 1:
        metafunc.fixturenames.append("again")
        metafunc.parametrize("again", range(TIMES))


@pytest.fixture(autouse=True)
def _inventory_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "inventory")


@pytest.fixture
def seed() -> int:
    """The seed of this run: printed with a test that fails, replayed by OFFICEOPS_SEED."""
    return effort.seed()


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
