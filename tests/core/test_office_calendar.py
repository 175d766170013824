"""The office's calendar follows its closed weekdays, its closed days and its clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from officeops.core.office_calendar import calendar
from officeops.core.records import ClosedDay, Facts
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("")
FRIDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 9)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory()
    with opened.acting("test"):
        opened.add(Facts(name="T", time_zone="America/Chicago"))
    return opened


def test_weekends_and_closed_days_are_passed_over(office: Office) -> None:
    assert calendar(office).next_open_day(FRIDAY) == FRIDAY
    with office.acting("test"):
        office.add(ClosedDay(day=FRIDAY, what="Training"))
    assert calendar(office).next_open_day(FRIDAY) == MONDAY


def test_a_day_that_is_no_longer_closed_is_open(office: Office) -> None:
    with office.acting("test"):
        day = office.add(ClosedDay(day=FRIDAY))
        office.archive(day)
    assert calendar(office).is_open(FRIDAY)


def test_hours_are_of_the_offices_clock(office: Office) -> None:
    zone = ZoneInfo("America/Chicago")
    opening = datetime(2026, 3, 9, 8, tzinfo=zone)
    assert calendar(office).after(datetime(2026, 3, 6, 18, tzinfo=zone), 0) == opening


def test_an_office_is_open_on_some_day(office: Office) -> None:
    facts = next(office.all(Facts))
    with pytest.raises(Refused), office.acting("test"):
        office.edit(facts, closed_weekdays="Mon Tue Wed Thu Fri Sat Sun")
