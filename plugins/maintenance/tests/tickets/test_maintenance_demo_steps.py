"""The steps of the made-up tickets keep their order, also where a weekend puts several on one Monday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from officeops.demo import Demo
from officeops_maintenance.demo_data.tickets_past import TicketsPast

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office


def _words(step: Any) -> tuple[str, str]:  # noqa: ANN401 - a partial of a method
    """Return a report's or step's ticket and its verb."""
    row, *rest = step.args
    return row["title"], rest[0] if rest else "report"


def test_a_duplicate_is_marked_before_its_head_is_closed(
    office: Office, freeze_today: Callable[[date | str], None]
) -> None:
    for number in range(7):
        freeze_today(date(2026, 3, 2) + timedelta(days=number))
        steps: list[Any] = sorted(
            TicketsPast(Demo(office, 1, "past"), {}).steps(), key=lambda step: step[0]
        )
        places = {_words(take): place for place, (_, _, take) in enumerate(steps)}
        marks = [take for _, _, take in steps if _words(take)[1] == "mark-duplicate"]
        assert marks
        for mark in marks:
            head = mark.args[2]
            assert places[head, "report"] < places[_words(mark)] < places[head, "close"]
