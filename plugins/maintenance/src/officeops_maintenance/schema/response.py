"""The columns for when a vendor was called and answered, and for how a contract counts the time."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0010_response",
    """
ALTER TABLE maintenance_ticket ADD COLUMN called_at TEXT;
ALTER TABLE maintenance_ticket ADD COLUMN answered_at TEXT;
ALTER TABLE maintenance_contract ADD COLUMN open_hours INTEGER NOT NULL DEFAULT 0;
""",
)
