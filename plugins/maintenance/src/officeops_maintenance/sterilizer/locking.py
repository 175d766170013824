"""Locking: a positive spore test takes its sterilizer out of service, and opens or joins a failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason, Refused
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN, EQUIPMENT, LOCKABLE
from officeops_maintenance.sterilizer.failure import Failure, open_failure
from officeops_maintenance.sterilizer.procedure import procedure
from officeops_maintenance.sterilizer.progress import progress
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.sterilizer.suspects import SUSPECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from officeops import Office

_NEGATIVE: Final = """
equipment_id = ? AND state = 'negative' AND run_at > ? AND ifnull(entered_at, run_at) >= ?"""


#: A failure that locks a unit now for a test that ran at a moment: its loads are in doubt with it.
_LOCKED_FOR: Final = """
equipment_id = ? AND archived_at IS NULL AND state = 'locked'
AND julianday(failed_at) <= julianday(?)"""


def lock(office: Office, test: SporeTest) -> str:
    """Lock the sterilizer of a positive test; return what to do, in sentences."""
    unit = office.get(Equipment, test.equipment_id)
    failure = open_failure(office, unit.id)
    if failure is None:
        failure = _opened(
            office,
            unit,
            test,
        )
    elif (test.run_at, test.id) < (failure.failed_at, failure.test_id):
        # Read later, but run before: the doubt begins with the earlier one.
        office.edit(
            failure,
            managed=True,
            test_id=test.id,
            failed_at=test.run_at,
        )
    # A retired unit stays retired: the failure alone keeps it from coming back.
    if unit.status in LOCKABLE:
        reason = f"{failure.human_key}, positive spore test"
        EQUIPMENT.move(
            office,
            unit,
            "quarantine",
            reason=reason,
        )
    rules = procedure(failure.procedure)
    loads = len(office.rows(SUSPECTS, failure.id))
    parts = [f"DO NOT USE {unit.name}: {failure.human_key} locks it ({rules.title})."]
    if loads:
        is_repeat = failure.test_id != test.id
        count = wording.count(loads, "load")
        parts.append(
            f"{count} since the last negative test: the clinician decides on their recall. "
            f"{rules.repeat_recall if is_repeat else rules.first_recall}"
        )
    return " ".join([*parts, progress(office, failure)])


def _opened(
    office: Office,
    unit: Equipment,
    test: SporeTest,
) -> Failure:
    if unit.spore_procedure is None:
        why = "choose its procedure first: --spore-procedure cdc_2003 or cdc_2008"
        raise Refused(
            why,
            unit.human_key,
            code="needed",
        )
    rules = procedure(unit.spore_procedure)
    return office.add(
        Failure(
            equipment_id=unit.id,
            test_id=test.id,
            failed_at=test.run_at,
            # Copied: a procedure that is chosen later does not change what this one demands.
            procedure=unit.spore_procedure,
            repeats=rules.repeats,
            after_repair=rules.after_repair,
            empty_chamber=rules.empty_chamber,
        )
    )


def lock_if_failed(office: Office, tests: Iterable[SporeTest]) -> Iterator[str]:
    """Lock the sterilizers of positive tests of a file that too few negative ones of it followed.

    A list of the past has positive tests that were settled long ago, with their repeats. A test that
    was booked here before the positive one was known is no repeat of it.
    """
    last: dict[int, SporeTest] = {}
    for test in sorted(tests, key=lambda test: (test.run_at, test.id)):
        if test.state == "positive":
            last[test.equipment_id] = test
    for unit_id, test in sorted(last.items()):
        unit = office.get(Equipment, unit_id)
        known = test.known_at or test.entered_at or test.run_at
        since = (test.run_at.isoformat(), known.isoformat())
        negative = len(list(office.all(SporeTest, _NEGATIVE, unit_id, *since)))
        # One that is down was not released yet, however many tests passed.
        enough = procedure(unit.spore_procedure or "cdc_2008").repeats
        if negative < enough or unit.status in DOWN:
            yield lock(office, test)


def without_lock(
    office: Office,
    test: SporeTest,
    before: Mapping[str, Any],
) -> str | None:
    """Return why a positive test that was taken back stays so: nothing locks its sterilizer for it."""
    was_back = before.get("archived_at") is not None and test.archived_at is None
    if not was_back or test.state != "positive":
        return None
    # One that was released since was released without knowing of this test.
    if office.first(Failure, _LOCKED_FOR, test.equipment_id, test.run_at.isoformat()):
        return None
    why = "it was taken back, with the lock of its sterilizer; enter it again: officeops spore-test add"
    return Reason(why, code="undone-since")


def keep_procedure(office: Office, unit: Equipment) -> None:
    """Raise Refused where a sterilizer would be none whose tests still decide; another procedure is fine."""
    if unit.spore_procedure is not None:
        return
    failure = open_failure(office, unit.id)
    if failure is not None:
        why = f"{failure.human_key} locks it, so it stays a sterilizer"
        raise Refused(why, unit.human_key, code="in-use")
    unread = office.first(SporeTest, "equipment_id = ? AND state = 'sent'", unit.id)
    if unread is not None:
        cure = f"officeops spore-test read {unread.human_key}"
        why = f"{unread.human_key} is not read, so it stays a sterilizer; {cure}"
        raise Refused(why, unit.human_key, code="in-use")


def locked(office: Office, unit: Equipment) -> str | None:
    """Say why a unit may not return to service: a failure that locks it."""
    failure = open_failure(office, unit.id)
    if failure is None:
        return None
    key = failure.human_key
    why = f"{key} locks it after a positive spore test; officeops sterilizer-failure release {key}"
    return Reason(
        why,
        code="wrong-state",
        facts={"failure": key},
    )
