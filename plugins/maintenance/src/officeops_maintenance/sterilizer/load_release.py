"""What the release of a load rests on: its indicators, its spore test, and the decision on a doubt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops import Reason
from officeops_maintenance.kept_proofs import in_text
from officeops_maintenance.sterilizer.same_cycle import why_another_cycle
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.sterilizer.suspects import OF_FAILURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.sterilizer.load import Load

_NEGATIVE: Final = "load_id = ? AND equipment_id = ? AND state = 'negative'"
#: That the spore test of a load `l` is negative. One that a retention rule destroyed was.
_TESTED: Final = """(
EXISTS (SELECT 1 FROM maintenance_spore_test b
    WHERE b.load_id = l.id AND b.archived_at IS NULL AND b.state = 'negative')
OR l.release_proofs IS NOT NULL AND NOT EXISTS (SELECT 1 FROM maintenance_spore_test b
    WHERE 'BI-' || b.id || '=negative' = l.release_proofs))"""
#: That a load `l` with an implant is released without its test, and without a reason why.
UNTESTED: Final = f"""
l.state = 'released' AND l.implant AND l.before_result IS NULL AND NOT {_TESTED}"""
#: A release by a step; that of a list of the past rests on what somebody wrote there.
_BY_STEP: Final = """EXISTS (
SELECT 1 FROM core_event v WHERE v.about_key = 'maintenance.sterilizer-load'
AND v.about_id = l.id AND v.verb = 'release' AND v.archived_at IS NULL)"""
#: The same of one that a person released here.
UNTESTED_BY_STEP: Final = f"l.archived_at IS NULL AND {UNTESTED} AND {_BY_STEP}"
_UNDECIDED: Final = f"""l.recall IS NULL AND (
SELECT max(f.id) FROM maintenance_sterilizer_failure f
WHERE {OF_FAILURE} AND f.archived_at IS NULL AND f.state <> 'withdrawn'
AND f.opened_at < l.released_at) IS NOT NULL"""
_UNPROVEN: Final = f"""
SELECT l.id, CASE WHEN {UNTESTED} THEN 'test' WHEN {_UNDECIDED} THEN 'decision' ELSE 'shown' END
FROM maintenance_sterilizer_load l
WHERE l.id IN (SELECT value FROM json_each(?)) AND l.state = 'released' AND {_BY_STEP}
AND ({UNTESTED} OR {_UNDECIDED} OR l.mechanical IS NOT 'pass' OR l.chemical IS NOT 'pass')
"""
_WHY: Final = {
    "test": "it has an implant, and its release rests on {proof}",
    "decision": "its release rests on the decision on its recall",
    "shown": "its release rests on its indicators, which passed",
}


def negative_test(office: Office, load: Load) -> SporeTest | None:
    """Return the negative spore test that ran with a load; None without any."""
    for test in office.all(SporeTest, _NEGATIVE, load.id, load.equipment_id, order="id"):
        if why_another_cycle(office, test, load) is None:
            return test
    return None


def proofs(
    office: Office,
    load: Load,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> dict[str, str | None]:
    """Return the spore test on which the release of an implant rests."""
    test = negative_test(office, load) if load.implant else None
    return {"release_proofs": in_text([test]) if test else None}


def unproven(office: Office, loads: Sequence[Load]) -> Iterator[tuple[Load, str]]:
    """Yield the released loads that lack what their release rested on: the rule of the promise."""
    by_id = {load.id: load for load in loads}
    for number, lack in office.rows(_UNPROVEN, json.dumps([*by_id])):
        load = by_id[number]
        proof = (load.release_proofs or "its spore test").partition("=")[0]
        why = _WHY[lack].format(proof=proof)
        cure = f"reject it first: officeops sterilizer-load reject {load.human_key} --reason …"
        yield load, Reason(f"{why}; {cure}", code="in-use")
