"""Work pattern: on which weekdays somebody works, and how long, from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import date

#: The longest day of work.
_LONGEST = 1440


class WorkPattern(
    Record,
    key="hr.work-pattern",
    display="starts_on",
    sort="person,-starts_on",
    unique_together=(("person_id", "starts_on"),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """The minutes that somebody works on each weekday.

    Closed days are the calendar's.
    """

    person_id: int = ref("hr.person", list_rank=1)
    starts_on: date | None = field(
        default=None, list_rank=1, label="From", help="Blank: from the first day"
    )
    monday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=2)
    tuesday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=2)
    wednesday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=2)
    thursday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=2)
    friday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=2)
    saturday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=3)
    sunday: int = field(kind="duration", default=0, minimum=0, maximum=_LONGEST, list_rank=3)

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
