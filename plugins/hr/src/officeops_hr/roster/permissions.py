"""Who may do what with the schedule, by default.

Everybody sees the published schedule. The plan behind it, and what it lacks, is a manager's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS: Final = {
    "shift": "shifts of the plan",
    "shift-pattern": "shift patterns",
    "coverage-rule": "coverage rules",
}


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _NOUNS.items():
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield Permission("hr.shift.view", "See the plan behind the schedule.", "manage")
    yield Permission("hr.shift.assign", "Give a shift to somebody.", "manage")
    yield Permission("hr.shift.open", "Take a shift from its person.", "manage")
    yield Permission("hr.shift.drop", "Take a shift out of the plan.", "manage")
    yield Permission("hr.shift.ask", "Note who was asked to cover a shift.", "manage")
    yield Permission("hr.person.call-out", "Note that somebody does not come.", "manage")
    yield Permission("hr.call-out.end", "Note that somebody is back.", "manage")
    yield Permission("hr.lay-out-schedule", "Add the shifts of patterns.", "manage")
    yield Permission("hr.publish-schedule", "Publish a week.", "manage")
    yield Permission("hr.mark-schedule-seen", "Say that you have seen your schedule.", "read")
    yield Permission("hr.roster-revision.told", "Note whom you told about a publication.", "manage")
    yield Permission("hr.out-today.open", "See who is out today.", "manage")
    yield Permission("hr.plan-week", "Plan a week on its sheet.", "manage")
    yield Permission("hr.schedule.open", "Open the plan of a week.", "manage")
    yield Permission("hr.roster.open", "See the schedule.", "read")
