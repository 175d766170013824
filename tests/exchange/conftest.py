"""What the tests of imports and exports share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.exchange.sweep_tools import Demo, build_demo, found_demo
from tests.made_once import made_once, practice

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def in_home(officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the test's own folder, so that commands name their files as people do."""
    monkeypatch.chdir(officeops_home)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo that the sweeps copy: making it takes longer than most of their tests."""
    home = tmp_path_factory.mktemp("sweep")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(home))
        build = partial(build_demo, practice(tmp_path_factory))
        return found_demo(made_once(tmp_path_factory, "exchange-demo", build))


@pytest.fixture
def demo(built: Demo, officeops_home: Path) -> Demo:
    """A demo of the test's own."""
    return built.beside(officeops_home)
