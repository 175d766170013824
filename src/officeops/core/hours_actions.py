"""Actions on opening hours: all of a week, and the closed days, in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.actions import action, param
from officeops.model.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from officeops.core.calendar_records import ClosedDay
    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.values.calendar import Hours

T = TypeVar("T")
_HOURS: Final = "Days and times, as in Mon-Fri 8:00-12:00 13:00-17:00; a day left out is closed"
_CLOSED: Final = "Those to come, each with why: 2026-12-25 Christmas; 2027-01-01"
_WHERE: Final = "Where; the hours `office` follow the office again. [default: the whole office]"
#: The hours of a location that has none of its own.
LIKE_THE_OFFICE: Final = "office"


def hours_now(office: Office) -> str:
    """Write the opening hours of the office as they are."""
    from officeops.values.opening_hours import show_hours

    return show_hours(hour for of_day in office.calendar.hours for hour in of_day)


def closed_now(office: Office) -> str:
    """Write the closed days of the office from today on."""
    from officeops.values.closed_days import show_closed_days

    return show_closed_days({row.day: row.what for row in _to_come(office, None)})


def _to_come(office: Office, location_id: int | None) -> Iterator[ClosedDay]:
    from officeops.core.calendar_records import ClosedDay

    today = office.today.isoformat()
    # The text has days alone, so it leaves the parts of days as they are.
    whole = "location_id IS ? AND day >= ? AND starts_at IS NULL AND ends_at IS NULL"
    yield from office.all(ClosedDay, whole, location_id, today)


@action("core.set-hours", beside=("core.opening-hours", "core.closed-day"))
def set_hours(
    office: Office,
    hours: str = param(default=hours_now, example="Mon-Fri 8:00-17:00", help=_HOURS),
    closed: str | None = param(
        kind="long_text", default=closed_now, label="Closed days", help=_CLOSED
    ),
    location_id: int | None = param(target="core.location", default=None, help=_WHERE),
) -> str:
    """Set opening hours and the closed days to come.

    A form begins with those of the office. Left like that, those of a location stay as they are.
    """
    from officeops.values.closed_days import read_closed_days

    given = _read("closed", closed or "", lambda text: read_closed_days(text, office.ways))
    days = _without_past(office, given, location_id)
    if location_id is None:
        replace_hours(office, _hours_in(hours))
        replace_closed_days(office, days)
    else:
        if hours.strip().lower() == LIKE_THE_OFFICE:
            replace_hours(office, [], location_id)
        elif (wanted := _hours_in(hours)) != _hours_in(hours_now(office)):
            replace_hours(office, wanted, location_id)
        if days != {row.day: row.what for row in _to_come(office, None)}:
            replace_closed_days(office, days, location_id)
    return _open_now(office, location_id)


def _without_past(
    office: Office, days: Mapping[date, str], location_id: int | None
) -> dict[date, str]:
    """Return the days to come. Raises Refused for a past one, unless it was closed.

    Of a date in the wrong year nobody would notice that the office stays open.
    """
    from officeops.core.calendar_records import ClosedDay

    past = {day for day in days if day < office.today}
    for row in office.all(ClosedDay, "location_id IS ? OR location_id IS NULL", location_id):
        past.discard(row.day)
    if past:
        why = (
            f"{min(past)} has passed; give the days to come. "
            "`officeops closed-day add` keeps one that was closed"
        )
        raise Refused([Problem(why, "closed", code="out-of-range")], "Set hours")
    return {day: what for day, what in days.items() if day >= office.today}


def _hours_in(text: str) -> list[Hours]:
    from officeops.values.opening_hours import read_hours

    return _read("hours", text, read_hours)


def _open_now(office: Office, location_id: int | None) -> str:
    """Say when a place is open."""
    from officeops.core.records import Location
    from officeops.values.opening_hours import show_hours
    from officeops.values.wording import count

    calendar = office.calendar if location_id is None else office.calendar_at(location_id)
    where = office.label(Location, location_id) or "The office"
    hours = show_hours(hour for of_day in calendar.hours for hour in of_day)
    days = sum(1 for _ in _to_come(office, location_id))
    own = " of its own" if location_id is not None else ""
    but = f", and closed on {count(days, 'day')}{own} to come" if days else ""
    return f"{where} is open {hours}{but}."


def _read(
    name: str,
    text: str,
    read: Callable[[str], T],
) -> T:
    try:
        return read(text)
    except ValueError as error:
        raise Refused([Problem(str(error), name, code="malformed")], "Set hours") from None


def replace_closed_days(
    office: Office, wanted: Mapping[date, str], location_id: int | None = None
) -> None:
    """Bring the closed days of a place to come to those wanted; those of the office count anyway."""
    from officeops.core.calendar_records import ClosedDay

    left = dict(wanted)
    if location_id is not None:
        for row in _to_come(office, None):
            # The location is closed with the office on that day anyway.
            left.pop(row.day, None)
    # Listed first, since the loop archives rows that the query would still read.
    for row in list(_to_come(office, location_id)):
        if row.day in left:
            office.edit(row, what=left.pop(row.day))
        else:
            office.archive(row)
    for day, what in left.items():
        office.add(ClosedDay(day=day, what=what, location_id=location_id))


def replace_hours(
    office: Office,
    wanted: Iterable[Hours],
    location_id: int | None = None,
) -> None:
    """Bring the opening hours of a place to those wanted. What stays is not written again."""
    from officeops.core.calendar_records import OpeningHours
    from officeops.values.dates import WEEKDAYS

    left = {(WEEKDAYS[hours.weekday], hours.opens, hours.closes) for hours in wanted}
    gone = []
    for row in office.all(OpeningHours, "location_id IS ?", location_id):
        key = (row.weekday, row.opens, row.closes)
        if key in left:
            left.remove(key)
        else:
            gone.append(row)
    # The office keeps its last hours, so the first of the new ones come before the old ones go, but
    # for those that begin at the same time.
    fresh = sorted(left, key=lambda hours: (WEEKDAYS.index(hours[0]), hours[1]))
    for weekday, opens, closes in fresh:
        same = [row for row in gone if (row.weekday, row.opens) == (weekday, opens)]
        if same:
            gone.remove(same[0])
            office.edit(same[0], closes=closes)
        else:
            added = OpeningHours(
                weekday=weekday, opens=opens, closes=closes, location_id=location_id
            )
            office.add(added)
    for row in gone:
        office.archive(row)


def close_weekdays(office: Office, closed: Collection[int]) -> None:
    """Close the office on these days of the week; a day that opens gets the usual hours.

    Raises Refused where no day is left.
    """
    from officeops.values.calendar import Hours
    from officeops.values.opening_hours import USUAL

    wanted: list[Hours] = []
    for weekday, hours in enumerate(office.calendar.hours):
        if weekday not in closed:
            wanted += hours or [Hours(weekday, USUAL[0].opens, USUAL[0].closes)]
    if not wanted:
        problem = Problem(
            "closes the office on every day; leave one out", "closed_weekdays", code="never-open"
        )
        raise Refused([problem], "Office")
    replace_hours(office, wanted)


ACTIONS: list[Action[..., Any]] = [set_hours]
