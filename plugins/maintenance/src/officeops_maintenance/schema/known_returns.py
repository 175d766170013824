"""What the returns rest on that were made before a unit kept it: its test, where that is known."""

from __future__ import annotations

from typing import Final

from officeops import Migration

#: The last return of a unit `e`, and the moment since when it was out before.
_RETURN: Final = """
SELECT v.id FROM core_event v WHERE v.about_key = 'maintenance.equipment' AND v.about_id = e.id
AND v.verb = 'return' AND v.archived_at IS NULL ORDER BY v.id DESC LIMIT 1"""
_OUT: Final = f"""
SELECT v.at FROM core_event v WHERE v.about_key = 'maintenance.equipment' AND v.about_id = e.id
AND v.now IN ('out_of_service', 'quarantined') AND v.archived_at IS NULL AND v.id < ({_RETURN})
ORDER BY v.id DESC LIMIT 1"""

# "unknown" is no proof and stays what it is; selfcheck names such a unit.
MIGRATION: Final = Migration(
    "0023_known_returns",
    f"""
UPDATE maintenance_equipment AS e SET return_proofs = ifnull((
    SELECT 'T-' || k.id || '=' || k.state FROM core_task k
    JOIN maintenance_equipment_category c ON c.id = e.category_id
    WHERE k.about_key = 'maintenance.equipment' AND k.about_id = e.id
        AND k.checklist_id = c.release_checklist_id AND k.archived_at IS NULL
        AND k.state IN ('done', 'signed') AND k.done_at >= ({_OUT})
        AND k.done_at <= (SELECT r.at FROM core_event r WHERE r.id = ({_RETURN}))
    ORDER BY k.done_at DESC, k.id DESC LIMIT 1), 'unknown')
WHERE e.status IN ('in_service', 'on_loan') AND e.return_proofs IS NULL
    AND e.archived_at IS NULL AND EXISTS ({_RETURN}) AND EXISTS (
        SELECT 1 FROM maintenance_equipment_category c
        WHERE c.id = e.category_id AND c.release_checklist_id IS NOT NULL);
""",
)
