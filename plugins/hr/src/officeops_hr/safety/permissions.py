"""Who may do what with safety, by default.

Anybody reports; managers see what no colleague was hurt by; HR keeps cases and health.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = ("add", "edit", "archive", "unarchive", "import", "export")
_STEPS: Final = (
    Permission("hr.incident.add", "Report an incident.", "work"),
    # The reporter completes it; the scope leaves others out.
    Permission("hr.incident.edit", "Complete the report of an incident.", "work"),
    Permission("hr.incident.archive", "Archive incidents.", "manage"),
    Permission("hr.incident.unarchive", "Unarchive incidents.", "manage"),
    Permission("hr.incident.close", "Close an incident.", "manage"),
    Permission("hr.incident.reopen", "Open an incident again.", "manage"),
    Permission("hr.injury-case.view", "See one's own injury case.", "read"),
    Permission("hr.injury-health.view", "Read the health in injury cases.", "sensitive"),
    Permission("hr.injury-health.edit", "Write the health in injury cases.", "sensitive"),
    Permission("hr.vaccine-offer.view", "See vaccine offers.", "sensitive"),
    Permission("hr.add-deadlines", "Add the suggested deadlines.", "manage"),
    Permission("hr.deadline.add", "Add deadlines.", "manage"),
    Permission("hr.deadline.edit", "Edit deadlines.", "manage"),
    # Anybody may need it at once.
    Permission("hr.first-hour.open", "See what to do in the first hour.", "read"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in (("injury-case", "injury cases"), ("vaccine-offer", "vaccine offers")):
        for verb in _VERBS:
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "sensitive")
    yield from _STEPS
