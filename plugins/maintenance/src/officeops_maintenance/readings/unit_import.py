"""Monitored units from a file: their logs follow, and limits that were confirmed stay so."""

from __future__ import annotations

from officeops.exchange import Importer


class UnitImport(Importer):
    """The import of monitored units, of another office or a list."""

    follow = ("last_read", "in_excursion")
    restores = ("limits_confirmed_by", "first_half")
