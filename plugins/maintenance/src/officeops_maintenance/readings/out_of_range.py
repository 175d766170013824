"""Out of range: new readings open the excursions of a unit, widen them, and end them.

An excursion is one stretch of readings in time. What a file of the past tells of is one of the
past, with its own start and end; it changes nothing of what the unit is today.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_maintenance.readings.alarm_words import how_far, whom_to_call
from officeops_maintenance.readings.excursion import Excursion
from officeops_maintenance.readings.excursion_life import EXCURSION, OPEN_STATES
from officeops_maintenance.readings.held_lots import all_well, can_hold, hold_all, kept_at
from officeops_maintenance.readings.limits_in_force import first_broken, in_force
from officeops_maintenance.readings.logger_reading import LoggerReport
from officeops_maintenance.readings.stretch import CONTIGUOUS, Stretch, goes_on, stretches
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.readings.timeline import between, first_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit
    from officeops_maintenance.readings.stretch import Moment

#: An excursion that was over longer ago is one of the past: its lots are used, or decided on.
LONG_AGO: Final = timedelta(days=31)
#: The most sentences on excursions of the past; more are counted.
_MOST: Final = 3
_NEAR: Final = """
unit_id = ? AND state IN ('open', 'called', 'past') AND started_at <= ?
AND ifnull(last_out_at, ifnull(ended_at, started_at)) >= ?
"""
_SETTLED: Final = """
unit_id = ? AND state = 'closed' AND started_at <= ? AND max(ended_at, last_out_at) >= ?
AND lowest <= ? AND highest >= ?
"""


def judge(
    office: Office,
    unit: MonitoredUnit,
    moments: Sequence[Moment],
) -> tuple[Excursion | None, str]:
    """Bring the excursions of a unit in line with readings, which are in the order of time.

    Return the last excursion that they belong to, and what to say.
    """
    # First of all: an excursion that a bulk action adds is not changed in it.
    excursion = _end(office, unit, moments)
    _part(office, unit, moments)
    now: list[str] = []
    past: list[str] = []
    for stretch in stretches(moments):
        # Readings of before were judged when they came, and their excursion may be withdrawn.
        if not stretch.is_new:
            continue
        back = _back(office, unit, stretch, moments)
        excursion, sentence = _kept(office, unit, stretch.replace(back=back))
        if sentence:
            (past if excursion.state == "past" else now).append(sentence)
    if len(past) > _MOST:
        listed = f"officeops excursion list --where 'unit=\"{unit.name}\" state=past'"
        past = [f"{len(past)} excursions of the past are kept with their dates: {listed}."]
    return excursion, " ".join([*now, *past])


def _kept(
    office: Office,
    unit: MonitoredUnit,
    stretch: Stretch,
) -> tuple[Excursion, str]:
    """Keep a stretch in the excursion that it continues, or in a new one; say what follows."""
    joined = _joined(office, unit, stretch)
    others = [excursion for excursion in joined if excursion.state == "past"]
    for excursion in joined:
        if excursion.state in OPEN_STATES:
            return _widened(office, unit, excursion, others, stretch)
    # What joins two of the past makes them one.
    if others:
        return _widened(office, unit, others[0], others[1:], stretch)
    known = (stretch.first.isoformat(), stretch.last.isoformat(), stretch.lowest, stretch.highest)
    settled = office.first(Excursion, _SETTLED, unit.id, *known)
    if settled is not None:
        # Somebody decided with these facts already, or with worse ones.
        return settled, f"{settled.human_key} has it, and is closed."
    return _opened(office, unit, stretch)


def _joined(
    office: Office,
    unit: MonitoredUnit,
    stretch: Stretch,
) -> list[Excursion]:
    """Return the excursions that a stretch is one with, the earliest first."""
    span = stretch.last + CONTIGUOUS, stretch.first - CONTIGUOUS
    near = office.all(
        Excursion,
        _NEAR,
        unit.id,
        *(moment.isoformat() for moment in span),
        order="started_at",
    )
    return [excursion for excursion in near if _is_one(office, unit, excursion, stretch)]


def _is_one(
    office: Office,
    unit: MonitoredUnit,
    excursion: Excursion,
    stretch: Stretch,
) -> bool:
    """Whether a stretch and an excursion are one in time."""
    other = _stretch_of(excursion)
    # A file of the past may come after one of today, so either may be first.
    earlier, later = sorted((other, stretch), key=lambda one: one.first)
    if later.first <= earlier.last:
        return True
    was_back = earlier.back == earlier.last or bool(
        first_back(office, unit, earlier.last, later.first)
    )
    return goes_on(earlier.last, later.first, was_back=was_back)


def _stretch_of(excursion: Excursion) -> Stretch:
    return Stretch(
        excursion.started_at,
        excursion.last_out,
        excursion.ended_at,
        excursion.verdict,
        excursion.lowest or 0,
        excursion.highest or 0,
        is_new=False,
    )


def _is_long_ago(office: Office, stretch: Stretch) -> bool:
    return office.ways.day_of(stretch.last) < office.today - LONG_AGO


def _opened(
    office: Office,
    unit: MonitoredUnit,
    stretch: Stretch,
) -> tuple[Excursion, str]:
    limits = first_broken(
        in_force(office, unit, stretch.first),
        stretch.lowest,
        stretch.highest,
    )
    is_past = _is_long_ago(office, stretch)
    location_id = kept_at(office, unit)
    excursion = office.add(
        Excursion(
            unit_id=unit.id,
            started_at=stretch.first,
            last_out_at=stretch.last,
            ended_at=stretch.back,
            verdict=stretch.verdict,
            lowest=stretch.lowest,
            highest=stretch.highest,
            # The limits that it broke: an edit of the unit's does not change what happened.
            low=limits.low,
            high=limits.high,
            location_id=location_id,
            state="past" if is_past else "open",
            are_lots_held=not is_past and can_hold(office, location_id),
        )
    )
    if is_past:
        return excursion, _of_the_past(office, unit, excursion)
    held = hold_all(office, excursion, all_well(office, unit, stretch.first))
    key, how = excursion.human_key, _how(office, excursion, stretch)
    head = f"DO NOT USE what {unit.name} keeps: {how}. {key} is open."
    call = whom_to_call(office, unit)
    return excursion, f"{head} {held} {call} Then: officeops excursion call {key} --case-number …"


def _widened(
    office: Office,
    unit: MonitoredUnit,
    excursion: Excursion,
    others: Iterable[Excursion],
    stretch: Stretch,
) -> tuple[Excursion, str]:
    """Widen an excursion to a stretch, and to others of the past that are one with it now."""
    whole = stretch.with_(_stretch_of(excursion))
    for other in others:
        whole = whole.with_(_stretch_of(other))
        _absorb(office, excursion, other)
    wider = office.edit(
        excursion,
        managed=True,
        started_at=whole.first,
        last_out_at=whole.last,
        ended_at=whole.back,
        verdict=whole.verdict,
        lowest=whole.lowest,
        highest=whole.highest,
    )
    key = wider.human_key
    if wider.state == "past":
        # New readings may show that it went on until today.
        if _is_long_ago(office, whole):
            return wider, _of_the_past(office, unit, wider)
        words = EXCURSION.move(office, wider, "open")
        return office.get(Excursion, wider.id), f"{words} {whom_to_call(office, unit)}"
    # What left since the last reading of it; a stretch before it begins with its own.
    since = excursion.last_out
    if stretch.first < excursion.started_at:
        since = all_well(office, unit, whole.first)
    held = hold_all(office, wider, since)
    how = _how(office, wider, stretch)
    return wider, f"DO NOT USE what {unit.name} keeps: {how}; {key} is still open. {held}"


def _absorb(
    office: Office,
    excursion: Excursion,
    other: Excursion,
) -> None:
    """Put what belongs to one of the past into the excursion that it turned out to be a part of."""
    for kind in (TemperatureReading, LoggerReport):
        for record in list(office.all(kind, "excursion_id = ?", other.id)):
            office.edit(record, managed=True, excursion_id=excursion.id)
    office.archive(other)


def _end(
    office: Office,
    unit: MonitoredUnit,
    moments: Sequence[Moment],
) -> Excursion | None:
    """Bring the ends of excursions in line with readings; return one that these readings ended."""
    span = moments[-1].at + CONTIGUOUS, moments[0].at - CONTIGUOUS
    near = [moment.isoformat() for moment in span]
    ended = None
    for excursion in list(office.all(Excursion, _NEAR, unit.id, *near, order="started_at")):
        back = _back(office, unit, _stretch_of(excursion), moments)
        if back != excursion.ended_at:
            ended = office.edit(excursion, managed=True, ended_at=back)
    return ended


def _part(
    office: Office,
    unit: MonitoredUnit,
    moments: Sequence[Moment],
) -> None:
    """Part the excursions of the past into those that they are, by good readings that came later."""
    span = moments[-1].at.isoformat(), moments[0].at.isoformat()
    for excursion in list(office.all(Excursion, f"{_NEAR} AND state = 'past'", unit.id, *span)):
        first, last = excursion.started_at, excursion.last_out
        if not any(first < moment.at < last for moment in moments if moment.verdict == "ok"):
            continue
        *earlier, latest = stretches(between(office, unit, first, last))
        if not earlier:
            continue
        office.edit(
            excursion,
            managed=True,
            started_at=latest.first,
            verdict=latest.verdict,
            lowest=latest.lowest,
            highest=latest.highest,
        )
        for stretch in earlier:
            _opened(office, unit, stretch)


def _back(
    office: Office,
    unit: MonitoredUnit,
    stretch: Stretch,
    moments: Iterable[Moment],
) -> datetime | None:
    """Return when a unit was back after a stretch, by these readings and those of before."""
    last, until = stretch.last, stretch.last + CONTIGUOUS
    # A display that showed the extremes was within range again at that very moment.
    if stretch.back == last:
        return last
    good = (moment.at for moment in moments if moment.verdict == "ok" and moment.at >= last)
    first = next(good, None)
    backs = [first_back(office, unit, last, until), first]
    return min((at for at in backs if at is not None and at <= until), default=None)


def _of_the_past(
    office: Office,
    unit: MonitoredUnit,
    excursion: Excursion,
) -> str:
    """Say that an excursion of long ago is kept with its dates; nothing of today is held for it."""
    first, last = map(office.ways.day_of, (excursion.started_at, excursion.last_out))
    span = f"on {first}" if first == last else f"from {first} to {last}"
    how, key = _how(office, excursion, _stretch_of(excursion)), excursion.human_key
    if excursion.ended_at is None:
        how += "; when it was back is not known"
    return (
        f"{unit.name} was out of range {span}: {how}. {key} is kept as one of the "
        f"past. If what it kept then is there still: officeops excursion open {key}."
    )


def _how(
    office: Office,
    excursion: Excursion,
    stretch: Stretch,
) -> str:
    return how_far(office, excursion.limits, (stretch.lowest, stretch.highest), stretch.verdict)
