"""Use: whether a kit may be used, worked out in SQL from its controls, its dates and its test.

Row `t` is a kit, `m` its test. The rule has this one home: lists, Today, the holds in the stock and
the sheet all ask it.
"""

from __future__ import annotations

from typing import Final

#: What may be done with a kit. It is usable in the last case alone; `unknown` says that nobody
#: confirmed the rules of its insert, or entered its expiry.
USES: Final = (
    "finished",
    "failed",
    "expired",
    "discard",
    "control_due",
    "unknown",
    "usable",
)
#: What people read; a failed kit says what to do with it.
WORDS: Final = {
    "failed": "DO NOT USE, its control failed",
    "expired": "DO NOT USE, it has expired",
    "discard": "DO NOT USE, its time after opening is over",
    "control_due": "control due before use",
    "unknown": "not known, until somebody confirms its insert and enters its expiry",
    "usable": "usable",
    "finished": "finished",
}

_SAME_LOT: Final = "k.test_id = t.test_id AND officeops_fold(CAST(k.number AS BLOB)) = officeops_fold(CAST(t.number AS BLOB))"
#: Controls `c` of the kits `k` of a lot. A void one counts for nothing.
_CONTROLS: Final = f"""
FROM maintenance_lab_control c JOIN maintenance_lab_kit k ON k.id = c.kit_id
WHERE {_SAME_LOT} AND c.archived_at IS NULL AND c.void_because IS NULL"""
#: The moment of the latest control of a level with an outcome; two of one minute go by number.
_LATEST: Final = (
    "max(CASE WHEN c.outcome = '{outcome}'{own} THEN printf('%s%012d', c.run_at, c.id) END)"
)


def _failed_since(own: str = "") -> str:
    """Write whether the latest failure of a level is later than its latest pass."""
    fail = _LATEST.format(outcome="fail", own=own)
    return f"{fail} > ifnull({_LATEST.format(outcome='pass', own=own)}, '')"


# A pass of the lot answers the failure of another kit; the kit that failed itself has to pass too.
_FAILED: Final = f"""EXISTS (SELECT 1 {_CONTROLS} GROUP BY c.level
HAVING {_failed_since()}
OR (t.finished_on IS NULL AND {_failed_since(" AND c.kit_id = t.id")}))"""
# Levels are words with blanks between: one more than there are blanks.
_LEVELS: Final = "(length(m.controls) - length(replace(m.controls, ' ', '')) + 1)"
_ASKED: Final = "c.outcome = 'pass' AND instr(' ' || m.controls || ' ', ' ' || c.level || ' ') > 0"


def _passed(more: str) -> str:
    """Write whether every level has passed, in the lot or in this kit alone."""
    return f"((SELECT count(DISTINCT c.level) {_CONTROLS} AND {_ASKED}{more}) >= {_LEVELS})"


_LOT_UNTRIED: Final = f"(m.new_lot AND NOT {_passed('')})"
_SHIPMENT_UNTRIED: Final = (
    f"(m.new_shipment AND t.finished_on IS NULL AND NOT {_passed(' AND c.kit_id = t.id')})"
)
# The days between regular controls do not hold a lot: time passes without an action to hold it.
_BLOCKED: Final = f"({_FAILED} OR {_LOT_UNTRIED} OR {_SHIPMENT_UNTRIED})"
#: The day of the last pass of the level that passed longest ago.
_LAST: Final = f"""(SELECT min(latest) FROM (
SELECT max(c.day) AS latest {_CONTROLS} AND {_ASKED} GROUP BY c.level))"""
_CONTROL_BY: Final = f"""CASE WHEN m.every_days IS NOT NULL AND {_passed("")}
THEN date({_LAST}, '+' || m.every_days || ' days') END"""
_OVERDUE: Final = f"(m.every_days IS NOT NULL AND ifnull({_CONTROL_BY}, '') < office_today())"
# A kit is never good longer than its box says, however late it was opened.
_DISCARD_BY: Final = """CASE WHEN t.opened_on IS NULL THEN NULL
WHEN m.until_expiry THEN t.expires_on
WHEN m.open_days IS NOT NULL
THEN min(date(t.opened_on, '+' || m.open_days || ' days'), ifnull(t.expires_on, '9999')) END"""
_UNKNOWN: Final = "(m.confirmed_on IS NULL OR t.expires_on IS NULL)"


def _of_test(sql: str) -> str:
    return f"(SELECT {sql} FROM maintenance_lab_test m WHERE m.id = t.test_id)"


OVERDUE: Final = _of_test(_OVERDUE)
BLOCKED: Final = _of_test(_BLOCKED)
FAILED: Final = _of_test(_FAILED)
CONTROL_BY: Final = _of_test(_CONTROL_BY)
DISCARD_BY: Final = _of_test(_DISCARD_BY)
USE: Final = _of_test(f"""CASE
WHEN t.finished_on IS NOT NULL THEN 'finished'
WHEN {_FAILED} THEN 'failed'
WHEN t.expires_on < office_today() THEN 'expired'
WHEN {_DISCARD_BY} < office_today() THEN 'discard'
WHEN {_BLOCKED} OR {_OVERDUE} THEN 'control_due'
WHEN {_UNKNOWN} THEN 'unknown'
ELSE 'usable' END""")
#: Of the control lots `t` of a test and a level, the one that is used now: the first to expire.
IN_USE: Final = """(t.finished_on IS NULL AND t.expires_on >= office_today() AND NOT EXISTS (
SELECT 1 FROM maintenance_control_lot o
WHERE o.test_id = t.test_id AND o.level = t.level AND o.archived_at IS NULL
AND o.finished_on IS NULL AND o.expires_on >= office_today()
AND (o.expires_on, o.id) < (t.expires_on, t.id)))"""
