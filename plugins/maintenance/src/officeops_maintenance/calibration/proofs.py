"""Proofs for inspectors: the calibration certificate of each data logger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops_maintenance.calibration.calibration import Calibration, latest
from officeops_maintenance.calibration.plan_task import next_on
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.papers import newest_paper
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, ProofStatus

_LOGGER: Final = "logger-certificate"


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield a proof for each logger that is a unit; without its unit it is on paper, if anywhere."""
    if _LOGGER not in kinds:
        return
    for log in office.all(MonitoredUnit, "logger_serial IS NOT NULL"):
        logger = office.first(Equipment, "serial = ?", log.logger_serial)
        if logger is not None:
            yield _proof(office, log, logger)


def _proof(
    office: Office,
    log: MonitoredUnit,
    logger: Equipment,
) -> Proof:
    """Prove the last calibration of a logger by its certificate, and name the gaps."""
    name = f"{logger.human_key} {logger.name}, logger of {log.name}"
    last = latest(office, logger.id)
    if last is None:
        return Proof(
            _LOGGER,
            "missing",
            f"{name}: no calibration is entered",
            action="calibrate",
            record=Equipment.meta.key,
            record_id=logger.id,
        )
    due = next_on(office, logger.id)
    holds = last.state == "passed" and due is not None and due >= office.today
    # The file is the proof that an inspector asks to see, and a number is none.
    is_shown = newest_paper(office, last) is not None
    words = [
        f"{name}: {last.state} on {last.done_on}",
        f"certificate {last.number or 'without a number'}",
        "" if is_shown else "not attached",
        f"next on {due}" if due else "no plan says when the next one is due",
    ]
    status: ProofStatus = "met" if holds and is_shown else "not met"
    cure = "attach" if holds else "calibrate"
    return Proof(
        _LOGGER,
        status,
        ", ".join(filter(None, words)),
        on=due,
        action="" if status == "met" else cure,
        record=Calibration.meta.key,
        record_id=last.id,
    )
