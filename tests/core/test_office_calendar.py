"""The calendars of an office and of its locations follow their opening hours, closed days and clocks."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from officeops.core.calendar_records import ClosedDay, OpeningHours
from officeops.core.hours_actions import set_hours
from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops.history.undo import undo
from officeops.model.errors import NotFound, Refused
from officeops.office.crud import add_record, archive_record, edit_record
from officeops.tui.forms.field_text import starting_texts
from officeops.values.calendar import Hours
from officeops.values.opening_hours import USUAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

pytestmark = pytest.mark.officeops("")
FRIDAY, SATURDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    opened = office_factory()
    with opened.acting("test"):
        opened.add(Facts(name="T", time_zone="America/Chicago"))
    return opened


def annex(office: Office, **facts: str) -> Location:
    return add_record(office, Location, {"name": "Annex", **facts})


def test_an_office_without_hours_has_the_usual_ones(office: Office) -> None:
    assert office.calendar.next_open_day(SATURDAY) == MONDAY
    assert office.calendar.hours[0] == (USUAL[0],)


def test_a_part_of_a_day_is_closed_and_setting_hours_leaves_it_alone(office: Office) -> None:
    """The afternoon has no open minutes; an end before the start is refused."""
    part = {"day": FRIDAY, "what": "Party", "starts_at": 720}
    with pytest.raises(Refused, match="is not after the start"):
        add_record(office, ClosedDay, {**part, "ends_at": 600})
    add_record(office, ClosedDay, part)
    zone = ZoneInfo("America/Chicago")
    noon = datetime.combine(FRIDAY, datetime.min.time(), zone) + timedelta(hours=12)
    assert office.calendar.is_open(FRIDAY)
    assert office.calendar.minutes(noon, noon + timedelta(hours=12)) == 0
    # Of a week too, which is counted by its days alone: five of nine hours, and the afternoon less.
    week = timedelta(days=3)
    assert office.calendar.minutes(noon - week, noon + week) == 4 * 540 - 300
    assert office.calendar.minutes(noon - timedelta(hours=1), noon) == 60
    office.do(set_hours, closed="")
    assert [one.day for one in office.calendar.parts] == [FRIDAY]


def test_the_calendar_follows_the_file(office: Office) -> None:
    first = office.calendar
    assert office.calendar is first
    day = add_record(office, ClosedDay, {"day": FRIDAY, "what": "Training"})
    assert not office.calendar.is_open(FRIDAY)
    archive_record(office, day)
    assert office.calendar.is_open(FRIDAY)
    with suppress(Refused), office.acting("test"):
        office.add(ClosedDay(day=MONDAY))
        assert not office.calendar.is_open(MONDAY)
        office.add(ClosedDay(day=MONDAY))
    assert office.calendar.is_open(MONDAY)


def test_a_location_has_the_offices_hours_until_it_has_its_own(office: Office) -> None:
    place = annex(office)
    assert office.calendar_at(place) == office.calendar
    office.do(set_hours, hours="Sat 9:00-12:00", location_id=place.id)
    assert office.calendar_at(place).next_open_day(FRIDAY) == SATURDAY
    assert office.calendar.next_open_day(FRIDAY) == FRIDAY
    add_record(office, ClosedDay, {"day": SATURDAY, "location_id": place.id})
    add_record(office, ClosedDay, {"day": MONDAY})
    assert not office.calendar_at(place.id).is_open(SATURDAY)
    assert not office.calendar.is_open(MONDAY)


def test_a_location_may_have_a_clock_of_its_own(office: Office) -> None:
    place = annex(office, time_zone="America/Denver")
    for calendar, zone in ((office.calendar, "Chicago"), (office.calendar_at(place), "Denver")):
        clock = ZoneInfo(f"America/{zone}")
        opening = datetime(2026, 3, 9, 8, tzinfo=clock)
        assert calendar.after(datetime(2026, 3, 6, 18, tzinfo=clock), 0) == opening
    with pytest.raises(Refused):
        edit_record(office, place, {"time_zone": "Denver"})


def test_all_hours_of_a_week_are_set_in_one_step(office: Office) -> None:
    said = office.do(set_hours, hours="Mon-Thu 8:00-12:00 13:00-17:00; Fri 8:00-24:00")
    assert "Mon-Thu 8:00-12:00 13:00-17:00; Fri 8:00-24:00" in said
    kept = {row.id for row in office.all(OpeningHours)}
    office.do(set_hours, hours="Mon-Thu 8:00-12:00 13:00-17:30")
    hours = office.calendar.hours
    assert hours[0] == (Hours(0, 480, 720), Hours(0, 780, 1050))
    assert not hours[4]
    # What begins at the same time is the same row, changed or left alone.
    assert {row.id for row in office.all(OpeningHours)} < kept


def test_one_form_has_the_week_and_the_closed_days_and_one_undo_takes_it_back(
    office: Office, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2026-03-02")
    office.do(set_hours, closed="3/6/2026 Training; 2026-03-09")
    assert [(row.day, row.what) for row in office.all(ClosedDay)] == [
        (FRIDAY, "Training"),
        (MONDAY, "Closed"),
    ]
    begins = starting_texts(office, set_hours.fields)
    assert begins["hours"] == "Mon-Fri 8:00-17:00"
    assert begins["closed"] == "2026-03-06 Training\n2026-03-09 Closed"
    before = {row.id for row in office.all(ClosedDay)}
    # Saved as it begins, nothing changes: not for the office, nor for a location.
    place = annex(office)
    for where in (None, place.id):
        office.do(set_hours, hours=begins["hours"], closed=begins["closed"], location_id=where)
    assert {row.id for row in office.all(ClosedDay)} == before
    assert not list(office.all(OpeningHours, "location_id IS NOT NULL"))
    assert not set_hours.fields[1].required
    office.do(set_hours, hours="Mon 9:00-12:00", closed="2026-03-09 Move")
    assert [row.what for row in office.all(ClosedDay)] == ["Move"]
    undo(office)
    assert [row.what for row in office.all(ClosedDay)] == ["Training", "Closed"]
    assert office.calendar.hours[4] == (USUAL[4],)


def test_what_is_left_as_the_form_begins_stays_as_the_location_has_it(office: Office) -> None:
    place = annex(office)
    office.do(set_hours, closed="2099-03-06 Training")
    office.do(set_hours, hours="Sat 9:00-12:00", closed="2099-03-09 Move", location_id=place.id)
    before = office.calendar_at(place)
    assert before.hours[5]
    assert len(before.closed) == 2
    office.do(set_hours, location_id=place.id)
    assert office.calendar_at(place) == before
    said = office.do(set_hours, hours="office", closed=None, location_id=place.id)
    assert office.calendar_at(place) == office.calendar
    assert "Annex is open Mon-Fri" in said
    with pytest.raises(Refused):
        office.do(set_hours, hours="office")


@pytest.mark.parametrize("closed", ["2026-03-06; 2026-03-06 Twice", "someday", "Christmas"])
def test_closed_days_that_are_none_are_refused(office: Office, closed: str) -> None:
    with pytest.raises(Refused) as refused:
        office.do(set_hours, closed=closed)
    assert refused.value.problems[0].field == "closed"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"weekday": "monday", "opens": 540, "closes": 540}, "wrong-order"),
        ({"weekday": "funday", "opens": 540, "closes": 600}, "unknown-choice"),
        ({"weekday": "monday", "opens": 540, "closes": 1441}, "out-of-range"),
    ],
)
def test_hours_that_are_none_are_refused(
    office: Office, values: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        add_record(office, OpeningHours, values)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_an_office_is_open_on_some_day(office: Office) -> None:
    office.do(set_hours, hours="Mon 8:00-12:00")
    [last] = office.all(OpeningHours)
    for write in (
        lambda: archive_record(office, last),
        lambda: edit_record(office, last, {"location_id": annex(office).id}),
        lambda: office.do(set_hours, hours="never"),
    ):
        with pytest.raises(Refused):
            write()
    assert office.calendar.is_open(MONDAY)


def test_hours_are_given_when_an_office_begins_and_by_days_that_close(cli: Cli) -> None:
    cli.path.unlink(missing_ok=True)
    begun = cli("init", "--name", "Elm", "--hours", "Mon-Sat 7:30-15:00")
    assert begun.code == 0, begun
    closing = ("--closed-weekdays", "Wed, Sat Sun", "--name", "Elm Street")
    assert cli("settings", "edit", *closing).code == 0
    rows = {row["setting"]: row["value"] for row in cli("settings", "--json").json}
    assert rows["closed_weekdays"] == "Wed Sat Sun"
    assert rows["name"] == "Elm Street"
    assert rows["opening_hours"] == "Mon-Tue 7:30-15:00; Thu-Fri 7:30-15:00"
    listed = cli("opening-hours", "list", "--json").json
    assert [row["weekday"] for row in listed] == ["monday", "tuesday", "thursday", "friday"]
    assert listed[0]["opens"] == "07:30"
    every = "Mon Tue Wed Thu Fri Sat Sun"
    for words, code in ((("--closed-weekdays", every), 1), (("--closed-weekdays", "Funday"), 1)):
        assert cli("settings", "edit", *words).code == code
    assert cli("init", "--name", "Oak", "--hours", "whenever").code == 2


def test_a_closed_day_goes_by_its_day_and_is_one_for_each_place(office: Office) -> None:
    first = add_record(office, ClosedDay, {"day": FRIDAY})
    assert office.find(ClosedDay, "2026-03-06").id == first.id
    with pytest.raises(Refused) as refused:
        add_record(office, ClosedDay, {"day": FRIDAY})
    assert refused.value.problems[0].code == "taken"
    place = annex(office)
    assert add_record(office, ClosedDay, {"day": FRIDAY, "location_id": place.id}).id != first.id


def test_a_file_without_a_location_is_of_the_whole_office(office: Office, cli: Cli) -> None:
    add_record(office, ClosedDay, {"day": FRIDAY, "location_id": annex(office).id, "what": "Move"})
    rows = "day,what\n2026-03-06,Training\n2026-03-09,Training\n"
    for added, unchanged in ((2, 0), (0, 2)):
        brought = cli("closed-day", "import", "-", "--json", typed=rows).json
        assert (brought["added"], brought["unchanged"]) == (added, unchanged)
    assert len(list(office.all(ClosedDay))) == 3


def test_a_location_that_is_not_there_has_no_hours_and_no_clock(office: Office) -> None:
    for ask in (office.calendar_at, office.ways_at):
        with pytest.raises(NotFound, match="no location #999"):
            ask(999)


def test_a_day_that_has_passed_is_no_closed_day_to_come(office: Office, cli: Cli) -> None:
    """Typed with the wrong year it would be kept, and the office would stay open."""
    past = office.today - timedelta(days=3)
    refused = cli("set-hours", "--closed", f"{past} Holiday", "--json")
    [problem] = json.loads(refused.err)["error"]["problems"]
    assert (refused.code, problem["field"], problem["code"]) == (1, "closed", "out-of-range")
    # One that was closed may stay in a form that somebody opened before it passed.
    assert cli("closed-day", "add", "--day", str(past), "--what", "Holiday").code == 0
    to_come = office.today + timedelta(days=3)
    assert cli("set-hours", "--closed", f"{past} Holiday; {to_come} Training").code == 0
    assert [row.day for row in office.all(ClosedDay)] == [past, to_come]
