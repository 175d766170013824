"""Who may do what with the people, by default.

Everybody has their own rows, their own pay included. A lead sees the team, a manager everybody's
directory data, and the role `hr` the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a manager enters. Who may edit a position decides who leads whom.
_BY_MANAGER: Final = {
    "person": "people",
    "employment": "employments",
    "position": "positions",
    "work-pattern": "work patterns",
    "job-role": "job roles",
}
#: What HR alone enters; a person sees their own.
_BY_HR: Final = {"pay": "pay", "benefit": "benefits"}
_VERBS: Final = ("add", "edit", "archive", "unarchive", "import", "export")

ROLES: Final = [
    Role(
        "hr",
        ("manage", "hr.*", "core.attachment.sealed.*"),
        "Keeps people's files: pay, identifiers and health included.",
    )
]


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _BY_MANAGER.items():
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield Permission("hr.person.hire", "Hire a person, or hire them again.", "manage")
    yield Permission("hr.person.separate", "Enter the last day of a person.", "manage")
    yield Permission("hr.person.correct-name", "Correct the spelling of a name.", "manage")
    yield Permission("hr.print-emergency-sheet", "Record prints of the emergency sheet.", "lead")
    yield Permission("hr.person.emergency-sheet.open", "Open the emergency sheet.", "lead")
    yield Permission("hr.person.packet.open", "See what a packet for payers has.", "read")
    yield Permission("hr.add-job-roles", "Add the usual job roles.", "manage")
    for noun, words in _BY_HR.items():
        yield Permission(f"hr.{noun}.view", f"See one's own {words}.", "read")
        for verb in _VERBS:
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "sensitive")
