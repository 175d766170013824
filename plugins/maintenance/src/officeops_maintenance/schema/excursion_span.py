"""The columns for when a unit was out of range last, what a logger's reading was, and a log's first half day."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0019_excursion_span",
    """
ALTER TABLE maintenance_excursion ADD COLUMN last_out_at TEXT;
ALTER TABLE maintenance_logger_reading ADD COLUMN verdict TEXT;
ALTER TABLE maintenance_monitored_unit ADD COLUMN first_half TEXT;
UPDATE maintenance_excursion AS x SET last_out_at = max(x.started_at, ifnull((
    SELECT max(r.taken_at) FROM maintenance_temperature_reading r
    WHERE r.excursion_id = x.id AND r.verdict <> 'ok'), x.started_at));
""",
)
