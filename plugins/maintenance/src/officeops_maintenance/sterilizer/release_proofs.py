"""Release proofs: the failure that was released last, and the tests in a row that released it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.passes import COUNTED
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, Record
    from officeops_maintenance.equipment.equipment import Equipment

_LAST: Final = "equipment_id = ? AND state = 'released'"
#: Tests that were read since the release prove nothing of it.
_TESTS: Final = f"{COUNTED} AND p.read_at <= t.closed_at ORDER BY p.id"


def released_by(office: Office, unit: Equipment) -> Iterator[Record]:
    """Yield the failure of a sterilizer that was released last, and the tests that passed before."""
    failure = office.first(Failure, _LAST, unit.id, order="failed_at DESC, id DESC")
    if failure is None:
        return
    yield failure
    for (number,) in office.rows(_TESTS, failure.id):
        yield office.get(SporeTest, number)
