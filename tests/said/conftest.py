"""What the sweeps of sentences share."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.access.test_access_matrix import begin
from tests.made_once import made_once
from tests.said.faulty_plugins import FORGETFUL, LIAR
from tests.said.lines import PLUGINS
from tests.said.moments import EAR
from tests.said.sweep import ENV, Bench, bench

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _environment() -> Iterator[None]:
    """Give this process the environment that the office of the sweeps is made in."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENV.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """The office of all sweeps; a plugin that lies, one that forgets and one that hears all lie ready, turned off."""
    with ExitStack() as stack:
        with _environment():
            begun = made_once(tmp_path_factory, "begun", begin)
            plugins = {"liar": LIAR, "forgetful": FORGETFUL, "ear": EAR}
            made = stack.enter_context(bench(plugins, begun))
        yield made


@pytest.fixture(autouse=True)
def _plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry that the sweeps read has the plugins of their office."""
    monkeypatch.setenv("OFFICEOPS_PLUGINS", PLUGINS)


@pytest.fixture(scope="module")
def settled() -> Iterator[None]:
    """Give this process the environment that the office was made in."""
    with _environment():
        yield
