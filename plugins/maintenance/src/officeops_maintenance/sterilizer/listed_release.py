"""Listed releases: whether a load counts as released because a list names who released it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.readings.out_of_range import LONG_AGO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office

_INDICATORS: Final = ("mechanical", "chemical")


def why_not_released(office: Office, values: Mapping[str, Any]) -> str | None:
    """Return why a load of a list waits for a person here; None where the list releases it.

    `values` are those of its row. Lists of the past often leave out what passed, and their loads
    are used by now; one of these days has to show what a release asks for.
    """
    for name in _INDICATORS:
        if values[name] == "fail":
            return f"its {name} indicator failed"
    ran = datetime.fromisoformat(values["run_at"])
    if ran < office.now() - LONG_AGO:
        return None
    for name in _INDICATORS:
        if values[name] is None:
            return f"nobody read its {name} indicator"
    # Its test comes after it, in a list of its own.
    return "it has an implant, and waits for its spore test" if values["implant"] else None
