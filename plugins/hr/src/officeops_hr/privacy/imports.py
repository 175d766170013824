"""What an export of an office brings back of breaches and risks, beside their plain fields."""

from __future__ import annotations

from officeops.exchange import Importer


class BreachImport(Importer):
    """Brings the assessment and the state of breaches."""

    restores = ("state", "reason", "assessed_on", "assessed_by", "closed_on")


class PrivacyRiskImport(Importer):
    """Brings how risks ended."""

    restores = ("state", "remark", "ended_on")
