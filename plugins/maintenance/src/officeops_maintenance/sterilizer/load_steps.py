"""What a load may be, and what its release asks: indicators that passed, and an implant's test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, Refused
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load_life import LOAD
from officeops_maintenance.sterilizer.load_release import negative_test
from officeops_maintenance.sterilizer.suspects import FAILURE_OF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.sterilizer.load import Load

_INDICATORS: Final = ("mechanical", "chemical")
#: Of a sterilizer and a moment: the failure that locked it then, also where it is released since.
_LOCKED_AT: Final = """
equipment_id = ?1 AND opened_at <= ?2 AND (
    state = 'locked' OR state = 'released' AND closed_at > ?2)"""

#: The failure that locked the sterilizer of a load when somebody entered it, for a time before.
_ENTERED_LATE: Final = """
SELECT max(f.id) FROM maintenance_sterilizer_load l
JOIN maintenance_sterilizer_failure f ON f.equipment_id = l.equipment_id
WHERE l.id = ? AND l.run_at < f.opened_at AND f.archived_at IS NULL AND f.state <> 'withdrawn'
AND (SELECT a.at FROM core_change c JOIN core_action a ON a.id = c.action_id
    WHERE c.record = 'maintenance_sterilizer_load' AND c.record_id = l.id
    ORDER BY c.id LIMIT 1) > f.opened_at"""
_DECIDE: Final = "maintenance.sterilizer-load.decide-recall"


def why_not_run(office: Office, load: Load) -> str | None:
    """Return why a sterilizer ran no load at the load's time: it was locked, or out of order."""
    if not load.equipment_id:
        return None
    return not_to_use(office, load.equipment_id, load.run_at)


def not_to_use(
    office: Office,
    unit_id: int,
    moment: datetime,
) -> str | None:
    """Return why a sterilizer cannot be used at a moment; None where it can.

    A load of before may be booked late: it is one of those to decide on.
    """
    unit = office.get(Equipment, unit_id)
    failure = office.first(Failure, _LOCKED_AT, unit_id, moment.isoformat(), order="id DESC")
    if failure is not None:
        is_now = failure.state == "locked"
        words = f"is locked by {failure.human_key}: {unit.reason}"
        was = f"was locked by {failure.human_key} then"
        return Reason(f"{unit.name} {words if is_now else was}", code="in-use")
    since = away_since(office, unit)
    if since is None or moment < since:
        return None
    return Reason(f"{unit.name} is {unit.status.replace('_', ' ')}", code="wrong-state")


def away_since(office: Office, unit: Equipment) -> datetime | None:
    """Return since when a unit cannot be used; None where it can, or nobody knows the day."""
    if unit.status in DOWN:
        return unit.out_since
    if unit.status == "retired":
        return unit.retired_on
    # A loan has no day of its own in the unit.
    return office.last_event_at(unit) if unit.status == "on_loan" else None


def not_usable(office: Office, load: Load) -> str | None:
    """Say why nobody may release a load: a positive spore test casts doubt on it."""
    if load.recall == "none":
        return None
    number = office.value(FAILURE_OF, load.id)
    if number is not None:
        why = f"it is one of the loads of SF-{number}; decide on it first"
        return Reason(why, code="wrong-state")
    # Of an earlier time it would be in no doubt; nobody knew of it when the sterilizer was locked.
    late = None if office.may(_DECIDE) else office.value(_ENTERED_LATE, load.id)
    if late is None:
        return None
    why = f"it was entered after SF-{late} locked its sterilizer, for a time before"
    cure = "a person who decides on recalls releases it"
    return Reason(f"{why}; {cure}", code="wrong-state")


def was_released(
    office: Office,
    load: Load,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Refuse a release without passed indicators, or of an implant whose test is not negative."""
    for name in _INDICATORS:
        shown = getattr(load, name)
        if shown != "pass":
            why = (
                f"its {name} indicator failed; reject it" if shown else f"read its {name} indicator"
            )
            raise Refused(why, load.human_key, code="wrong-state" if shown else "needed")
    if load.implant and not load.before_result and negative_test(office, load) is None:
        raise Refused(
            "it has an implant: its spore test has to be negative first, or say why not with "
            "--before-result",
            load.human_key,
            code="needed",
        )
    return f"{load.human_key} is released: {load.contents}."


def release_if_passed(office: Office, load: Load) -> Iterator[str]:
    """Release a new load whose indicators passed; say what it waits for otherwise."""
    shown = [getattr(load, name) for name in _INDICATORS]
    if "fail" in shown:
        yield f"An indicator failed: nobody may use {load.human_key}. Reject it, and say why."
    # Its spore test decides, whatever the other indicators show.
    elif load.implant:
        yield (
            f"{load.human_key} has an implant and waits for its spore test: "
            f"officeops spore-test add --load {load.human_key}"
        )
    elif None not in shown:
        why = LOAD.reason(office, load, "release")
        released = f"{load.human_key} is not released: {why}."
        yield released if why else LOAD.move(office, load, "release")


def why_kept(office: Office, load: Load) -> str | None:
    """Return why a load stays in the lists: it was not rejected, or is to be decided on."""
    if load.state != "rejected":
        return Reason("it is part of the log; reject it first", code="wrong-state")
    number = office.value(FAILURE_OF, load.id)
    if number is None:
        return None
    return Reason(f"it is one of the loads of SF-{number}", code="in-use")
