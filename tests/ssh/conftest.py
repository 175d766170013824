"""A real sshd: one for all tests of it, in one process, one after the other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ssh.site import Site


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Give the process its environment, folder and mask back: the gate replaces all three."""
    environment, folder, mask = dict(os.environ), Path.cwd(), os.umask(0o022)
    os.umask(mask)
    yield
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    os.umask(mask)


def skip_or_fail() -> None:
    """Skip where no office can be served; in CI that is a failure, since there everything is installed."""
    from tests.ssh.site import missing

    if why := missing():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """An office served over SSH: ann and ben are managers, cal is a clerk, dee only reads."""
    skip_or_fail()
    from tests.ssh.site import Site

    made = Site()
    try:
        made.set_up()
        for login, role in (
            ("ann", "manager"),
            ("ben", "manager"),
            ("cal", "clerk"),
            ("dee", "read-only"),
        ):
            made.let_in(login, role)
        yield made
    finally:
        made.close()
