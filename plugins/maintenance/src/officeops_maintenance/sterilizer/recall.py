"""Recall: a named person decides how far each load in doubt is called back, with date and reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Outcome, Problem, Reason, Refused, action, choice, param
from officeops.values import wording
from officeops_maintenance.sterilizer.load import DECISIONS, Load
from officeops_maintenance.sterilizer.suspects import FAILURE_OF, SUSPECTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from officeops import Action, Office
    from officeops_maintenance.sterilizer.failure import Failure

#: What a decision means for the packs, in a sentence.
_MEANS: Final = {
    "recall": "recall them, and sterilize them again",
    "implants_only": "recall their implants alone",
    "none": "no recall",
}
_DECISION: Final[Any] = choice(*DECISIONS, help="All of it, its implants alone, or none")
_BY: Final[Any] = param(example="Dr. Hahn", help="The person who decided")
_ON: Final[Any] = param(
    kind="date",
    default=None,
    help="When. [default: today]",
)
_REASON: Final[Any] = param(
    default=None,
    example="Indicators passed",
    help="Needed unless all of it is recalled",
)


def _in_no_doubt(office: Office, load: Load) -> str | None:
    if office.value(FAILURE_OF, load.id) is not None:
        return None
    return Reason("no positive spore test casts doubt on it", code="nothing-to-do")


@action(
    "maintenance.sterilizer-load.decide-recall",
    unless=_in_no_doubt,
    bulk=True,
)
def decide_load(
    office: Office,
    load: Load,
    decision: str = _DECISION,
    decided_by: str = _BY,
    decided_on: date | None = _ON,
    reason: str | None = _REASON,
) -> Outcome:
    """Enter who decided on the recall of a load, and how."""
    _decide(
        office,
        [load],
        decision,
        decided_by,
        decided_on,
        reason,
    )
    return Outcome(load, f"{load.human_key}: {_MEANS[decision]}, {decided_by} decided.")


def _all_decided(office: Office, failure: Failure) -> str | None:
    if undecided(office, failure):
        return None
    return Reason("no load of it is undecided", code="nothing-to-do")


@action("maintenance.sterilizer-failure.decide-recall", unless=_all_decided)
def decide_all(
    office: Office,
    failure: Failure,
    decision: str = _DECISION,
    decided_by: str = _BY,
    decided_on: date | None = _ON,
    reason: str | None = _REASON,
) -> Outcome:
    """Enter who decided on the recall of all loads that are undecided, and how."""
    loads = undecided(office, failure)
    _decide(
        office,
        loads,
        decision,
        decided_by,
        decided_on,
        reason,
    )
    count = wording.count(len(loads), "load")
    return Outcome(failure, f"{count}: {_MEANS[decision]}, {decided_by} decided.")


def suspects(office: Office, failure: Failure) -> list[Load]:
    """Return the loads that a failure casts doubt on, earliest first."""
    return list(office.some(Load, [number for (number,) in office.rows(SUSPECTS, failure.id)]))


def undecided(office: Office, failure: Failure) -> list[Load]:
    """Return those of them that nobody has decided on."""
    return [load for load in suspects(office, failure) if load.recall is None]


def recall_words(load: Load) -> str:
    """Return the decision on a load in doubt, with who decided and when: `no recall (Dr. Hahn)`."""
    if load.recall is None:
        return "recall not decided"
    why = f": {load.recall_reason}" if load.recall_reason else ""
    # Without an implant in it nothing of the load is called back.
    is_none = load.recall == "implants_only" and not load.implant
    means = "no implants, so no recall" if is_none else _MEANS[load.recall]
    return f"{means} ({load.recall_by}, {load.recall_on}{why})"


def _decide(
    office: Office,
    loads: Iterable[Load],
    decision: str,
    decided_by: str,
    decided_on: date | None,
    reason: str | None,
) -> None:
    # The person who decides is rarely the one who types it in.
    on = decided_on or office.today
    problems = []
    # For each pack that is not called back a person answers for the reason.
    if decision != "recall" and not reason:
        problems.append(
            Problem("is needed for a decision against a full recall", "reason", code="needed")
        )
    if on > office.today:
        problems.append(
            Problem(
                "is in the future",
                "decided_on",
                code="out-of-range",
            )
        )
    if problems:
        raise Refused(problems, "Nothing was decided")
    for load in loads:
        office.edit(
            load,
            managed=True,
            recall=decision,
            recall_by=decided_by,
            recall_on=on,
            recall_reason=reason,
        )


ACTIONS: Final[list[Action[..., Any]]] = [decide_load, decide_all]
