"""Worked week: the minutes of somebody in a pay week by rate, and the days that are missing."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.worked.missing import missing_days
from officeops_hr.worked.pay_week import LAST_DAY, rule_of
from officeops_hr.worked.rules.day_minutes import minutes_by_day
from officeops_hr.worked.rules.overtime import Minutes, split, total
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops import Office
    from officeops_hr.worked.missing import RosteredDay

_ONE_DAY: Final = timedelta(days=1)
_OF_WEEK: Final = "person_id = ? AND day BETWEEN ? AND ?"


class WorkedWeek:
    """The time of one person in one pay week; all is read at its first use."""

    def __init__(
        self,
        office: Office,
        person_id: int,
        week: date,
    ) -> None:
        self._office, self.person_id, self.week = office, person_id, week

    @cached_property
    def entries(self) -> list[TimeEntry]:
        """The entries that have minutes in the week, by day."""
        # A night that began on the day before is, after midnight, part of this week.
        days = ((self.week - _ONE_DAY).isoformat(), (self.week + LAST_DAY).isoformat())
        found = self._office.all(
            TimeEntry,
            _OF_WEEK,
            self.person_id,
            *days,
            order="day, starts_at",
        )
        return list(found)

    @cached_property
    def days(self) -> Sequence[int]:
        """The minutes of each day of the week."""
        # By the clock of the office: an entry says no place.
        moment = self._office.ways.moment
        minutes = dict.fromkeys((self.week + number * _ONE_DAY for number in range(DAYS)), 0)
        for entry in self.entries:
            worked = entry.worked()
            for day, some in minutes_by_day(worked, moment).items() if worked else ():
                # The other side of midnight may be another week.
                if day in minutes:
                    minutes[day] += some
        return list(minutes.values())

    @cached_property
    def minutes(self) -> Minutes:
        """The minutes of the week by rate."""
        # The rule of the week itself, whatever counts today.
        rule = rule_of(
            self._office,
            self.person_id,
            self.week,
        )
        return total(split(self.days, rule))

    @cached_property
    def missing(self) -> list[RosteredDay]:
        """The rostered days of the week without a word of their hours, also those to come."""
        last = self.week + LAST_DAY
        return list(
            missing_days(
                self._office,
                self.week,
                last,
                self.person_id,
            )
        )
