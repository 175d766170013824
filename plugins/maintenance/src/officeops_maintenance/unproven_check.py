"""What selfcheck says of maintenance: returns and releases that rest on something nobody can find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.load_release import UNTESTED_BY_STEP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record

_IN_USE: Final = "return_proofs = 'unknown' AND status IN ('in_service', 'on_loan')"
_RELEASED: Final = "state = 'released' AND release_proofs IS NULL"
_UNTESTED: Final = (
    f"id IN (SELECT l.id FROM maintenance_sterilizer_load l WHERE {UNTESTED_BY_STEP})"
)
_FAILED: Final = "state = 'released' AND (mechanical = 'fail' OR chemical = 'fail')"
#: The kind, which of its records, and what to say of each.
_CHECKS: Final[tuple[tuple[type[Record], str, str], ...]] = (
    (
        Equipment,
        _IN_USE,
        "nobody can find the test of its last return; take it out, test it and return it",
    ),
    (
        Failure,
        _RELEASED,
        "nobody can find the tests in a row that released it; reopen it, and repeat them",
    ),
    (
        Load,
        _FAILED,
        "is released although an indicator failed; reject it",
    ),
    (
        Load,
        _UNTESTED,
        "has an implant, and was released by a spore test that nobody can find; reject it",
    ),
)


def check(office: Office) -> Iterator[Problem]:
    """Yield the records whose return or release rests on nothing."""
    for kind, where, why in _CHECKS:
        for record in office.all(kind, where, order="id"):
            yield Problem(f"{office.about(record)}: {why}", code="in-use")
