"""The column for the proofs on which the last return of a unit rests."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0015_return_proofs",
    """
ALTER TABLE maintenance_equipment ADD COLUMN return_proofs TEXT;
""",
)
