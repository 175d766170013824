"""Equipment from a file: an office's own export brings back in which state each unit was."""

from __future__ import annotations

from officeops.exchange import Importer


class EquipmentImport(Importer):
    """Brings what the steps of a unit wrote."""

    restores = ("status", "reason", "out_since", "out_by", "lent_to", "due_back_on", "retired_on")
    # Tickets come after the units that they are about.
    later = ("open_tickets",)
