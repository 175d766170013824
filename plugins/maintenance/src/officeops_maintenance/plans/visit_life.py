"""The lifecycle of a visit: expected, then came or not."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, OPTIONAL, REQUIRED, Lifecycle, Transition, param

_STEPS: Final = "officeops_maintenance.plans.visit_steps"
#: Parameters of a visit that took place, of the visit and of its task alike.
USED: Final = param(
    kind="long_text",
    default=None,
    label="Supplies used",
    example="Paper towels=2",
    help="An item with its quantity; once for each item. It is taken from stock",
)
ANSWER: Final = param(
    kind="long_text",
    default=None,
    example="Floors are clean=pass",
    help="An item of its task's checklist with the answer; once for each item",
)
WHEN: Final = param(
    kind="instant",
    default=None,
    example="yesterday 18:00",
    help="When they came, if not now",
)
AGAIN: Final = param(
    kind="date", default=None, example="fri", help="When they come instead, if they said so"
)

_STATES: Final = ("expected", "came", "not_came", "cancelled")

VISIT: Final = Lifecycle(
    _STATES,
    Transition(
        "came",
        ("expected", "not_came"),
        "came",
        "Say that they came, and what they did.",
        means="do",
        fields={"done": OPTIONAL, "used": USED, "answer": ANSWER, "when": WHEN},
        stamp={"noted_by": ACTOR},
        writes=f"{_STEPS}:came",
        then=f"{_STEPS}:has_come",
    ),
    Transition(
        "not-came",
        ("expected",),
        "not_came",
        "Say that they did not come, and why.",
        fields={"reason": REQUIRED, "again_on": AGAIN},
        stamp={"noted_by": ACTOR},
        then=f"{_STEPS}:has_not_come",
    ),
    Transition(
        "reopen",
        ("came",),
        "expected",
        "Say that they did not come after all: the visit is expected again, and its task open.",
        fields={"reason": REQUIRED},
        stamp={"noted_by": ACTOR},
        writes=f"{_STEPS}:not_yet",
        then=f"{_STEPS}:expected_again",
    ),
    Transition(
        "cancel",
        ("expected",),
        "cancelled",
        "Cancel the visit, and say why.",
        danger=True,
        fields={"reason": REQUIRED},
        stamp={"noted_by": ACTOR},
    ),
    column="state",
    # An office's own list comes back in every state.
    first=_STATES,
    words={"not_came": "not come"},
)
