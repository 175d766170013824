"""The columns for what a unit was asked as it went down, filled in as its category asks now."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0020_return_demand",
    """
ALTER TABLE maintenance_equipment ADD COLUMN return_items TEXT;
ALTER TABLE maintenance_equipment ADD COLUMN return_second_sign INTEGER NOT NULL DEFAULT 0;
UPDATE maintenance_equipment AS e SET
    return_items = (
        SELECT group_concat(i.id, ' ') FROM maintenance_equipment_category c
        JOIN core_checklist_item i ON i.checklist_id = c.release_checklist_id
        WHERE c.id = e.category_id AND i.required AND i.archived_at IS NULL),
    return_second_sign = ifnull((
        SELECT c.release_second_sign FROM maintenance_equipment_category c
        WHERE c.id = e.category_id AND c.release_checklist_id IS NOT NULL), 0)
WHERE e.status IN ('out_of_service', 'quarantined');
""",
)
