"""The tables of recalls and of the units that they may be about."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0007_recalls",
    """
CREATE TABLE maintenance_recall (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    number TEXT NOT NULL,
    classification TEXT,
    firm TEXT,
    product TEXT NOT NULL,
    codes TEXT,
    reason TEXT,
    started_on TEXT,
    reported_on TEXT
) STRICT;
CREATE TABLE maintenance_recall_candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    recall_id INTEGER NOT NULL REFERENCES maintenance_recall(id),
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    matched TEXT NOT NULL,
    decision TEXT NOT NULL DEFAULT 'open',
    because TEXT,
    decided_by TEXT,
    decided_at TEXT
) STRICT;
CREATE INDEX maintenance_recall_candidate_recall_id ON maintenance_recall_candidate(recall_id);
CREATE INDEX maintenance_recall_candidate_equipment_id ON maintenance_recall_candidate(equipment_id);
""",
)
