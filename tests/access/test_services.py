"""A service needs the acting person's own right: another plugin lends nobody more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import kind, login, open_as, staffed

from officeops.model.errors import Forbidden
from officeops.services import Held, Stock, Taken

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory


def test_stock_is_taken_put_back_and_released_by_whoever_may_do_it_directly(
    office_factory: OfficeFactory,
) -> None:
    owner = staffed(office_factory, "inventory")
    office = open_as(owner, login("read-only"))
    stock = office.need(Stock)
    person = next(owner.all(kind(owner, "staff.person")))
    taken = Taken("A", "A", "Main", 1, "each", (), ())
    for use in (
        lambda: stock.take(office, "A", 1, about=person),
        lambda: stock.put_back(office, taken),
        lambda: stock.release(office, Held((), (), ())),
    ):
        with pytest.raises(Forbidden):
            use()
    office.close()
