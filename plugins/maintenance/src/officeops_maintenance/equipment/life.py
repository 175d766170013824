"""The lifecycle of equipment: in service, or out of it for a reason that people can read."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Lifecycle, Promise, Transition, param

#: States in which nobody may use, lend or choose a unit, and in which it counts as down.
DOWN: Final = ("out_of_service", "quarantined")
_STATES: Final = ("in_service", *DOWN, "on_loan", "retired")
#: The code of the steps, which the records know only by name.
_STEPS: Final = "officeops_maintenance.equipment.steps"
_LOAN: Final = "officeops_maintenance.loans.loan"
#: States from which a unit is quarantined.
LOCKABLE: Final = ("in_service", "out_of_service", "on_loan")
_OUT: Final = {"out_since": NOW, "out_by": ACTOR}

#: No unit is in use that may not be, by whichever road it got there: each kind on which that rests.
FIT: Final = Promise(
    "officeops_maintenance.equipment.fitness:unfit",
    rests_on={
        "maintenance.equipment": "id",
        "maintenance.ticket": "equipment_id",
        "maintenance.calibration": "equipment_id",
        "maintenance.spore-test": "equipment_id",
        "maintenance.sterilizer-failure": "equipment_id",
        "maintenance.recall-candidate": "equipment_id",
        "core.task": "about",
        "core.answer": "about",
    },
)
EQUIPMENT: Final = Lifecycle(
    _STATES,
    Transition(
        "take-out",
        ("in_service",),
        "out_of_service",
        "Take it out of service, and say why.",
        label="Out of order",
        fields={
            "reason": REQUIRED,
            "planned": param(default=False, kind="yes_no", help="For planned work, not a failure"),
        },
        stamp=_OUT,
        then=f"{_STEPS}:went_down",
    ),
    Transition(
        "quarantine",
        LOCKABLE,
        "quarantined",
        "Keep everybody from using it, after a recall or a failed safety test.",
        fields={"reason": REQUIRED},
        stamp=_OUT,
        then=f"{_STEPS}:went_down",
    ),
    Transition(
        "return",
        DOWN,
        "in_service",
        "Return it to service, once it has passed the test that its category demands.",
        guard="officeops_maintenance.equipment.fitness:not_fit",
        writes=f"{_STEPS}:nothing_wrong",
        then=f"{_STEPS}:is_up",
    ),
    Transition(
        "lend",
        ("in_service",),
        "on_loan",
        "Lend it, and say to whom and until when.",
        fields={"lent_to": REQUIRED, "due_back_on": REQUIRED},
        guard=f"{_LOAN}:of_a_vendor",
        then=f"{_LOAN}:was_lent",
    ),
    # By code alone: a lent unit that was quarantined returns to its loan, not to a shelf.
    Transition("still-lent", ("in_service",), "on_loan"),
    # By the action of the loan, which takes back a quarantined unit as well.
    Transition(
        "take-back",
        ("on_loan",),
        "in_service",
        writes=f"{_STEPS}:is_back",
        then=f"{_STEPS}:came_back",
    ),
    Transition(
        "retire",
        ("in_service", *DOWN, "on_loan"),
        "retired",
        "Retire it for good, and say why.",
        danger=True,
        fields={"reason": REQUIRED},
        stamp={"retired_on": NOW},
        guard=f"{_STEPS}:still_needed",
        then=f"{_STEPS}:is_up",
    ),
    Transition(
        "reinstate",
        ("retired",),
        "out_of_service",
        "Bring a retired unit back; it is out of service until it has passed its test.",
        fields={"reason": REQUIRED},
        stamp=_OUT,
        writes=f"{_STEPS}:not_retired",
        then=f"{_STEPS}:went_down",
    ),
    # Lists of other programs have units in every state.
    first=_STATES,
    words={"in_service": "in service", "out_of_service": "out of service", "on_loan": "on loan"},
    log=True,
    # A ticket or a plan stays, whatever becomes of its unit.
    binds=False,
)
