"""A sterilizer by each procedure, and short words for its loads and tests, each an hour later.

The clock of the office goes on by that hour, as a review counts from the moment at which it is typed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.reading import read
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from datetime import datetime

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

GREW = {"test_vial": "growth", "control_vial": "growth"}
CLEAN = {
    "test_vial": "no_growth", "control_vial": "growth", "mechanical": "pass", "chemical": "pass",
}  # fmt: skip
DEAD = {**CLEAN, "control_vial": "no_growth"}


class Practice:
    """An office with one sterilizer; each load and test is an hour after the one before."""

    def __init__(self, office: Office, procedure: str) -> None:
        self.office, self.hours, self._now = office, 4000, office.now()
        with office.acting("test.setup"):
            name = f"Autoclave {len(list(office.all(Equipment))) + 1}"
            self.unit = office.add(Equipment(name=name, spore_procedure=procedure))

    def later(self) -> datetime:
        """Return a moment an hour after the latest one, which is now from here on."""
        self.hours -= 1
        moment = self._now - timedelta(hours=self.hours)
        self.office.store.moment = moment.isoformat()
        return moment

    def load(self, **values: Any) -> Load:  # noqa: ANN401 - of a load
        given = {"contents": "4 exam sets", "mechanical": "pass", "chemical": "pass", **values}
        with self.office.acting("test.load"):
            return self.office.add(
                Load(equipment_id=self.unit.id, **{"run_at": self.later(), **given})
            )

    def sent(self, **values: Any) -> SporeTest:  # noqa: ANN401 - of a test
        with self.office.acting("test.send"):
            return self.office.add(
                SporeTest(equipment_id=self.unit.id, **{"run_at": self.later(), **values})
            )

    def test(self, shows: dict[str, str], **values: Any) -> SporeTest:  # noqa: ANN401
        test = self.sent(**values)
        self.office.do(read, test, **shows)
        return self.office.get(SporeTest, test.id)

    def moment(self) -> str:
        """Return the next moment, as people type it."""
        return f"{self.office.ways.clock(self.later()):%Y-%m-%d %H:%M}"

    @property
    def status(self) -> str:
        return self.office.get(Equipment, self.unit.id).status

    @property
    def failure(self) -> Failure:
        return list(self.office.all(Failure, "equipment_id = ?", self.unit.id))[-1]


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    """By today's clock: a sterilizer is locked at the moment at which its test is read."""
    opened = office_factory("maintenance", "vendors", "inventory")
    assert not opened.plugins.troubles
    return opened


@pytest.fixture
def dental(office: Office) -> Practice:
    return Practice(office, "cdc_2003")


@pytest.fixture
def hospital(office: Office) -> Practice:
    return Practice(office, "cdc_2008")
