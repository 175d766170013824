"""Calendars: a phone that takes each newer entry shows exactly the published shifts of its owner."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING, Any

from icalendar import Calendar as CalendarFile
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan
from tests.effort import examples, seed

from officeops import Location, Refused
from officeops_hr.roster.actions import assign, drop, open_seat
from officeops_hr.roster.published import published
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.calendar_events import Calendar
from officeops_hr.roster.telling.calendar_file import calendar_file

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person
    from officeops_hr.roster.rules.shift import Shift as PlannedShift

_WEEK = timedelta(days=7)


def _change(office: Office, crew: dict[str, Person], chance: random.Random) -> None:
    """Do one thing to a shift of the plan, as far as the rules let it be done."""
    shift = chance.choice(list(office.all(Shift)))
    person = crew[chance.choice(["ben", "cyd"])].id
    try:
        match chance.randrange(5):
            case 0:
                office.do(assign, shift, person_id=person, despite="asked")
            case 1:
                office.do(open_seat, shift)
            case 2 if chance.random() < 0.3:
                office.do(drop, shift)
            case 3:
                with office.acting("test.move"):
                    office.edit(shift, day=shift.day + chance.choice([-1, 1]) * _WEEK)
            case _:
                with office.acting("test.time"):
                    office.edit(shift, starts_at=chance.choice([480, 540]))
    except Refused:
        return


def _publish(office: Office, monday: date) -> None:
    try:
        office.do(publish_schedule, week=monday)
    except Refused:
        return


def _truth(office: Office, person: int) -> set[PlannedShift]:
    """Return the person's shifts of the newest revision of each week, also of weeks behind."""
    newest = {(row.location_id, row.monday): row for row in office.all(RosterRevision, order="id")}
    shifts: list[PlannedShift] = []
    for revision in newest.values():
        shifts += published(office, revision)
    return {shift for shift in shifts if shift.person == person}


def test_a_phone_that_takes_newer_entries_shows_what_is_published(
    office: Office, crew: dict[str, Person]
) -> None:
    """Over random changes, moves between weeks and publications in any order."""
    assistants(office, crew)
    ben = crew["ben"].id
    plan(office, [(day, ben, 480, 1020) for day in (1, 2, 8, 9)])
    chance = random.Random(seed())  # noqa: S311
    phone: dict[int, tuple[int, PlannedShift | None]] = {}
    for _ in range(examples(300)):
        _change(office, crew, chance)
        _publish(office, MONDAY + chance.randrange(-1, 3) * _WEEK)
        for event in Calendar(office, ben).events:
            known = phone.get(event.shift.id, (-1, None))
            shown = None if event.canceled else event.shift
            if event.sequence > known[0]:
                phone[event.shift.id] = (event.sequence, shown)
            else:
                # The same number is the same entry.
                assert (event.sequence, shown) == known
        by_number = {shift.id: shift for _, shift in phone.values() if shift}
        truth = {shift.id for shift in _truth(office, ben)}
        assert by_number.keys() >= truth
        # A shift that moved is shown where the newest publication has it.
        assert set(by_number.values()) <= _truth(office, ben)


def test_a_night_on_which_the_clocks_change_has_its_true_length(
    office: Office, crew: dict[str, Person]
) -> None:
    """Nine hours in the fall, seven in spring; the file brings the rules of the zone."""
    assistants(office, crew)
    with office.acting("test.zone"):
        office.edit(office.get(Location, 1), time_zone="America/Chicago")
    fall, spring = (date(2026, 10, 31) - MONDAY).days, (date(2027, 3, 13) - MONDAY).days
    plan(office, [(fall, crew["ben"].id, 1320, 360), (spring, crew["ben"].id, 1320, 360)])
    for days in (fall, spring):
        office.do(publish_schedule, week=MONDAY + timedelta(days=days))
    content = calendar_file(office, crew["ben"].id)
    # The types of the library know no more of an entry than that it is one of thirty kinds.
    file: Any = CalendarFile.from_ical(content.decode())
    lengths = [
        entry["dtend"].dt.astimezone(UTC) - entry["dtstart"].dt.astimezone(UTC)
        for entry in file.walk("VEVENT")
    ]
    assert [length.total_seconds() / 60 for length in lengths] == [540, 420]
    assert b"DTSTART;TZID=America/Chicago:20261031T220000" in content
    assert len(file.walk("VTIMEZONE")) == 1


def test_a_calendar_says_neither_who_else_works_nor_why_somebody_is_off(
    office: Office, crew: dict[str, Person], cli: Cli
) -> None:
    """A shift that somebody else has now is canceled, and that is all; others' are out of reach."""
    assistants(office, crew)
    (shift,) = plan(office, [(2, crew["ben"].id, 480, 1020)])
    office.do(publish_schedule, week=MONDAY)
    first = json.loads(cli("roster", "calendar", "--json", login="ben").out)
    office.do(assign, shift, person_id=crew["cyd"].id)
    office.do(publish_schedule, week=MONDAY)
    said = cli("roster", "calendar", login="ben").out
    assert "STATUS:CANCELLED" in said
    assert "Cyd" not in said
    now = json.loads(cli("roster", "calendar", "--json", login="ben").out)
    assert [event["uid"] for event in now] == [event["uid"] for event in first]
    assert now[0]["sequence"] > first[0]["sequence"]
    assert cli("roster", "calendar", "Cyd Stone", login="ben").code == 1
    assert cli("roster", "calendar", "Cyd Stone", login="mia").code == 0


def test_a_calendar_goes_into_a_file_whole(
    office: Office,
    crew: dict[str, Person],
    cli: Cli,
    tmp_path: Path,
) -> None:
    """The bytes are those that are printed, and a refused command leaves the file that was there."""
    assistants(office, crew)
    plan(office, [(day, crew["ben"].id, 480, 1020) for day in (1, 2)])
    office.do(publish_schedule, week=MONDAY)
    file = tmp_path / "ben.ics"
    ben = f"P-{crew['ben'].id}"
    assert cli("roster", "calendar", ben, "--output", str(file)).code == 0
    # RFC 5545, 3.1: lines end with both characters, which no text stream may change.
    assert file.read_bytes() == calendar_file(office, crew["ben"].id)
    assert b"\r\nEND:VCALENDAR" in file.read_bytes()
    assert cli("roster", "calendar", "P-99", "--output", str(file)).code != 0
    assert file.read_bytes() == calendar_file(office, crew["ben"].id)
    assert "end it in .ics, .json" in cli("roster", "calendar", ben, "--output", "ben.pdf").err
