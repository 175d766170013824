"""The part of the plugin for supervision."""

from __future__ import annotations

from officeops_hr.part import Part


class SupervisionPart(Part):
    """Supervision, incidents and privacy."""
