"""Same cycle: a spore test proves the load that it ran with, and no other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_maintenance.sterilizer.load import Load

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.sterilizer.spore_test import SporeTest

#: A load is often noted as its cycle begins, and its test as it ends.
_HOURS: Final = 3
#: Of a sterilizer, a moment, and the hours from it to a load: a load that ran nearer to it.
_NEARER: Final = """
equipment_id = ?1 AND state <> 'rejected' AND 24 * abs(julianday(run_at) - julianday(?2)) < ?3"""


def why_another_cycle(
    office: Office,
    test: SporeTest,
    load: Load,
) -> Reason | None:
    """Return why a test did not run with a load; None where it did."""
    hours = abs(test.run_at - load.run_at).total_seconds() / 3600
    ran = f"{office.ways.clock(load.run_at):%Y-%m-%d %H:%M}"
    if hours > _HOURS:
        why = f"ran at {ran}, which is another cycle; correct the time, or name another load"
        return Reason(why, code="out-of-range")
    # A second is less than any difference between two cycles, and more than one of rounding.
    nearer = office.first(
        Load, _NEARER, test.equipment_id, test.run_at.isoformat(), hours - 1 / 3600
    )
    if nearer is None:
        return None
    why = f"ran at {ran}, and the test with {nearer.human_key}; correct its time, or name that load"
    return Reason(why, code="out-of-range")
