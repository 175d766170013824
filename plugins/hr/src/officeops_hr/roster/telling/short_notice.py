"""Short notice: shifts of a week that people knew of too late, counted from their first publication.

A law on predictable hours counts the days from when a person's shift was first published as it is
now. A change begins a new count, and so does a shift that was gone in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values import wording
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.published import published
from officeops_hr.roster.revision import RosterRevision
from officeops_hr.roster.rules.notice import first_published

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules.shift import Shift


class Notice(Value):
    """A published shift with the day on which its person could first know of it."""

    shift: Shift
    since: date

    @property
    def days(self) -> int:
        """The days between."""
        return (self.shift.on - self.since).days


def notices(
    office: Office,
    place: int,
    monday: date,
) -> list[Notice]:
    """Return the shifts of people in the newest revision of a week, by day, each with its notice."""
    week = (place, monday.isoformat())
    where = "location_id = ? AND monday = ?"
    revisions = list(
        office.all(
            RosterRevision,
            where,
            *week,
            order="number",
        )
    )
    states = []
    for revision in revisions:
        day = office.ways.clock(revision.published_at).date()
        states.append(
            (
                day,
                published(office, revision),
            )
        )
    since = first_published(states)
    return [Notice(shift, day) for shift, day in since]


def wanted_notice(office: Office) -> tuple[int, str] | None:
    """Return the longest notice that a confirmed rule wants, with its name; None without one."""
    rules = [row.rule() for row in office.all(ScheduleRule, "confirmed AND kind = 'notice'")]
    longest = max(rules, key=lambda rule: rule.limit, default=None)
    return None if longest is None else (longest.limit, longest.name)


def short_words(
    office: Office,
    place: int,
    monday: date,
) -> str:
    """Return how many shifts of a week have less notice than a rule wants, as a sentence behind others.

    A day that has passed needs none any more.
    """
    wanted = wanted_notice(office)
    # Without a rule no history is read: most offices have none.
    if wanted is None:
        return ""
    days, rule = wanted
    ahead = [one for one in notices(office, place, monday) if one.shift.on >= office.today]
    short = [one for one in ahead if one.days < days]
    if not short:
        return ""
    shifts = wording.count(len(short), "shift")
    return f" Less notice than {days} days ({rule}): {shifts}, officeops roster notice {monday}."
