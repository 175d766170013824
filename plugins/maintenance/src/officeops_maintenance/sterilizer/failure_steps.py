"""What the steps of a failure ask: the review, the repair, the row of passes; and the return."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Problem, Reason, Refused, action, param
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN, EQUIPMENT, LOCKABLE
from officeops_maintenance.equipment.steps import tag_outdated
from officeops_maintenance.sterilizer.indicator_life import SPORE_TEST
from officeops_maintenance.sterilizer.passes import KNOWN, LAST_KNOWN
from officeops_maintenance.sterilizer.progress import progress, progress_of
from officeops_maintenance.sterilizer.recall import undecided
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.sterilizer.failure import Failure

_LATER: Final = "equipment_id = ? AND id > ? AND state <> 'withdrawn'"
_AGAIN: Final = "equipment_id = ? AND state = 'positive' AND id <> ? AND run_at >= ?"

_KNOWN_OF: Final = "SELECT {} FROM maintenance_sterilizer_failure t WHERE t.id = ?"


def not_passed(office: Office, failure: Failure) -> str | None:
    """Say why a sterilizer stays locked."""
    # Asked of the tests each time, so that a result which is undone locks it again.
    stage, *_ = progress_of(office, failure)
    if stage == "ready":
        unit = office.get(Equipment, failure.equipment_id)
        return Reason(f"{unit.name} is retired", code="wrong-state") if _is_gone(unit) else None
    return Reason(progress(office, failure), code="wrong-state")


def _is_gone(unit: Equipment) -> bool:
    return unit.status == "retired"


def was_released(
    office: Office,
    failure: Failure,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Return the sterilizer to service; refused with the reason where its category asks for more."""
    unit = office.get(Equipment, failure.equipment_id)
    said = f"{failure.human_key} is released."
    # A unit that was retired since then has nowhere to return to.
    if unit.status in DOWN:
        said = f"{said} {EQUIPMENT.move(office, unit, 'return')}"
    loads = undecided(office, failure)
    if loads:
        count = wording.count(len(loads), "load")
        said += f" The recall of {count} is still to be decided."
    return said


def failed_again(office: Office, failure: Failure) -> str | None:
    """Say why a failure is no mistake: another test was positive, too."""
    again = office.first(
        SporeTest,
        _AGAIN,
        failure.equipment_id,
        failure.test_id,
        failure.failed_at.isoformat(),
    )
    if again is None:
        return None
    return Reason(f"{again.human_key} was positive, too", code="wrong-state")


def was_withdrawn(
    office: Office,
    failure: Failure,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Take the positive test back; the sterilizer is returned by hand, with its own test."""
    test = office.get(SporeTest, failure.test_id)
    words = SPORE_TEST.move(
        office,
        test,
        "take-back",
        reason=failure.reason,
    )
    unit = office.get(Equipment, failure.equipment_id)
    said = f"{failure.human_key} is withdrawn. {words}"
    if unit.status in DOWN:
        tag_outdated(office, unit, failure.human_key)
        said += f" Then: officeops equipment return {unit.human_key}"
    return said


def not_the_last(office: Office, failure: Failure) -> str | None:
    """Say why a failure stays released: a later one decides on its sterilizer."""
    later = office.first(type(failure), _LATER, failure.equipment_id, failure.id, order="id DESC")
    if later is None:
        return None
    return Reason(f"{later.human_key} came after it", code="wrong-state")


def not_closed(office: Office, failure: Failure) -> dict[str, None]:  # noqa: ARG001
    """Clear who released it, and because of which tests."""
    return {"closed_by": None, "closed_at": None, "release_proofs": None}


def was_reopened(
    office: Office,
    failure: Failure,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Take the sterilizer out of service again, and say what it waits for."""
    unit = office.get(Equipment, failure.equipment_id)
    said = f"{failure.human_key} locks {unit.name} again."
    if unit.status in LOCKABLE:
        why = f"{failure.human_key}, released by mistake"
        said = f"{said} {EQUIPMENT.move(office, unit, 'quarantine', reason=why)}"
    return f"{said} {progress(office, failure)}"


def _not_locked(office: Office, failure: Failure) -> str | None:  # noqa: ARG001 - of every action
    if failure.state == "locked":
        return None
    return Reason(f"it is {failure.state}", code="wrong-state")


def _moment(
    office: Office,
    failure: Failure,
    when: datetime | None,
    known: str,
) -> datetime:
    """Return when a step was done. Raises Refused for a moment before anybody knew why to do it."""
    since = _known_since(office, failure, known)
    if when is not None and not since <= when <= office.now():
        begin = f"{office.ways.clock(since):%Y-%m-%d %H:%M}"
        why = f"is before {begin}, when the positive test was entered, or in the future"
        raise Refused([Problem(why, "when", code="out-of-range")], failure.human_key)
    # To the minute, as people type the cycle that follows.
    return (when or office.now()).replace(second=0, microsecond=0)


def _known_since(
    office: Office,
    failure: Failure,
    known: str,
) -> datetime:
    """Return from when a failure was known: since it locks, and its test, by an SQL term, is known."""
    text = office.value(_KNOWN_OF.format(known), failure.id)
    locked = failure.opened_at.replace(second=0)
    return locked if text is None else max(locked, datetime.fromisoformat(text))


@action("maintenance.sterilizer-failure.review", unless=_not_locked)
def review(
    office: Office,
    failure: Failure,
    findings: str = param(
        kind="long_text",
        help="What packaging, loading and monitoring showed",
        example="Overloaded; the program was right",
    ),
    when: datetime | None = param(  # noqa: B008 - a declaration
        default=None, help="When it was done. [default: now]"
    ),
) -> Outcome:
    """Enter the review of packaging, loading, program and monitoring; tests count only after it."""
    stamps = {
        "reviewed_by": office.actor,
        "reviewed_at": _moment(
            office,
            failure,
            when,
            KNOWN,
        ),
    }
    known = office.edit(
        failure,
        managed=True,
        findings=findings,
        **stamps,
    )
    return Outcome(known, f"{known.human_key} is reviewed. {progress(office, known)}")


@action("maintenance.sterilizer-failure.repaired", unless=_not_locked)
def repaired(
    office: Office,
    failure: Failure,
    cause: str = param(help="The cause and its repair", example="Door gasket replaced"),
    when: datetime | None = param(  # noqa: B008 - a declaration
        default=None, help="When it was repaired. [default: now]"
    ),
) -> Outcome:
    """Enter the cause of the failure and its repair; tests count only after it."""
    stamps = {
        "repaired_by": office.actor,
        "repaired_at": _moment(
            office,
            failure,
            when,
            LAST_KNOWN,
        ),
    }
    known = office.edit(
        failure,
        managed=True,
        cause=cause,
        **stamps,
    )
    return Outcome(known, f"{known.human_key}: repaired. {progress(office, known)}")
