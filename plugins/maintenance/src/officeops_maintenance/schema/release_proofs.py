"""The columns for what the release of a load or a sterilizer rests on, filled in from its tests."""

from __future__ import annotations

from typing import Final

from officeops import Migration

#: The tests of a failure that would release it now.
_TESTS: Final = """
SELECT b.id FROM maintenance_spore_test b
WHERE b.equipment_id = f.equipment_id AND b.archived_at IS NULL AND b.state = 'negative'
AND b.mechanical = 'pass' AND b.chemical = 'pass' AND (b.run_at, b.id) > (f.failed_at, f.test_id)
AND b.run_at >= max(f.reviewed_at, ifnull(f.repaired_at, ''))
AND b.run_at <= f.closed_at AND b.read_at <= f.closed_at
AND (f.repaired_at IS NULL OR b.empty_chamber >= f.empty_chamber)"""

# A release of which too few tests are known keeps none, and selfcheck names it.
MIGRATION: Final = Migration(
    "0018_release_proofs",
    """
ALTER TABLE maintenance_sterilizer_failure ADD COLUMN reason TEXT;
ALTER TABLE maintenance_sterilizer_failure ADD COLUMN release_proofs TEXT;
ALTER TABLE maintenance_sterilizer_load ADD COLUMN release_proofs TEXT;
UPDATE maintenance_sterilizer_failure SET reason = cause WHERE state = 'withdrawn';
UPDATE maintenance_sterilizer_failure AS f SET release_proofs = (
    SELECT group_concat('BI-' || n.id || '=negative', ' ') FROM ({_TESTS}) n)
WHERE f.state = 'released' AND (SELECT count(*) FROM ({_TESTS}))
    >= iif(f.repaired_at IS NULL, f.repeats, f.after_repair);
UPDATE maintenance_sterilizer_load AS l SET release_proofs = (
    SELECT 'BI-' || min(b.id) || '=negative' FROM maintenance_spore_test b
    WHERE b.load_id = l.id AND b.archived_at IS NULL AND b.state = 'negative')
WHERE l.state = 'released' AND l.implant AND l.before_result IS NULL;
""".replace("{_TESTS}", _TESTS),
)
