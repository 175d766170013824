"""Listed releases: whether a load counts as released because a file says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.load_life import LOAD
from officeops_maintenance.sterilizer.load_release import negative_test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops import Office

_INDICATORS: Final = ("mechanical", "chemical")
#: Why a load with an implant waits, until its test comes in.
_UNTESTED: Final = "it has an implant, and waits for its spore test"
#: Loads that a file has as released, and that waited for one of some tests.
_TESTED: Final = """
state = 'run' AND released_by IS NOT NULL AND mechanical = 'pass' AND chemical = 'pass' AND id IN (
    SELECT b.load_id FROM maintenance_spore_test b WHERE b.state = 'negative'
    AND b.id IN (SELECT value FROM json_each(?)))"""


def why_not_released(values: Mapping[str, Any]) -> str | None:
    """Return why a load of a file waits for a person; None where its row shows what a release asks."""
    shown = {name: values[name] for name in _INDICATORS}
    for name, result in shown.items():
        if result == "fail":
            return f"its {name} indicator failed"
    for name, result in shown.items():
        if result is None:
            return f"nobody read its {name} indicator"
    if values["implant"] and not values["before_result"]:
        # Its test comes after it, in a file of its own.
        return _UNTESTED
    return None


def release_tested(
    office: Office,
    tests: Sequence[int],
) -> None:
    """Release the loads that a file had as released, and whose spore tests come in negative now."""
    numbers = json.dumps(tests)
    loads = list(
        office.all(
            Load,
            _TESTED,
            numbers,
        )
    )
    for load in loads:
        if negative_test(office, load) is None:
            continue
        # A failure of this office may cast doubt on it.
        if LOAD.reason(office, load, "release") is None:
            _release(office, load)


def _release(
    office: Office,
    load: Load,
) -> None:
    """Release a load as the file has it: this step came late, and the reason to wait is gone."""
    who = load.released_by
    when = load.released_at
    reason = load.reason or ""
    LOAD.move(
        office,
        load,
        "release",
    )
    released = office.get(Load, load.id)
    office.edit(
        released,
        managed=True,
        released_by=who,
        released_at=when,
        reason=reason.partition(f"{_UNTESTED}. ")[2] or None,
    )
