"""The part of the plugin for privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_hr.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Due, Migration, Office, Permission, Proof, Record, View


class PrivacyPart(Part):
    """Risk analysis, reviews of access, and breaches."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.privacy.access_review import AccessReview
        from officeops_hr.privacy.breach import Breach
        from officeops_hr.privacy.risk_analysis import PrivacyRisk, RiskAnalysis

        return [Breach, RiskAnalysis, PrivacyRisk, AccessReview]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.privacy.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.privacy.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.privacy import access_review
        from officeops_hr.privacy.breach import LIFE, Breach
        from officeops_hr.privacy.risk_analysis import RISK, PrivacyRisk

        return [*access_review.ACTIONS, *LIFE.actions(Breach), *RISK.actions(PrivacyRisk)]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        return [View("open", "hr.privacy-risk", "Open risks", where="state=open")]

    def due(self, office: Office, until: date) -> Iterable[Due]:
        """Yield the next analysis, measures, and the review of a quarter."""
        from officeops_hr.privacy.due_lines import due_lines

        return due_lines(office, until)

    def inspect(self, office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
        """Yield the proofs of the risk analysis and of breaches."""
        from officeops_hr.privacy.proofs import proofs

        return proofs(office, kinds)
