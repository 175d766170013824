"""What sterilizers need: locked ones, recalls to decide, results, releases, and plans of tests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.proved_by import SPORE_TEMPLATE
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.progress import progress_of
from officeops_maintenance.sterilizer.recall import undecided
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office, Record

#: Days after which somebody asks for a result, by who reads it: incubation takes up to two.
_WAIT: Final = {"office": timedelta(days=2), "lab": timedelta(days=7)}
#: Of a failure that waits for something: the words, and the action that is next.
_NEXT: Final = {
    "review": ("review packaging, loading and monitoring", "review"),
    "repair": ("find and repair the cause", "repaired"),
    "repeat": ("repeat the spore test", "repeat"),
    "ready": ("release it", "release"),
}
_LOCKED: Final = "state = 'locked'"
_SENT: Final = """state = 'sent' AND equipment_id NOT IN (
SELECT equipment_id FROM maintenance_sterilizer_failure WHERE state = 'locked')"""
_SENT_OF: Final = "equipment_id = ? AND state = 'sent' AND run_at >= ?"
_IN_DOUBT: Final = "state <> 'withdrawn'"
_UNPLANNED: Final = f"""spore_procedure IS NOT NULL AND status <> 'retired' AND NOT EXISTS (
SELECT 1 FROM maintenance_plan p WHERE p.template = '{SPORE_TEMPLATE}' AND p.archived_at IS NULL
AND (p.equipment_id = maintenance_equipment.id
    OR p.category_id = maintenance_equipment.category_id))"""


def due_sterilizers(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of sterilizers, their tests and their loads."""
    for failure in office.all(Failure, _LOCKED):
        yield from _locked(office, failure)
    for failure in office.all(Failure, _IN_DOUBT):
        yield from _recall(office, failure)
    # The line of a locked sterilizer asks for its own.
    for test in office.all(SporeTest, _SENT):
        yield from _result(
            office,
            test,
            until,
        )
    yield from _loads(office)
    for unit in office.all(Equipment, _UNPLANNED):
        yield Due(
            key=f"maintenance.spore-plan:{unit.id}",
            on=office.today,
            what=f"{unit.name} has no plan of spore tests",
            severity="legal",
            action="plan-from-template",
            record=Equipment.meta.key,
            record_id=unit.id,
        )


def _locked(office: Office, failure: Failure) -> Iterator[Due]:
    unit = office.get(Equipment, failure.equipment_id)
    # Retired, nobody waits for it; only its loads are still to be decided on.
    if unit.status == "retired":
        return
    stage, passes, needed = progress_of(office, failure)
    words, action = _NEXT[stage]
    record: Record = failure
    waiting = office.first(
        SporeTest,
        _SENT_OF,
        unit.id,
        failure.failed_at.isoformat(),
    )
    if stage == "repeat" and waiting is not None:
        words, action, record = f"read {waiting.human_key}", "read", waiting
    row = f" ({passes} of {needed} passed)" if stage == "repeat" else ""
    yield Due(
        key=f"maintenance.sterilizer-failure:{failure.id}",
        on=office.ways.day_of(failure.opened_at),
        what=f"DO NOT USE {unit.name}, {failure.human_key}: {words}{row}",
        severity="unsafe",
        action=action,
        record=record.meta.key,
        record_id=record.id,
    )


def _recall(office: Office, failure: Failure) -> Iterator[Due]:
    loads = undecided(office, failure)
    if not loads:
        return
    count = wording.count(len(loads), "load")
    # Implants come first: nobody can call them back once they are placed.
    implants = sum(load.implant for load in loads)
    with_implants = f", {implants} with implants" if implants else ""
    unit = office.label(Equipment, failure.equipment_id)
    yield Due(
        key=f"maintenance.sterilizer-recall:{failure.id}",
        on=office.ways.day_of(failure.opened_at),
        what=f"{failure.human_key}, {unit}: decide on the recall of {count}{with_implants}",
        severity="unsafe",
        action="decide-recall",
        record=Failure.meta.key,
        record_id=failure.id,
    )


def _result(
    office: Office,
    test: SporeTest,
    until: date,
) -> Iterator[Due]:
    # Nobody is late before the incubation can be over.
    on = office.ways.day_of(test.run_at) + _WAIT[test.reader]
    if on > until:
        return
    unit = office.label(Equipment, test.equipment_id)
    where = "the laboratory" if test.reader == "lab" else "the incubator"
    yield Due(
        key=f"maintenance.spore-test:{test.id}",
        on=on,
        what=f"{test.human_key}, {unit}: enter the result from {where}",
        severity="legal",
        owner="staff",
        action="read",
        record=SporeTest.meta.key,
        record_id=test.id,
    )


def _loads(office: Office) -> Iterator[Due]:
    """Yield one line for all loads that nobody released, however many there are."""
    # Decided on after a positive test, a load is settled without a release.
    loads = list(
        office.all(
            Load,
            "state = 'run' AND recall IS NULL",
            order="run_at, id",
        )
    )
    if not loads:
        return
    count = wording.count(len(loads), "load")
    # The first few, as the line is one of many on a screen of 80 columns.
    keys = ", ".join(load.human_key for load in loads[:3]) + (" …" if len(loads) > 3 else "")
    yield Due(
        key="maintenance.sterilizer-loads",
        on=office.ways.day_of(loads[0].run_at),
        what=f"{count} of sterilizers to release or reject: {keys}",
        owner="staff",
        action="sterilizer-load waiting",
        record=Load.meta.key,
        record_id=loads[0].id,
    )


def loads_in_doubt(office: Office) -> Iterator[HuddleLine]:
    """Yield the loads in doubt for the morning's page."""
    key = Failure.meta.key
    yield HuddleLine("unsafe", record=key)
    for failure in office.all(Failure, _IN_DOUBT):
        if loads := undecided(office, failure):
            unit = office.label(Equipment, failure.equipment_id)
            count = wording.count(len(loads), "load")
            what = f"{count} of {unit} since its last negative spore test ({failure.human_key})"
            yield HuddleLine(
                "unsafe",
                what,
                key,
                failure.id,
            )
