"""What the sweeps of sentences share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.said.sweep import ENV

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def settled() -> Iterator[None]:
    """Give this process the environment that the office of the sweeps was made in."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENV.items():
            patch.setenv(name, value)
        yield
