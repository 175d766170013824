"""Suspects: the loads that a positive spore test casts doubt on, as conditions on rows.

Those of the sterilizer after its last negative test, until it was locked. Nothing is marked: a
test that is read late, or undone, changes the list at once. A test that somebody books after the
positive one was known, for a day before, takes no load out of doubt.
"""

from __future__ import annotations

from typing import Final

#: That a test `{0}` was booked here by the moment at which the positive one of `f` was known.
_BOOKED: Final = """ifnull({0}.entered_at, {0}.run_at) <= ifnull(
(SELECT p.known_at FROM maintenance_spore_test p WHERE p.id = f.test_id), f.opened_at)"""
#: The moment of the last negative test before the positive one of a failure `f`; blank for none.
_SINCE: Final = f"""ifnull((
SELECT max(n.run_at) FROM maintenance_spore_test n
WHERE n.equipment_id = f.equipment_id AND n.archived_at IS NULL AND n.state = 'negative'
AND n.run_at < f.failed_at AND {_BOOKED.format("n")}), '')"""
#: That a load `l` is one of a failure `f`.
OF_FAILURE: Final = f"""l.equipment_id = f.equipment_id AND l.archived_at IS NULL
AND l.run_at <= f.opened_at AND l.run_at > {_SINCE}
AND NOT EXISTS (
    SELECT 1 FROM maintenance_spore_test a
    WHERE a.equipment_id = f.equipment_id AND a.archived_at IS NULL AND a.state = 'negative'
    AND a.run_at > f.failed_at AND a.run_at <= l.run_at AND {_BOOKED.format("a")})"""
#: Of a load `t`.
IS_SUSPECT: Final = f"""EXISTS (
SELECT 1 FROM maintenance_sterilizer_failure f
JOIN maintenance_sterilizer_load l ON {OF_FAILURE}
WHERE l.id = t.id AND f.archived_at IS NULL AND f.state <> 'withdrawn')"""
#: Of a failure `t`, by the columns of `f`.
SINCE: Final = f"""(
SELECT nullif({_SINCE}, '') FROM maintenance_sterilizer_failure f WHERE f.id = t.id)"""
UNDECIDED: Final = f"""(
SELECT count(*) FROM maintenance_sterilizer_failure f
JOIN maintenance_sterilizer_load l ON {OF_FAILURE}
WHERE f.id = t.id AND f.state <> 'withdrawn' AND l.recall IS NULL)"""
SUSPECTS: Final = f"""
SELECT l.id FROM maintenance_sterilizer_failure f
JOIN maintenance_sterilizer_load l ON {OF_FAILURE}
WHERE f.id = ? ORDER BY l.run_at, l.id"""
#: The failure whose suspect a load is.
FAILURE_OF: Final = f"""
SELECT f.id FROM maintenance_sterilizer_load l
JOIN maintenance_sterilizer_failure f ON {OF_FAILURE}
WHERE l.id = ? AND f.archived_at IS NULL AND f.state <> 'withdrawn' ORDER BY f.id DESC LIMIT 1"""
