"""The column for the day on which the tasks of a plan begin, of a rule that began long ago."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0016_plan_since",
    "ALTER TABLE maintenance_plan ADD COLUMN since TEXT;",
)
