"""Who may do what with leave, by default.

Everybody asks for their own leave, a lead decides on the team's, and a manager keeps the policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a manager enters: it says how much leave people have.
_BY_MANAGER: Final = {
    "leave-policy": "leave policies",
    "leave-enrollment": "people's leave",
    "leave-blackout": "blackout days",
    "hours-worked": "hours worked",
}
_STEPS: Final = (
    Permission("hr.leave-request.submit", "Ask for leave.", "work"),
    Permission("hr.leave-request.withdraw", "Take a request back.", "work"),
    Permission("hr.leave-request.amend", "Ask for other days.", "work"),
    Permission("hr.leave-request.cancel", "Cancel approved leave before it begins.", "work"),
    # A lead reaches the team alone, so this is no right to decide on everybody.
    Permission("hr.leave-request.approve", "Approve leave.", "lead"),
    Permission("hr.leave-request.deny", "Deny leave.", "lead"),
    Permission("hr.request-leave", "Ask for leave in one step.", "work"),
    Permission("hr.leave-entry.reverse", "Reverse entries of leave.", "manage"),
    Permission("hr.add-usual-leave-policy", "Add usual leave policies.", "manage"),
    Permission("hr.leave-policy.confirm", "Confirm a policy against its source.", "manage"),
    Permission("hr.leave-policy.close-year", "Carry leave over into a new year.", "manage"),
    Permission("hr.leave-enrollment.open", "Enter an opening balance.", "manage"),
    Permission("hr.leave-enrollment.adjust", "Add to a balance or take from it.", "manage"),
    Permission("hr.leave-enrollment.pay-out", "Note that leave was paid out.", "manage"),
    Permission("hr.leave-reason.view", "Read one's own private reason.", "read"),
    # Who gives a reason writes a sealed field, which needs the right to edit it.
    Permission("hr.leave-reason.edit", "Give a private reason.", "work"),
    Permission("hr.leave-reason.export", "Export private reasons.", "sensitive"),
    Permission("hr.leave-request.give-reason", "Give a private reason.", "work"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _BY_MANAGER.items():
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield from _STEPS
