"""The lifecycle of a ticket, from the report to the proof that the repair held.

People read four states until they turn the rest on: reported, called in, waiting and fixed.
"""

from __future__ import annotations

from typing import Any, Final

from officeops import ACTOR, NOW, OPTIONAL, REQUIRED, Lifecycle, Transition, param
from officeops_maintenance.stated_reason import kept_in, stated

#: States in which a ticket needs nothing more.
ENDED: Final = ("closed", "rejected", "duplicate", "cancelled")
#: SQL of the tickets that were never work: they cost nothing, and count as no failure.
NO_WORK: Final = f"({', '.join(map(repr, ENDED[1:]))})"
_REPORTED: Final = ("new", "triaged")
_CALLED: Final = ("assigned", "in_progress")
_WAITING: Final = ("waiting",)
_FIXED: Final = ("resolved", "verified")
STATES: Final = (*_REPORTED, *_CALLED, *_WAITING, *_FIXED, *ENDED)
#: States in which somebody still works on it, or should.
UNSOLVED: Final = (*_REPORTED, *_CALLED, *_WAITING)
#: SQL of a ticket's row: whether it needs something more.
OPEN: Final = f"state NOT IN ({', '.join(map(repr, ENDED))})"
#: SQL of a row whose unit nobody may use: it says unsafe, and nobody has fixed it.
UNSAFE: Final = f"unsafe AND state IN ({', '.join(map(repr, UNSOLVED))})"
#: What people read of a state: the short word, and the states that it covers.
SHORT: Final = {
    "reported": _REPORTED,
    "called_in": _CALLED,
    "waiting": _WAITING,
    "fixed": (*_FIXED, "closed"),
    "dropped": ENDED[1:],
}
#: A manager may mark any report as a duplicate; others their own.
MARK_ANY: Final = "maintenance.ticket.mark-duplicate-of-others"
#: The code of the steps, which the records know only by name.
_STEPS: Final = "officeops_maintenance.tickets.steps"
#: The facts that are known once it works again; one line is enough in a small office.
_SOLVED: Final[dict[str, Any]] = {
    "resolution": REQUIRED,
    "cause": OPTIONAL,
    "cost": param(kind="money", default=None, minimum=0, help="Added to its cost so far"),
    "labor": param(
        kind="duration",
        default=None,
        minimum=0,
        help="Time worked, added to its labor",
    ),
}
_BACK: Final = param(
    default=False, kind="yes_no", help="Return its unit to service too, if it passed its test"
)

TICKET: Final = Lifecycle(
    STATES,
    Transition(
        "triage",
        ("new",),
        "triaged",
        "Say how urgent it is.",
        fields={"priority": REQUIRED},
    ),
    Transition(
        "assign",
        (*UNSOLVED,),
        "assigned",
        "Say who sees to it: a person of the office, or a vendor.",
        means="move",
        fields={"assignee": OPTIONAL, "vendor_id": OPTIONAL},
        then=f"{_STEPS}:who_has_it",
    ),
    Transition(
        "start",
        (*_REPORTED, "assigned", "waiting"),
        "in_progress",
        "Begin the work.",
        then="officeops_maintenance.tickets.vendor_answer:begun",
    ),
    Transition(
        "wait",
        (*_REPORTED, *_CALLED),
        "waiting",
        "Wait for the vendor, for parts or for an approval; the clock stops.",
        fields={"waiting_for": REQUIRED},
    ),
    Transition(
        "resolve",
        UNSOLVED,
        "resolved",
        "Say that it works again, and how.",
        fields=_SOLVED,
        stamp={"resolved_by": ACTOR, "resolved_at": NOW},
        writes=f"{_STEPS}:with_cost",
    ),
    Transition(
        "verify",
        ("resolved",),
        "verified",
        "Verify as another person that it works.",
        by_other=("resolved_by",),
        stamp={"verified_by": ACTOR},
    ),
    Transition(
        "close",
        (*UNSOLVED, *_FIXED),
        "closed",
        "Close it, with its resolution; a small office does it in one step.",
        means="do",
        # Where nobody writes a resolution, the ticket says that it was fixed.
        fields={**_SOLVED, "resolution": OPTIONAL, "return_unit": _BACK},
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        writes=f"{_STEPS}:with_cost",
        then=f"{_STEPS}:closed",
    ),
    Transition(
        "reopen",
        (*_FIXED, *ENDED),
        "assigned",
        "Take it up again, such as where it is broken as before, or is no duplicate.",
        fields={"reason": stated("It sparks again")},
        writes=f"{_STEPS}:taken_up",
        then=f"{_STEPS}:reopened",
    ),
    Transition(
        "reject",
        _REPORTED,
        "rejected",
        "Reject the report, and say why.",
        means="deny",
        fields={"reason": stated("It works")},
        writes=kept_in("resolution"),
    ),
    Transition(
        "mark-duplicate",
        (*_REPORTED, *_CALLED),
        "duplicate",
        "Say that another ticket is about the same.",
        fields={"duplicate_of_id": REQUIRED},
        guard="officeops_maintenance.tickets.duplicates:not_yours",
        then="officeops_maintenance.tickets.duplicates:marked",
    ),
    Transition(
        "cancel",
        UNSOLVED,
        "cancelled",
        "Cancel it, and say why.",
        danger=True,
        fields={"reason": stated("Entered by mistake")},
        writes=kept_in("resolution"),
    ),
    column="state",
    # Lists of other programs have tickets in every state.
    first=STATES,
    words={"new": "new", "duplicate": "a duplicate"},
    log=True,
    since="reported_at",
)
