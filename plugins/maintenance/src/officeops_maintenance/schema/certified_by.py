"""The column for the proof by which a calibration passed, filled in where one is asked for."""

from __future__ import annotations

from typing import Final

from officeops import Migration, rename_field

MIGRATION: Final = Migration(
    "0021_certified_by",
    """
ALTER TABLE maintenance_calibration ADD COLUMN certified_by TEXT;
UPDATE maintenance_calibration AS c SET certified_by = iif(
    EXISTS (SELECT 1 FROM core_attachment a WHERE a.about_key = 'maintenance.calibration'
        AND a.about_id = c.id AND a.archived_at IS NULL
        AND a.type IN ('pdf', 'png', 'jpeg', 'gif', 'tiff', 'bmp', 'webp', 'heic')),
    'file', iif(c.number IS NULL, NULL, 'number'))
WHERE c.state = 'passed' AND EXISTS (
    SELECT 1 FROM maintenance_equipment e
    LEFT JOIN maintenance_equipment_category k ON k.id = e.category_id
    LEFT JOIN maintenance_plan p ON p.sort = 'calibration' AND p.needs_certificate
        AND p.archived_at IS NULL
        AND (p.equipment_id = e.id OR p.category_id = e.category_id)
    WHERE e.id = c.equipment_id AND (k.needs_certificate OR p.id IS NOT NULL));
""",
)
#: An option for a reason says so.
RENAMED: Final = Migration(
    "0022_standard_reason",
    rename_field("maintenance.calibration", "standard_why", "standard_reason"),
)
