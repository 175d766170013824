"""Passes: the negative tests in a row since the last failure, and how many release a sterilizer.

All of it follows from the tests. A test that is read late, withdrawn or undone changes the count at
once.
"""

from __future__ import annotations

from typing import Final

#: Tests `x` of a failure `t` after the one that opened it, until its release; ties of time go by
#: number. Later tests are of a sterilizer in service.
_LATER: Final = """x.equipment_id = t.equipment_id AND x.archived_at IS NULL
AND (x.run_at, x.id) > (t.failed_at, t.test_id)
AND (t.closed_at IS NULL OR x.run_at <= t.closed_at)"""
#: When a repeat was positive last; null where none was.
LAST_POSITIVE: Final = f"""(
SELECT max(x.run_at) FROM maintenance_spore_test x WHERE {_LATER} AND x.state = 'positive')"""
#: The moment from which the result of a test `{}` is known here, to the minute as people type cycles.
#: Lists of the past, and tests of before an office kept it, have what comes nearest.
_KNOWN: Final = """strftime('%Y-%m-%dT%H:%M:00+00:00',
coalesce({0}.known_at, {0}.entered_at, {0}.read_at, {0}.run_at))"""
#: When the first positive test of a failure was known, and its last positive repeat.
KNOWN: Final = f"""(
SELECT {_KNOWN.format("b")} FROM maintenance_spore_test b WHERE b.id = t.test_id)"""
LAST_KNOWN: Final = f"""(
SELECT max({_KNOWN.format("x")}) FROM maintenance_spore_test x
WHERE {_LATER} AND x.state = 'positive')"""
NEEDED: Final = f"iif({LAST_POSITIVE} IS NULL, t.repeats, t.after_repair)"
#: That somebody reviewed a failure once its first positive test was known. An older vial that is
#: read later is the first one from then on, and asks for a review again.
_REVIEWED: Final = f"ifnull(t.reviewed_at >= {KNOWN}, 0)"
#: What a test needs to count: passed indicators, and a cycle after the review; after a positive
#: repeat the cause is repaired and, where the procedure says so, the chamber is empty.
_COUNTS: Final = f"""x.state = 'negative' AND x.mechanical = 'pass' AND x.chemical = 'pass'
AND {_REVIEWED} AND x.run_at >= t.reviewed_at AND ({LAST_POSITIVE} IS NULL OR (x.run_at >= t.repaired_at AND x.empty_chamber >= t.empty_chamber))"""
#: That a test `x` is a pass of a failure `t`, alone.
IS_PASS: Final = f"{_LATER} AND {_COUNTS}"
#: A test that was read and is no pass begins the row again; so does one that is not read while a
#: later one is.
_BREAKS: Final = f"""
EXISTS (
    SELECT 1 FROM maintenance_spore_test x
    WHERE {_LATER} AND x.state <> 'withdrawn' AND (x.run_at, x.id) > (p.run_at, p.id)
    AND NOT ifnull({_COUNTS}, 0) AND (x.state <> 'sent' OR EXISTS (
        SELECT 1 FROM maintenance_spore_test y
        WHERE y.equipment_id = x.equipment_id AND y.archived_at IS NULL
        AND y.state NOT IN ('sent', 'withdrawn') AND (y.run_at, y.id) > (x.run_at, x.id))))"""
_IN_THE_ROW: Final = f"""
p.id IN (SELECT x.id FROM maintenance_spore_test x WHERE {IS_PASS}) AND NOT {_BREAKS}"""
PASSES: Final = f"(SELECT count(*) FROM maintenance_spore_test p WHERE {_IN_THE_ROW})"
#: The tests that count, of one failure.
COUNTED: Final = f"""
SELECT p.id FROM maintenance_spore_test p, maintenance_sterilizer_failure t
WHERE t.id = ? AND {_IN_THE_ROW}"""
#: What a locked sterilizer waits for.
STAGES: Final = ("review", "repair", "repeat", "ready")
STAGE: Final = f"""CASE
WHEN t.state <> 'locked' THEN NULL
WHEN NOT {_REVIEWED} THEN 'review'
WHEN {LAST_POSITIVE} IS NOT NULL
    AND (t.repaired_at IS NULL OR t.repaired_at < {LAST_KNOWN}) THEN 'repair'
WHEN {PASSES} < {NEEDED} THEN 'repeat'
ELSE 'ready' END"""
