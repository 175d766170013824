"""The office of the tests of access, with a user for each role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import (
    login,
    open_as,
    staffed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """The office as its file's owner has it."""
    return staffed(office_factory)


@pytest.fixture
def by(owner: Office) -> Iterator[Callable[[str], Office]]:
    """Open the office as whoever has a role."""
    opened: list[Office] = []

    def as_one(role: str) -> Office:
        opened.append(open_as(owner, login(role)))
        return opened[-1]

    yield as_one
    for each in opened:
        each.close()
