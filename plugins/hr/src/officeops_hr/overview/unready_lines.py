"""Who may not work today, on the morning's page: without the reason, since it may hang on a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.overview.ready_command import UNKNOWN_HOURS, days_of
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_WHY: Final = "`officeops person ready` says why"


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield each person who should work today and may not."""
    for one in days_of(office, office.today):
        # Without a week of theirs nobody knows whether they should.
        if one.is_gap and one.day != UNKNOWN_HOURS:
            words = f"{one.number} {one.person} may not work today; {_WHY}"
            yield HuddleLine("people", words, Person.meta.key, one.id)
