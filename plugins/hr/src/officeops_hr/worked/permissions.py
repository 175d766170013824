"""Who may do what with time worked, by default.

Everybody enters and hands in their own, a lead approves the team's, a manager closes the weeks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    yield Permission("hr.time-entry.add", "Enter time worked.", "work")
    yield Permission("hr.time-entry.edit", "Change time worked, of weeks that are open.", "work")
    # The scope decides whose days these are: a person reaches their own alone.
    yield Permission("hr.confirm-time", "Confirm days as rostered.", "work")
    yield Permission("hr.submit-time", "Hand a week in.", "work")
    yield Permission("hr.timesheet.submit", "Hand a week in again.", "work")
    yield Permission("hr.timesheet.approve", "Approve hours.", "lead")
    yield Permission("hr.timesheet.return", "Give a week back to be changed.", "lead")
    yield Permission("hr.timesheet.lock", "Close weeks for the payroll.", "manage")
    yield Permission("hr.timesheet.unlock", "Open a week again that was paid.", "manage")
    # Paid hours are changed by who closes weeks, never by the person.
    yield Permission("hr.correct-time", "Correct time after its week was paid.", "manage")
    yield Permission("hr.time.open", "See hours worked.", "read")
