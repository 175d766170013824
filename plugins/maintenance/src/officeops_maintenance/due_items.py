"""What maintenance needs seen to: open tickets, and temperature logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_maintenance.readings.due_readings import due_readings
from officeops_maintenance.tickets.due_lines import ticket_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Due, Office


def due_items(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of tickets and of temperature logs."""
    yield from ticket_lines(office)
    yield from due_readings(office, until)
