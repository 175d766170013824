"""The part of the plugin for credentials."""

from __future__ import annotations

from officeops_hr.part import Part


class CredentialsPart(Part):
    """Licenses, certificates, continuing education and access."""
