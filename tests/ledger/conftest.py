"""An office with the two ledgers, opened once for a module: each example has an account of its own."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ledger.books import Books

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = Path(__file__).with_name("ledgers_plugin.py").read_text()
_NUMBERS = count(1)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory(files={"ledgers": PLUGIN}, actor="ann")
    assert not opened.plugins.troubles
    return opened


@pytest.fixture(params=["leave", "stock"])
def books(request: pytest.FixtureRequest, office: Office) -> Callable[..., Books]:
    """Begin an account of either ledger."""
    return lambda **how: Books(office, request.param, next(_NUMBERS), **how)
