"""Imports of the laboratory: an office's own export, or a list that was kept in a spreadsheet."""

from __future__ import annotations

from officeops.exchange import Importer


class LabTestImport(Importer):
    """Takes over who confirmed the rules of a test."""

    restores = ("confirmed_on", "confirmed_by")


class LabKitImport(Importer):
    """Takes over which kits are finished; whether it is usable follows from its controls."""

    restores = ("finished_on", "finished_why")
    later = ("use", "state", "discard_by", "control_by", "blocked")
