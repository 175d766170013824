"""Tickets from a file: an office's own export brings back what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange import Importer, Row
from officeops_maintenance.tickets.life import UNSAFE
from officeops_maintenance.tickets.reported import out_of_service
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class TicketImport(Importer):
    """Brings what the steps of a ticket wrote, and takes the units of unsafe ones out of service."""

    restores = (
        "state",
        "waiting_for",
        "cause",
        "resolution",
        "cost",
        "labor",
        "duplicate_of_id",
        "reopened_because",
        "resolved_by",
        "resolved_at",
        "verified_by",
        "closed_by",
        "closed_at",
        "called_at",
        "answered_at",
    )
    # They follow from the state, which is written with the row.
    later = ("stage", "is_open")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._ids: list[int] = []

    def added(self, rows: list[Row]) -> None:
        """Remember the tickets, whose units may be unsafe."""
        self._ids += [row.id for row in rows]

    def updated(self, rows: list[Row]) -> None:
        """Do so for those that the file changes."""
        self._ids += [row.id for row in rows]

    def finish(self) -> Iterable[str]:
        """Take the units out of service that an open ticket of the file calls unsafe."""
        for number in self._ids:
            ticket = self.office.first(Ticket, f"id = ? AND {UNSAFE}", number)
            if ticket is not None:
                yield from out_of_service(self.office, ticket)
