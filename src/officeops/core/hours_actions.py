"""Actions on opening hours: all of a week in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.actions import action, param
from officeops.model.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.values.calendar import Hours

_HELP = "Days and times, as in Mon-Fri 8:00-12:00 13:00-17:00; Sat 9:00-12:00"


@action("core.set-hours")
def set_hours(
    office: Office,
    hours: str = param(example="Mon-Fri 8:00-17:00; Sat 9:00-12:00", help=_HELP),
    location_id: int | None = param(
        target="core.location", default=None, help="Where. [default: the whole office]"
    ),
) -> str:
    """Set the opening hours of a week; earlier ones end."""
    from officeops.core.records import Location
    from officeops.values.opening_hours import read_hours, show_hours

    try:
        wanted = read_hours(hours)
    except ValueError as error:
        raise Refused([Problem(str(error), "hours", code="malformed")], "Set hours") from None
    replace_hours(office, wanted, location_id)
    where = office.label(Location, location_id) or "The office"
    return f"{where} is open {show_hours(wanted)}."


def replace_hours(office: Office, wanted: Iterable[Hours], location_id: int | None = None) -> None:
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
