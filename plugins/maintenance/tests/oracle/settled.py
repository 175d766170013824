"""Whether somebody had decided on a reading out of range, or on a worse one, before it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plugins.maintenance.tests.oracle.told import instant

if TYPE_CHECKING:
    from datetime import datetime

    from plugins.maintenance.tests.oracle.told import Told

#: What a reading shows, and the columns of an excursion that say until when it was out of range.
SHOWN: Final = ("current", "lowest", "highest")
_ENDS: Final = ("started_at", "ended_at", "last_out_at")
_Row = dict[str, Any]


def is_settled(told: Told, reading: _Row, typed: datetime) -> bool:
    """Whether a closed excursion had a reading's time and its degrees when it was typed."""
    rows: dict[int, _Row] = {}
    for said in told.of("maintenance_excursion"):
        if said.at < typed:
            rows.setdefault(said.id, {}).update(said.values)
    return any(_has(row, reading) for row in rows.values())


def _has(excursion: _Row, reading: _Row) -> bool:
    if excursion["unit_id"] != reading["unit_id"] or excursion["state"] != "closed":
        return False
    end = max(instant(excursion[name]) for name in _ENDS if excursion.get(name))
    degrees = [reading[name] for name in SHOWN if reading.get(name) is not None]
    return (
        instant(excursion["started_at"]) <= instant(reading["taken_at"]) <= end
        and excursion["lowest"] <= min(degrees)
        and excursion["highest"] >= max(degrees)
    )
