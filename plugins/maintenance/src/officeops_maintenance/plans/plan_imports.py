"""Imports of plans and visits: an office's own export comes back as it was."""

from __future__ import annotations

from officeops.exchange import Importer


class PlanImport(Importer):
    """Takes over who confirmed a plan, and the template that it came from."""

    restores = ("template", "confirmed_on", "confirmed_by")
    # They follow from the tasks, which the office writes itself.
    later = ("next_on", "last_done", "often")


class VisitImport(Importer):
    """Takes over who came when, and what they did."""

    restores = ("state", "came_at", "done", "used", "reason", "noted_by")
