"""The part of the plugin for leave."""

from __future__ import annotations

from officeops_hr.part import Part


class LeavePart(Part):
    """Leave: policies, balances, requests and who is off."""
