"""Proofs for inspectors: the calibration certificate of each data logger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops_maintenance.calibration.calibration import Calibration, latest
from officeops_maintenance.calibration.certificate import certificates
from officeops_maintenance.calibration.plan_task import next_on
from officeops_maintenance.equipment.equipment import Equipment
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
    name = f"{logger.human_key} {logger.name}, logger of {log.name}"
    last, due = latest(office, logger.id), next_on(office, logger.id)
    if last is None:
        what = f"{name}: no calibration is entered"
        key = Equipment.meta.key
        return Proof(_LOGGER, "missing", what, action="calibrate", record=key, record_id=logger.id)
    words = [f"{name}: {last.state} on {last.done_on}"]
    words.append(f"certificate {last.number or 'without a number'}")
    # The file is what an inspector asks to see, and a number is none.
    if not certificates(office, last):
        words.append("not attached")
    words.append(f"next on {due}" if due else "no plan says when the next one is due")
    is_met = last.state == "passed" and due is not None and due >= office.today
    status: ProofStatus = "met" if is_met and certificates(office, last) else "not met"
    return Proof(
        _LOGGER,
        status,
        ", ".join(words),
        on=due,
        action="" if status == "met" else "attach" if is_met else "calibrate",
        record=Calibration.meta.key,
        record_id=last.id,
    )
