"""Release proofs: the tests in a row that released a sterilizer, which count as long as it is so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_maintenance.kept_proofs import in_text
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.passes import COUNTED, IS_PASS
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record
    from officeops_maintenance.equipment.equipment import Equipment

_LAST: Final = "equipment_id = ? AND state <> 'withdrawn'"
#: Of the tests that released a failure, those that are no passes of it any more. A test that a
#: retention rule destroyed since was right until then.
_BROKEN: Final = f"""
SELECT b.id FROM maintenance_spore_test b, maintenance_sterilizer_failure t
WHERE t.id = ?1 AND instr(' ' || ?2 || ' ', ' BI-' || b.id || '=') AND b.id NOT IN (
    SELECT x.id FROM maintenance_spore_test x WHERE {IS_PASS})
ORDER BY b.id
"""
#: A positive test that was known after a release, and belongs to no later failure. One of a list
#: may have come with the repeats that settled it.
_SINCE_POSITIVE: Final = """
SELECT b.id FROM maintenance_spore_test b JOIN maintenance_sterilizer_failure t ON t.id = ?
WHERE b.equipment_id = t.equipment_id AND b.archived_at IS NULL AND b.state = 'positive'
AND b.known_at > t.closed_at AND (b.read_at IS NOT NULL OR t.repeats > (
    SELECT count(*) FROM maintenance_spore_test n
    WHERE n.equipment_id = b.equipment_id AND n.archived_at IS NULL AND n.state = 'negative'
    AND n.run_at > b.run_at AND n.known_at >= b.known_at))
ORDER BY b.id
"""


def _last(office: Office, unit: Equipment) -> Failure | None:
    """Return the latest failure of a sterilizer, if it is released: an older one decides nothing."""
    failure = office.first(
        Failure,
        _LAST,
        unit.id,
        order="id DESC",
    )
    if failure is None or failure.state != "released":
        return None
    return failure


def released_by(office: Office, unit: Equipment) -> Iterator[Record]:
    """Yield the failure of a sterilizer that was released last; its tests are kept in itself."""
    failure = _last(office, unit)
    if failure is not None:
        yield failure


def tests_in_a_row(office: Office, failure: Failure) -> dict[str, str | None]:
    """Return the tests that release a failure now, as its column keeps them."""
    rows = office.rows(f"{COUNTED} ORDER BY p.id", failure.id)
    numbers = [number for (number,) in rows]
    return {"release_proofs": in_text(office.some(SporeTest, numbers))}


def release_broken(office: Office, unit: Equipment) -> str | None:
    """Say that the last release of a sterilizer rests on a test that counts no more; None if not."""
    failure = _last(office, unit)
    if failure is None:
        return None
    key = failure.human_key
    for (number,) in office.rows(_SINCE_POSITIVE, failure.id):
        why = f"BI-{number} was positive after {key} was released; keep it locked"
        return Reason(why, code="in-use", facts={"failure": key})
    if failure.release_proofs is None:
        return None
    broken = office.rows(
        _BROKEN,
        failure.id,
        failure.release_proofs,
    )
    if not broken:
        return None
    because = f"{key} is released because of BI-{broken[0][0]}"
    why = f"{because}; lock it again first: officeops sterilizer-failure reopen {key} --reason …"
    return Reason(
        why,
        code="in-use",
        facts={"failure": key},
    )
