"""What maintenance needs seen to: tickets that nobody has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_maintenance.tickets.due_lines import ticket_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Due, Office


def due_items(office: Office, until: date) -> Iterator[Due]:  # noqa: ARG001 - a hook's signature
    """Yield the due item of each open ticket."""
    yield from ticket_lines(office)
