"""Proofs for inspectors: three years of temperature logs, and what followed each excursion."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops.values import wording
from officeops_maintenance.gone_records import gone_records
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import OPEN_STATES
from officeops_maintenance.readings.gaps import LogDays
from officeops_maintenance.readings.held_lots import words_for
from officeops_maintenance.readings.monitored_unit import MonitoredUnit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_LOG: Final = "temperature-log"
_EXCURSION: Final = "temperature-excursion"
#: VFC asks for the logs of three years.
_KEPT: Final = timedelta(days=3 * 365 + 1)
#: Units that nobody reads any more, and of which there are readings since a day.
_GONE: Final = """t.archived_at IS NOT NULL AND EXISTS (
    SELECT 1 FROM maintenance_temperature_reading r
    WHERE r.unit_id = t.id AND r.archived_at IS NULL AND r.day >= ?)"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield a proof for each unit's log, and one for each excursion."""
    since = (office.today - _KEPT).isoformat()
    units = [*office.all(MonitoredUnit), *gone_records(office, MonitoredUnit, _GONE, since)]
    if _LOG in kinds:
        for unit in units:
            yield _log(office, unit)
        if not units:
            what = "No temperature log is kept here"
            record = MonitoredUnit.meta.key
            yield Proof(_LOG, "missing", what, action="monitored-unit add", record=record)
    if _EXCURSION in kinds:
        yield from _excursions(office, has_units=bool(units))


def _log(office: Office, unit: MonitoredUnit) -> Proof:
    until = office.today
    # Readings end with the day before, as the unit was emptied on the day itself.
    if unit.archived_at is not None:
        archived = datetime.fromisoformat(unit.archived_at)
        until = min(until, office.ways.day_of(archived) - timedelta(days=1))
    days = LogDays(office, unit, office.today - _KEPT, until)
    gaps = list(days.gaps())
    unexplained = sum(not gap.reason for gap in gaps)
    read = sum(map(days.is_read, days.asked()))
    # A reading that is still to come today is neither read nor missing.
    asked = read + len(gaps)
    end = "" if unit.archived_at is None else f" until {until}"
    words = f"{unit.name}: log since {days.first}{end}, {read:,} of {asked:,} readings"
    explained = len(gaps) - unexplained
    if explained:
        words += f", {wording.count(explained, 'gap')} explained"
    if unexplained:
        words += f", {wording.count(unexplained, 'gap')} without a reason"
    cure = "explain" if unit.archived_at is None else "unarchive"
    return Proof(
        _LOG,
        "not met" if unexplained else "met",
        words,
        action=cure if unexplained else "",
        record=MonitoredUnit.meta.key,
        record_id=unit.id,
    )


def _excursions(office: Office, *, has_units: bool) -> Iterator[Proof]:
    since = (office.now() - _KEPT).isoformat()
    excursions = list(office.all(Excursion, "started_at >= ? AND state <> 'withdrawn'", since))
    for excursion in excursions:
        is_open = excursion.state in OPEN_STATES
        unit = office.label(MonitoredUnit, excursion.unit_id)
        case = f"case {excursion.case_number}" if excursion.case_number else "no case number"
        words = f"{excursion.human_key}, {unit} {words_for(excursion.verdict)}: {case}"
        if excursion.advice:
            words += f", {excursion.advice}"
        yield Proof(
            _EXCURSION,
            "not met" if is_open else "met",
            words,
            action=("close" if excursion.case_number else "call") if is_open else "",
            record=Excursion.meta.key,
            record_id=excursion.id,
        )
    if has_units and not excursions:
        yield Proof(_EXCURSION, "met", "No excursion in the logs of three years")
