"""Work pattern: on which weekdays somebody works, and how long, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Record, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import date

#: The longest day of work.
_LONGEST = 1440


def _hours(short: str, list_rank: int = 2) -> Any:  # noqa: ANN401 - a field of a record, as field() returns it
    """Return the field of a weekday; lists from elsewhere have its short name."""
    return field(
        kind="hours",
        default=0,
        minimum=0,
        maximum=_LONGEST,
        list_rank=list_rank,
        also=(short,),
    )


class WorkPattern(
    Record,
    key="hr.work-pattern",
    display="starts_on",
    sort="person,-starts_on",
    unique_together=(("person_id", "starts_on"),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """The hours that somebody works on each weekday.

    Closed days are the calendar's.
    """

    importer = "officeops_hr.people.since_import:SinceImport"

    person_id: int = ref("hr.person", list_rank=1)
    starts_on: date | None = field(
        default=None, list_rank=1, label="From", help="Blank: from the first day"
    )
    monday: int = _hours("mon")
    tuesday: int = _hours("tue")
    wednesday: int = _hours("wed")
    thursday: int = _hours("thu")
    friday: int = _hours("fri")
    saturday: int = _hours("sat", list_rank=3)
    sunday: int = _hours("sun", list_rank=3)

    def minutes_on(self, day: date) -> int:
        """Return the minutes of a day by its weekday."""
        week = (
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        )
        return week[day.weekday()]
