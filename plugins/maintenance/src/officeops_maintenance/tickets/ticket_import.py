"""Tickets from a file: an office's own export brings back what became of each."""

from __future__ import annotations

from officeops.exchange import Importer


class TicketImport(Importer):
    """Brings what the steps of a ticket wrote."""

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
