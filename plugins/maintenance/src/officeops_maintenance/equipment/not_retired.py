"""Not retired: nobody calibrates, visits or reads the meter of a unit after its retirement.

Older work may be entered later.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from officeops import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office, Record

_UNIT: Final = "maintenance.equipment"
_RETIRED: Final = "id = ? AND status = 'retired'"


def before_retirement(
    office: Office,
    record: Record,
    name: str,
) -> Iterator[Problem]:
    """Yield a problem of new work at a retired unit, by the field that has its day."""
    unit_id, moment = _of(record, name)
    # Work that was entered while the unit was in use stays as it is.
    if record.id and _of(office.get(type(record), record.id), name) == (unit_id, moment):
        return
    unit: Any = office.first(office.record(_UNIT), _RETIRED, unit_id)
    if unit is None or _is_before(office, moment, unit.retired_on):
        return
    words = (
        f"is retired since {office.ways.day_of(unit.retired_on)}"
        if unit.retired_on
        else "is retired"
    )
    cure = f"enter the day before that, or first: officeops equipment reinstate {unit.human_key}"
    yield Problem(f"{unit.name} {words}; {cure}", "equipment", code="wrong-state", is_whole=True)


def _of(record: Any, name: str) -> tuple[int | None, date]:  # noqa: ANN401 - of any kind
    """Return the unit of some work, and the day or the moment of it."""
    return record.equipment_id, getattr(record, name)


def _is_before(
    office: Office,
    when: date,
    retired: datetime | None,
) -> bool:
    # A unit that came retired from another program's list has no day of it.
    if retired is None:
        return False
    # A moment is a day as well, so it is asked first. Of its last day nobody knows the hour.
    return when <= retired if isinstance(when, datetime) else when <= office.ways.day_of(retired)
