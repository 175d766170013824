"""An oracle beside the schedule: it reads rows, and knows the promises in arithmetic of its own.

It uses no rule of the plugin: times are minutes since a fixed Monday, and a week is 10,080 of them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from officeops.office.office import Office

DAY, WEEK = 1440, 10080
#: Hours of a week that need no reason.
FULL: Final = 2400
#: What the commands of the schedule write.
TABLES: Final = (
    "hr_shift",
    "hr_call_out",
    "hr_roster_revision",
    "hr_published_shift",
    "hr_roster_notice",
    "hr_shift_offer",
    "hr_time_entry",
    "hr_timesheet",
    "hr_paid_time",
    "hr_cover_ask",
    "hr_shift_pattern",
    "hr_person",
    "hr_employment",
    "hr_former_name",
)
_ORIGIN: Final = date(2026, 1, 5)
#: What is not the state of a row: when it was written, and how often.
_IGNORED: Final = frozenset({"version"})


def state(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Return all live rows that the commands of the schedule write."""
    found = {}
    for table in TABLES:
        columns = [row[1] for row in office.rows(f"PRAGMA table_info({table})")]
        shown = ", ".join(name for name in columns if name not in _IGNORED)
        found[table] = list(office.rows(f"SELECT {shown} FROM {table} WHERE {_LIVE} ORDER BY id"))
    return found


_LIVE: Final = "archived_at IS NULL"


def _begin(day: str) -> int:
    return (date.fromisoformat(day) - _ORIGIN).days * DAY


def _spans(
    day: str,
    starts_at: int,
    ends_at: int,
) -> tuple[int, int]:
    end = ends_at if ends_at > starts_at else ends_at + DAY
    return _begin(day) + starts_at, _begin(day) + end


# -- the plan --------------------------------------------------------------------------------------


def double_bookings(office: Office) -> list[tuple[int, int, int]]:
    """Return each two shifts of somebody that share a minute."""
    rows = office.rows(
        "SELECT person_id, id, day, starts_at, ends_at FROM hr_shift "
        "WHERE archived_at IS NULL AND NOT dropped AND person_id IS NOT NULL"
    )
    by_person: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for person, number, *times in rows:
        by_person[person].append((*_spans(*times), number))
    clashes = []
    for person, spans in by_person.items():
        spans.sort()
        for (_, end, one), (start, _, other) in pairwise(spans):
            if start < end:
                clashes.append((person, one, other))
    return clashes


def unreasoned_weeks(office: Office) -> list[tuple[int, int, int]]:
    """Return the weeks of people whose shifts without a reason are more than full time together.

    Who gives somebody one more is asked why, so what is over has its reason beside it.
    """
    rows = office.rows(
        "SELECT person_id, day, starts_at, ends_at, unpaid FROM hr_shift WHERE archived_at IS NULL "
        "AND NOT dropped AND person_id IS NOT NULL AND despite IS NULL AND kind = 'work'"
    )
    minutes: dict[tuple[int, int], int] = defaultdict(int)
    for person, day, starts_at, ends_at, unpaid in rows:
        start, end = _spans(day, starts_at, ends_at)
        minutes[person, start // WEEK] += end - start - unpaid
    return [(*key, total) for key, total in minutes.items() if total > FULL]


# -- who knows what --------------------------------------------------------------------------------

Seen = dict[int, set[tuple[int, int, int, int, int]]]


def _published(office: Office, revision: int | None) -> Seen:
    """Return what each person reads in a revision: their shifts from today on."""
    rows = office.rows(
        "SELECT person_id, shift_number, day, starts_at, ends_at, role_id, unpaid "
        "FROM hr_published_shift WHERE revision_id = ? AND archived_at IS NULL AND day >= ?",
        revision,
        office.today.isoformat(),
    )
    seen: Seen = defaultdict(set)
    for person, number, day, starts_at, ends_at, role, unpaid in rows:
        if person is not None:
            seen[person].add((number, *_spans(day, starts_at, ends_at), role, unpaid))
    return seen


def in_the_dark(office: Office, monday: date) -> set[int]:
    """Return who reads something else in the newest revision of a week than in the last they know."""
    revisions = [
        row[0]
        for row in office.rows(
            "SELECT id FROM hr_roster_revision WHERE monday = ? AND archived_at IS NULL ORDER BY id",
            monday.isoformat(),
        )
    ]
    if not revisions:
        return set()
    told: dict[int, int] = {}
    for revision in revisions:
        for (person,) in office.rows(
            "SELECT person_id FROM hr_roster_notice WHERE revision_id = ? AND archived_at IS NULL",
            revision,
        ):
            told[person] = revision
    now = _published(office, revisions[-1])
    people = {row[0] for row in office.rows("SELECT id FROM hr_person")}
    known = {revision: _published(office, revision) for revision in {None, *told.values()}}
    return {
        person
        for person in people
        if known[told.get(person)].get(person, set()) != now.get(person, set())
    }


# -- the pay ---------------------------------------------------------------------------------------


def confirmed(office: Office, person: int, week: date) -> int:
    """Return the minutes that somebody worked in a week, by what was confirmed and entered."""
    begin = _begin(week.isoformat())
    rows = office.rows(
        "SELECT day, starts_at, ends_at, unpaid FROM hr_time_entry WHERE person_id = ? "
        "AND archived_at IS NULL AND starts_at IS NOT NULL",
        person,
    )
    total = 0
    for day, starts_at, ends_at, unpaid in rows:
        start, end = _spans(day, starts_at, ends_at)
        if begin <= start < begin + WEEK:
            total += end - start - unpaid
    return total


def paid(office: Office, person: int, week: date) -> dict[str, int]:
    """Return the minutes of a week that payroll got, by their rate, corrections included."""
    rates: dict[str, int] = defaultdict(int)
    for number in _records_of(office, person):
        for rate, minutes in office.rows(
            "SELECT rate, minutes FROM hr_paid_time WHERE person_id = ? AND week = ? "
            "AND archived_at IS NULL",
            number,
            week.isoformat(),
        ):
            rates[rate] += minutes
    return {rate: minutes for rate, minutes in rates.items() if minutes}


def _records_of(office: Office, person: int) -> list[int]:
    """Return a person and all who were merged into them, one after the other."""
    merges = list(
        office.rows(
            "SELECT about_id, other FROM core_duplicate WHERE archived_at IS NULL "
            "AND answer = 'merged' AND about_key = 'hr.person'"
        )
    )
    records = [person]
    for number in records:
        records += [gone for gone, other in merges if other == number and gone not in records]
    return records
