"""What asked for the certificate of a calibration, and recalls that a unit returned in spite of."""

from __future__ import annotations

from typing import Final

from officeops import Migration

# Nobody noted a remedy of those recalls, so somebody decides again.
MIGRATION: Final = Migration(
    "0025_asked_certificate",
    """
ALTER TABLE maintenance_calibration ADD COLUMN certificate_asked TEXT;
UPDATE maintenance_recall_candidate SET decision = 'open', decided_by = NULL, decided_at = NULL
WHERE decision = 'affected' AND archived_at IS NULL AND equipment_id IN (
    SELECT id FROM maintenance_equipment WHERE status IN ('in_service', 'on_loan'));
""",
)
