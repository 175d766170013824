"""The columns for the time in which to call back."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0002_call_back",
    """
ALTER TABLE maintenance_ticket ADD COLUMN call_back_within INTEGER;
ALTER TABLE maintenance_ticket ADD COLUMN escalated_at TEXT;
""",
)
