"""Time entry: what somebody worked on a day, or that they did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from officeops import Problem, Record, choice, field, named, ref
from officeops_hr.people.scope import PEOPLE
from officeops_hr.roster.rules import shift as rules
from officeops_hr.worked.rules.day_minutes import minutes_passed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

HOW: Final = ("as_rostered", "entered", "absent")


def _own(office: Office) -> int | None:
    """Return the person of the acting login: most people enter their own time."""
    person: int | None = named("officeops_hr.people.acting:own_person")(office)
    return person


class TimeEntry(
    Record,
    key="hr.time-entry",
    plural="Time entries",
    display="day",
    sort="-day,person,starts_at,id",
    scope=PEOPLE.by("person_id", all="manage"),
    unique_together=(("person_id", "day", "starts_at"),),
    indexes=(("person_id", "day"),),
    also=("timesheet-entry", "time-worked", "hours-entry", "punch"),
):
    """A stretch of work of somebody on a day.

    A day without one is missing, and never assumed.
    """

    importer = "officeops_hr.roster.file_times:OneAtATime"

    person_id: int = ref(
        "hr.person", default=_own, indexed=False, list_rank=1, also=("employee", "employee name")
    )
    day: date = field(
        list_rank=1,
        also=("date", "on", "work date"),
    )
    how: str = choice(
        *HOW, default="entered", list_rank=2, help="As rostered, entered, or absent for the day"
    )
    starts_at: int | None = field(
        kind="time_of_day",
        default=None,
        list_rank=1,
        label="From",
        also=("start", "in", "clock in", "time in"),
    )
    ends_at: int | None = field(
        kind="time_of_day",
        default=None,
        list_rank=1,
        label="Until",
        help="Not after the start: on the next day",
        also=("end", "out", "clock out", "time out"),
    )
    unpaid: int = field(
        kind="duration",
        default=0,
        minimum=0,
        maximum=480,
        list_rank=3,
        label="Unpaid break",
        help="A meal of 30 minutes or more without any work; a shorter break is work",
    )
    note: str | None = field(
        default=None,
        list_rank=5,
        example="Ate at the desk",
    )
    late_reason: str | None = field(
        default=None,
        managed=True,
        list_rank=4,
        label="Corrected",
        help="Why, after the lock",
    )
    # Each correction counts one more, so that an edit after it is none.
    corrections: int = field(
        default=0,
        managed=True,
        hidden=True,
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse time to come, twice the same time, and changes of a week that is handed in."""
        if self.day > office.today:
            yield Problem(
                "has not come yet",
                "day",
                code="out-of-range",
            )
        yield from self._times(office)
        yield from named("officeops_hr.worked.entry_checks:problems")(office, self)

    def _times(self, office: Office) -> Iterable[Problem]:
        if self.how == "absent":
            if self.starts_at is not None or self.ends_at is not None or self.unpaid:
                yield Problem(
                    "is for a day that was worked", "starts_at", code="contradicts-record"
                )
            return
        for name in ("starts_at", "ends_at"):
            if getattr(self, name) is None:
                yield Problem(
                    "is needed, except for a day of absence",
                    name,
                    code="needed",
                )
        worked = self.worked()
        if worked is not None and worked.end > rules.LATEST_END:
            yield Problem(
                "is after noon of the next day",
                "ends_at",
                code="out-of-range",
            )
        # The night in which the clocks go forward is shorter than its times say.
        if worked is not None and minutes_passed([worked], office.ways.moment) <= 0:
            yield Problem(
                "is as long as the work",
                "unpaid",
                code="out-of-range",
            )

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which minutes would count twice, or change a week that is closed."""
        why: str | None = named("officeops_hr.worked.merge_clashes:of_entry")(office, row, keep)
        return why

    def keep(self, office: Office) -> str | None:
        """Keep the time of a week that is handed in."""
        why: str | None = named("officeops_hr.worked.entry_checks:handed_in")(office, self)
        return why

    def worked(self) -> rules.Shift | None:
        """Return the stretch as the rules take it; None for an absence."""
        if self.starts_at is None or self.ends_at is None:
            return None
        over_midnight = self.ends_at <= self.starts_at
        return rules.Shift(
            id=self.id or 0,
            person=self.person_id,
            on=self.day,
            start=self.starts_at,
            end=self.ends_at + (rules.DAY if over_midnight else 0),
            role=0,
            place=0,
            pause=self.unpaid,
        )
