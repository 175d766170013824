"""What blocks a newcomer's first day with patients: the open tasks of steps that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_BLOCKING: Final = """
SELECT s.title FROM hr_boarding b JOIN core_task k
ON k.about_key = 'hr.boarding' AND k.about_id = b.id AND k.state = 'open' AND k.archived_at IS NULL
JOIN hr_boarding_step s ON k.occurrence = 'hr.boarding:' || b.id || ':step-' || s.id
WHERE b.person_id = ? AND b.sort = 'start' AND b.archived_at IS NULL AND s.blocks_start
ORDER BY s.offset_days, s.id
"""


def blocking(office: Office, person_id: int) -> list[str]:
    """Return the titles of the open steps that block somebody."""
    return [title for (title,) in office.rows(_BLOCKING, person_id)]


def not_ready(
    office: Office,
    person_id: int,
    day: date,  # noqa: ARG001 - a step that is open today is not done by then
) -> Iterator[str]:
    """Yield each open step that blocks somebody."""
    for title in blocking(office, person_id):
        yield f"onboarding: {title} is open"
