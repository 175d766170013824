"""The lifecycle of a calibration: open until it passed or failed; withdrawn where it was wrong."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Frozen, Lifecycle, Promise, Transition, param

_STEPS: Final = "officeops_maintenance.calibration.steps"
#: States in which a calibration says something about its unit.
DECIDED: Final = ("passed", "failed")
_CERTIFICATE: Final = "officeops_maintenance.calibration.certificate"
#: One that passed keeps the certificate and the points by which it passed.
CERTIFIED: Final = Promise(
    f"{_CERTIFICATE}:uncertified",
    rests_on={
        "maintenance.calibration": "id",
        "maintenance.calibration-point": "calibration_id",
        "core.attachment": "about",
    },
)
FACTS: Final = ("equipment_id", "done_on", "found", "standard_id", "standard_reason")
_RULES: Final = "officeops_maintenance.calibration.decided_facts"
FROZEN: Final = (Frozen(FACTS, rule=f"{_RULES}:of_decision"),)
_VALUES: Final = ("calibration_id", "point", "as_found", "as_left", "tolerance")
POINT_FROZEN: Final = (
    Frozen(_VALUES, rule=f"{_RULES}:of_point"),
    Frozen(("archived_at",), rule=f"{_RULES}:found_out"),
)
TAKE_OUT: Final = param(
    kind="yes_no",
    default=True,
    label="Out of service",
    help="Nobody may use the unit until a calibration passes",
)
_DECIDED: Final = {"decided_by": ACTOR, "decided_at": NOW}

CALIBRATION: Final = Lifecycle(
    ("open", *DECIDED, "withdrawn"),
    Transition(
        "pass",
        ("open",),
        "passed",
        "Say that the unit passed. The plan's task is done on the day of the calibration.",
        means="approve",
        stamp=_DECIDED,
        guard=f"{_STEPS}:not_passable",
        writes=f"{_CERTIFICATE}:certified",
        then=f"{_STEPS}:has_passed",
    ),
    Transition(
        "fail",
        ("open",),
        "failed",
        "Say that the unit failed. A ticket is opened, and the unit goes out of service.",
        means="deny",
        fields={"reason": REQUIRED, "take_out": TAKE_OUT},
        stamp=_DECIDED,
        then=f"{_STEPS}:has_failed",
    ),
    Transition(
        "withdraw",
        ("open", *DECIDED),
        "withdrawn",
        "Withdraw it: it was entered by mistake.",
        danger=True,
        fields={"reason": REQUIRED},
        stamp=_DECIDED,
        then=f"{_STEPS}:is_withdrawn",
    ),
    column="state",
    # The list that an office kept before has calibrations of each result.
    first=("open", *DECIDED, "withdrawn"),
    # Points may be added to a calibration that was decided by its certificate.
    binds=False,
)
