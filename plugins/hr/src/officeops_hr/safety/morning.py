"""Safety on the morning's page: what happened since yesterday, to people who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_hr.safety.incident import Incident

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_SINCE: Final = timedelta(days=2)


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield the open incidents of the last two days."""
    # Two days, so that Friday evening is not lost on Monday in an office open on Sunday.
    since = (office.now() - _SINCE).isoformat()
    fresh = office.all(Incident, "state = 'open' AND happened_at >= ?", since, order="id")
    for incident in fresh:
        kind = incident.kind.replace("_", " ")
        text = f"{incident.human_key} {incident.what} ({kind})"
        yield HuddleLine("notices", text, Incident.meta.key, incident.id)
