"""The part of the plugin for hiring."""

from __future__ import annotations

from officeops_hr.part import Part


class HiringPart(Part):
    """Hiring, and the checklists of first and last days."""
