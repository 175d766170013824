"""The lifecycles of an excursion and of the lots that it holds."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, OPTIONAL, REQUIRED, Lifecycle, Transition, param
from officeops_maintenance.stated_reason import kept_in, stated

#: States in which an excursion needs somebody.
OPEN_STATES: Final = ("open", "called")
#: The code of the steps, which the records know only by name.
_STEPS: Final = "officeops_maintenance.readings.excursion_steps"

EXCURSION: Final = Lifecycle(
    ("open", "called", "closed", "withdrawn", "past"),
    # By code alone, where it is written: a person would let lots go that nobody decided on.
    Transition("past", ("open",), "past"),
    Transition(
        "open",
        ("past",),
        "open",
        "Treat one of the past as one of today: what the unit kept then is there still.",
        fields={"cause": OPTIONAL},
        then=f"{_STEPS}:was_opened",
    ),
    Transition(
        "call",
        OPEN_STATES,
        "called",
        "Enter the call to the manufacturer or the state program: its case number and advice.",
        fields={"case_number": REQUIRED, "called": OPTIONAL, "advice": OPTIONAL},
        stamp={"called_by": ACTOR, "called_at": NOW},
        then=f"{_STEPS}:was_called",
    ),
    Transition(
        "close",
        ("called",),
        "closed",
        "Close it, once every lot is decided on.",
        means="do",
        fields={
            "cause": OPTIONAL,
            "action_taken": OPTIONAL,
            "reason": param(
                default=None,
                example="It is switched off and empty",
                help="Needed where no reading within range came after",
            ),
        },
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        guard=f"{_STEPS}:not_decided",
        writes=f"{_STEPS}:why_closed",
        then=f"{_STEPS}:was_closed",
    ),
    Transition(
        "withdraw",
        OPEN_STATES,
        "withdrawn",
        "Withdraw it: the reading was wrong. Its lots may be used again.",
        danger=True,
        fields={"reason": stated("Read wrong")},
        guard=f"{_STEPS}:still_out",
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        writes=kept_in("cause"),
        then=f"{_STEPS}:let_go",
    ),
    column="state",
    # An old file, or a log on paper, tells of one that has ended long ago.
    first=("open", "past"),
    words={"open": "open", "called": "called in", "past": "of the past"},
    log=True,
    since="started_at",
    # The lots of a closed one stay with it.
    binds=False,
)
HELD_LOT: Final = Lifecycle(
    ("held", "release", "discard"),
    Transition(
        "release",
        ("held", "discard"),
        "release",
        "Release the lot for use, as the maker or the program advised.",
        means="approve",
        fields={"reason": param(default=None, help="Needed for one to be discarded")},
        stamp={"decided_by": ACTOR, "decided_at": NOW},
        guard=f"{_STEPS}:not_called",
        writes=f"{_STEPS}:why_released",
        then=f"{_STEPS}:released",
        bulk=True,
    ),
    Transition(
        "discard",
        ("held",),
        "discard",
        "Discard the lot: nobody may use it. It stays held until it leaves the stock.",
        fields={"reason": OPTIONAL},
        stamp={"decided_by": ACTOR, "decided_at": NOW},
        guard=f"{_STEPS}:not_called",
        then=f"{_STEPS}:discarded",
        danger=True,
        bulk=True,
    ),
    column="decision",
    words={"held": "held", "release": "released", "discard": "to be discarded"},
    binds=False,
)
