"""Entry checks: what speaks against an entry of time beside the others and the sheet of its week."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Problem, Reason
from officeops_hr.people.employment import Employment
from officeops_hr.people.status import status_on
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_NEAR: Final = "person_id = ? AND day BETWEEN ? AND ? AND id <> ?"
_ONE_DAY: Final = timedelta(days=1)


def problems(office: Office, entry: TimeEntry) -> Iterator[Problem]:
    """Yield what speaks against an entry."""
    why = None if _is_as_kept(office, entry) else handed_in(office, entry)
    if why:
        yield Problem(
            why,
            "day",
            code="not-allowed-here",
        )
    employments = list(
        office.all(
            Employment,
            "person_id = ?",
            entry.person_id,
        )
    )
    if status_on(employments, entry.day) in {"left", "future", "not_employed"}:
        yield Problem(
            "is a day on which they do not work here",
            "day",
            code="out-of-range",
        )
    yield from clashes(office, entry, entry.person_id)


def _is_as_kept(office: Office, entry: TimeEntry) -> bool:
    # A row that nobody changes is in order, however far its week is.
    if not entry.id:
        return False
    before = office.get(TimeEntry, entry.id)
    # One that comes back from the archive changes the hours of its week.
    if before.archived_at != entry.archived_at:
        return False
    return all(
        getattr(entry, field.name) == getattr(before, field.name) for field in entry.meta.fields
    )


def handed_in(office: Office, entry: TimeEntry) -> str | None:
    """Return why the week of an entry takes no change, and the way that there is."""
    before = office.get(TimeEntry, entry.id) if entry.id else None
    # Where the day changes, the week that loses it counts as much.
    if before is not None and (before.person_id, before.day) != (entry.person_id, entry.day):
        return _closed(office, before) or _closed(office, entry)
    is_correction = entry.corrections != (before.corrections if before else 0)
    return _closed(
        office,
        entry,
        is_correction=is_correction,
    )


def _closed(
    office: Office,
    entry: TimeEntry,
    *,
    is_correction: bool = False,
) -> str | None:
    sheet = sheet_of(
        office,
        entry.person_id,
        entry.day,
    )
    if sheet is None or sheet.state == "open" or (sheet.state == "locked" and is_correction):
        return None
    if sheet.state == "locked":
        words = f"is in a week that is paid: officeops correct-time, or timesheet unlock {sheet}"
    else:
        words = f"is in a week that is {sheet.state}: officeops timesheet return {sheet} opens it"
    return Reason(words, code="not-allowed-here")


def clashes(
    office: Office,
    entry: TimeEntry,
    person_id: int,
) -> Iterator[Problem]:
    """Yield the entries of a person that count the same minutes as another one."""
    days = ((entry.day - _ONE_DAY).isoformat(), (entry.day + _ONE_DAY).isoformat())
    worked = entry.worked()
    for other in office.all(
        TimeEntry,
        _NEAR,
        person_id,
        *days,
        entry.id or 0,
    ):
        # The same one, as a file brings it again; a second one is refused by its key.
        if (other.day, other.starts_at) == (entry.day, entry.starts_at):
            continue
        if other.day == entry.day and "absent" in {other.how, entry.how}:
            words = "has an entry already, and an absence is for all of it"
            yield Problem(
                words,
                "day",
                code="contradicts-record",
            )
        theirs = other.worked()
        if worked is not None and theirs is not None and worked.clashes(theirs):
            yield Problem(
                f"is within the time of #{other.id}",
                "starts_at",
                code="given-twice",
            )
