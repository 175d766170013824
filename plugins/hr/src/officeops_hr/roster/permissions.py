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
    "shift-template": "shift templates",
    "coverage-rule": "coverage rules",
    "hours-rule": "rules of hours and rest",
}
#: Everybody asks for the own shifts; each step looks at who asks.
_OFFERS: Final = {
    "hr.published-shift.offer": "Offer one's own shift.",
    "hr.published-shift.take": "Ask for an open shift.",
    "hr.published-shift.call-out": "Say that one cannot come to one's own shift.",
    "hr.shift-offer.take": "Ask for a shift on offer.",
    "hr.shift-offer.step-back": "Let a shift go again that one asked for.",
    "hr.shift-offer.withdraw": "Take one's own offer back.",
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
    # Everybody enters their own times; rows of others are out of reach.
    yield Permission("hr.availability.add", "Say when you can work.", "work")
    yield Permission("hr.availability.edit", "Change when you can work.", "work")
    yield Permission("hr.add-usual-hours-rules", "Add the usual rules of hours.", "manage")
    yield Permission("hr.add-usual-shift-templates", "Add the usual shifts.", "manage")
    yield Permission("hr.fill-schedule", "Take rows of a draft into the plan.", "manage")
    yield Permission("hr.publish-schedule", "Publish a week.", "manage")
    # Level work and not read: a login that only looks trades nothing.
    for verb, help_ in _OFFERS.items():
        yield Permission(verb, help_, "work")
    yield Permission("hr.shift-offer.take-for", "Note who takes a shift on offer.", "manage")
    yield Permission("hr.shift-offer.approve", "Approve swaps of shifts.", "manage")
    yield Permission("hr.shift-offer.refuse", "Refuse swaps of shifts.", "manage")
    yield Permission("hr.mark-schedule-seen", "Say that you have seen your schedule.", "read")
    yield Permission("hr.roster-revision.told", "Note whom you told about a publication.", "manage")
    yield Permission("hr.out-today.open", "See who is out today.", "manage")
    yield Permission("hr.plan-week", "Plan a week on its sheet.", "manage")
    yield Permission("hr.schedule.open", "Open the plan of a week.", "manage")
    yield Permission("hr.roster.open", "See the schedule.", "read")
