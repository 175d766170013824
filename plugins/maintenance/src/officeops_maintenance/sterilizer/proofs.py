"""Proofs for inspectors: spore tests of a year with their results, and what failures led to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.gone_records import gone_records
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.recall import undecided
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, ProofStatus

_TESTS: Final = "spore-tests"
_LOADS: Final = "sterilizer-loads"
_FAILURES: Final = "positive-spore-tests"
_YEAR: Final = timedelta(days=365)
#: A week, and the days by which a practice may be late.
_WEEK: Final = timedelta(days=10)
#: Sterilizers that are none any more, and that ran a load or a test since a moment.
_GONE: Final = """
(t.archived_at IS NOT NULL OR t.status = 'retired' OR t.spore_procedure IS NULL)
AND (EXISTS (SELECT 1 FROM maintenance_sterilizer_load l
        WHERE l.equipment_id = t.id AND l.archived_at IS NULL AND l.run_at >= ?1)
    OR EXISTS (SELECT 1 FROM maintenance_spore_test b
        WHERE b.equipment_id = t.id AND b.archived_at IS NULL AND b.run_at >= ?1))"""
_OF_UNIT: Final = "equipment_id = ? AND run_at >= ? AND state <> 'withdrawn'"


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the proofs of each sterilizer: its tests, its loads, and its failures."""
    units = list(office.all(Equipment, "spore_procedure IS NOT NULL AND status <> 'retired'"))
    # A year, as an inspector looks back.
    since = (office.now() - _YEAR).isoformat()
    units += gone_records(office, Equipment, _GONE, since)
    for unit in units:
        if _TESTS in kinds:
            yield _tests(
                office,
                unit,
                since,
            )
        if _LOADS in kinds:
            yield _loads(
                office,
                unit,
                since,
            )
    if _FAILURES in kinds and units:
        yield from _failures(office, since)


def _tests(
    office: Office,
    unit: Equipment,
    since: str,
) -> Proof:
    tests = list(
        office.all(
            SporeTest,
            _OF_UNIT,
            unit.id,
            since,
            order="run_at, id",
        )
    )
    counts = [f"{wording.count(len(tests), 'spore test')} in a year"]
    for state in ("negative", "positive", "invalid", "sent"):
        number = sum(test.state == state for test in tests)
        if number:
            counts.append(f"{number} {'without a result' if state == 'sent' else state}")
    last = max((test.run_at for test in tests), default=None)
    # A sterilizer that is out of order runs no loads, and needs no test of the week.
    is_late = unit.status == "in_service" and (last is None or office.now() - last > _WEEK)
    if last is not None:
        counts.append(f"last on {office.ways.day_of(last)}")
    status: ProofStatus = "not met" if is_late else "met"
    return Proof(
        _TESTS,
        status,
        f"{unit.name}: {', '.join(counts)}",
        action="spore-test add" if is_late else "",
        record=Equipment.meta.key,
        record_id=unit.id,
    )


def _loads(
    office: Office,
    unit: Equipment,
    since: str,
) -> Proof:
    loads = list(
        office.all(
            Load,
            "equipment_id = ? AND run_at >= ?",
            unit.id,
            since,
        )
    )
    waiting = [load for load in loads if load.state == "run" and load.recall is None]
    words = f"{unit.name}: {wording.count(len(loads), 'load')} in a year"
    status: ProofStatus = "met" if loads and not waiting else "due"
    return Proof(
        _LOADS,
        status,
        words,
        action="sterilizer-load waiting" if waiting else "",
        record=Equipment.meta.key,
        record_id=unit.id,
        gap=f"{len(waiting)} not released" if waiting else "",
    )


def _failures(office: Office, since: str) -> Iterator[Proof]:
    failures = list(
        office.all(
            Failure,
            "opened_at >= ? AND state <> 'withdrawn'",
            since,
        )
    )
    for failure in failures:
        loads = undecided(office, failure)
        # Released, it is still open until the recall is decided.
        is_open = failure.state == "locked" or bool(loads)
        unit = office.label(Equipment, failure.equipment_id)
        left = f", recall of {wording.count(len(loads), 'load')} undecided" if loads else ""
        day = office.ways.day_of(failure.failed_at)
        words = f"{failure.human_key}, {unit}, positive on {day}: {failure.state}{left}"
        yield Proof(
            _FAILURES,
            "not met" if is_open else "met",
            words,
            action=("decide-recall" if loads else "release") if is_open else "",
            record=Failure.meta.key,
            record_id=failure.id,
        )
    if not failures:
        yield Proof(
            _FAILURES,
            "met",
            "No positive spore test in a year",
        )
