"""The morning's page has the lines that a person may see, and says of no part more than is known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.access.scope_tools import crewed, open_as

from officeops.core.calendar_records import ClosedDay
from officeops.core.task_record import Task
from officeops.office.crud import add_record
from officeops.office.huddle import huddle

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

MONDAY = date(2026, 3, 2)
#: A line about each time off, and that visitors are kept and none comes.
SPEAKING = """
from officeops import HuddleLine, Plugin, hookimpl

PLUGIN = Plugin("speaking", "Lines", api=2)


@hookimpl
def huddle(office):
    yield HuddleLine("visitors")
    for number, why in office.rows("SELECT id, why FROM crew_leave"):
        yield HuddleLine("people", why, "crew.leave", number)
"""
SILENT = SPEAKING.partition("@hookimpl")[0].replace("speaking", "silent")
NAMELESS = SPEAKING.replace('"crew.leave", number', '"crew.leave"')


def texts(office: Office, part: str) -> list[str] | None:
    page = huddle(office)
    return [line.what for _, line in page[part]] if part in page else None


def test_a_part_that_nothing_keeps_is_not_called_empty(
    office_factory: OfficeFactory, freeze_today: Callable[[date], None]
) -> None:
    freeze_today(MONDAY)
    office = office_factory(files={"silent": SILENT})
    assert list(huddle(office)) == ["hours", "tasks"]
    assert texts(office, "hours") == ["Open Mon 8:00-17:00"]
    assert texts(office, "tasks") == []
    add_record(office, Task, {"title": "Call the landlord", "due_on": MONDAY - timedelta(3)})
    add_record(office, Task, {"title": "Next week", "due_on": MONDAY + timedelta(7)})
    add_record(office, ClosedDay, {"day": MONDAY, "what": "Snow"})
    assert texts(office, "hours") == ["Closed: Snow"]
    assert texts(office, "tasks") == ["Call the landlord (manager, due 2026-02-27)"]


def test_a_person_sees_the_lines_of_their_own_rows(office_factory: OfficeFactory) -> None:
    crew = crewed(office_factory, {"speaking": SPEAKING})
    with open_as(crew, "eve") as office:
        assert texts(office, "people") == ["eve holiday 1", "eve holiday 2"]
        assert texts(office, "visitors") == []
    with open_as(crew, "max") as office:
        assert len(texts(office, "people") or []) == 12


def test_a_line_that_names_no_row_of_somebodys_is_left_out_with_the_reason(
    office_factory: OfficeFactory,
) -> None:
    crew = crewed(office_factory, {"speaking": NAMELESS})
    with open_as(crew, "eve") as office:
        assert texts(office, "people") is None
        assert "names no record" in office.plugins.troubles[0].why
