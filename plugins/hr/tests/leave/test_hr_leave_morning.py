"""The morning's page says who is off, who is back, who begins and who goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from plugins.hr.tests.leave.conftest import MONDAY

from officeops.office.huddle import huddle
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.separation import separate

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.leave.conftest import Leave

    from officeops.testing import Ran

FRIDAY = MONDAY + timedelta(4)


def people(leave: Leave) -> list[str]:
    return [line.what.partition(" ")[2] for _, line in huddle(leave.office)["people"]]


def test_the_page_says_who_is_off_and_who_is_back_after_the_weekend(
    leave: Leave,
    freeze_today: Callable[[date], None],
) -> None:
    leave.night()
    leave.approve(leave.ask("ben", MONDAY + timedelta(3), FRIDAY))
    leave.approve(leave.ask("cyd", FRIDAY, part="morning"))
    freeze_today(FRIDAY)
    assert people(leave) == ["Ben Stone is off", "Cyd Stone is off for 2:00"]
    # The weekend is nobody's day of work.
    freeze_today(FRIDAY + timedelta(2))
    assert people(leave) == []
    monday = FRIDAY + timedelta(3)
    freeze_today(monday)
    assert people(leave) == ["Ben Stone is back"]
    leave.office.do(separate, leave.crew["ben"], on=monday - timedelta(1))
    assert people(leave) == []


def test_first_and_last_days_and_long_absences_are_on_the_page_of_their_day(
    leave: Leave,
    freeze_today: Callable[[date], None],
) -> None:
    office = leave.office
    with office.acting("test"):
        gus = office.add(Person(name="Gus Ray"))
        office.add(Employment(person_id=gus.id, hired_on=MONDAY, last_day=MONDAY))
        away = office.first(Employment, "person_id = ?", leave.crew["cyd"].id)
        assert away is not None
        office.edit(away, leave_from=MONDAY, leave_until=FRIDAY)
    freeze_today(MONDAY)
    assert people(leave) == [
        f"Cyd Stone is off until {FRIDAY}",
        "Gus Ray has their first day",
        "Gus Ray has their last day",
    ]
    freeze_today(FRIDAY + timedelta(1))
    assert people(leave) == ["Cyd Stone is back"]


def test_colleagues_read_lines_of_people_in_their_reach_alone(
    leave: Leave,
    cli: Callable[..., Ran],
    freeze_today: Callable[[date], None],
) -> None:
    leave.night()
    leave.approve(leave.ask("ben", MONDAY))
    freeze_today(MONDAY)
    assert "Ben Stone is off" in cli("huddle", login="lea").out
    assert "Stone" not in cli("huddle", login="cyd").out
