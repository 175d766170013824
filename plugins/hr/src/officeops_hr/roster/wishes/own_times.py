"""Own times: the lines of a person's page on when they can work, and what they wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection
from officeops_hr.roster.clock import span
from officeops_hr.roster.wishes.availability import Availability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def own_times(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the times of somebody that count today or later."""
    if not office.may_view(Availability):
        return
    lines = []
    for row in office.all(Availability, "person_id = ?", person_id):
        last = row.stated().last
        if last is None or last >= office.today:
            lines.append(PageLine(row.kind, _words(row)))
    if lines:
        yield PageSection("Times", lines)


def _words(row: Availability) -> str:
    """Say when: monday 08:00-12:00, from 2026-08-03 until 2026-08-07."""
    is_whole_day = row.starts_at == 0 and row.ends_at == 0
    words = [
        row.weekday or "",
        "" if is_whole_day else span(row.starts_at, row.ends_at),
        f"from {row.first_day}" if row.first_day else "",
        f"until {row.last_day}" if row.last_day else "",
        row.note or "",
    ]
    return " ".join(word for word in words if word)
