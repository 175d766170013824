"""Lots from a file: a lot that another office held stays held here."""

from __future__ import annotations

from officeops.exchange import Importer


class LotImport(Importer):
    """The import of lots. A lot in an office's export keeps its state, and the reason for it."""

    follow = ("on_hand", "on_shelf")
    restores = ("status", "hold_reason")
