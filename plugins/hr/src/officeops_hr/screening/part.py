"""The part of the plugin for screening."""

from __future__ import annotations

from officeops_hr.part import Part


class ScreeningPart(Part):
    """The comparison with exclusion lists."""
