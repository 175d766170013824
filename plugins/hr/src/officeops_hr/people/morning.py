"""People on the morning's page: first and last days, and long absences with their end; never why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_DAY: Final = timedelta(days=1)
#: Employments that hold today, of people who are still kept.
_TODAY: Final = """
hired_on <= ?1 AND ifnull(last_day, ?1) >= ?1
AND person_id IN (SELECT id FROM hr_person WHERE archived_at IS NULL)
"""


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield who begins, leaves, is away for long, or is back from that today."""
    today = office.today
    # Without a line of its own, a quiet day would look as if nobody kept the people.
    yield HuddleLine("people", record=Person.meta.key)
    for span in office.all(Employment, _TODAY, today.isoformat(), order="person_id"):
        who = office.label(Person, span.person_id)
        for words in _words(span, office):
            yield HuddleLine("people", f"{who} {words}", Employment.meta.key, span.id)


def _words(span: Employment, office: Office) -> Iterator[str]:
    today = office.today
    if span.hired_on == today:
        yield "has their first day"
    if span.last_day == today:
        yield "has their last day"
    if span.is_on_leave(today):
        until = f" until {span.leave_until}" if span.leave_until else ""
        yield f"is off{until}"
    elif span.leave_until == today - _DAY:
        yield "is back"
