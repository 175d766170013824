"""What an export of an office brings back of incidents and cases, beside their plain fields."""

from __future__ import annotations

from officeops.exchange import Importer


class IncidentImport(Importer):
    """Brings how incidents were closed."""

    restores = ("state", "cause", "changed_since", "closed_on")


class InjuryCaseImport(Importer):
    """Brings when an outcome was known."""

    restores = ("outcome_at",)
