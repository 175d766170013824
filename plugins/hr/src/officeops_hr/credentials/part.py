"""The part of the plugin for credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_hr.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import (
        Action,
        Command,
        Due,
        HuddleLine,
        Migration,
        Office,
        PageSection,
        Permission,
        Proof,
        Record,
        View,
    )


class CredentialsPart(Part):
    """Licenses, certificates, continuing education and access."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.credentials.access_grant import AccessGrant
        from officeops_hr.credentials.credential import Credential
        from officeops_hr.credentials.credential_type import CredentialType, RequiredCredential
        from officeops_hr.education.entry import EducationEntry
        from officeops_hr.education.rule import EducationCategory, EducationRule

        own = [CredentialType, RequiredCredential, Credential, AccessGrant]
        return [*own, EducationRule, EducationCategory, EducationEntry]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.credentials.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.credentials.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.credentials import access_grant, usual_types
        from officeops_hr.credentials.credential import Credential

        return [*usual_types.ACTIONS, *access_grant.ACTIONS, *Credential.actions()]

    def commands(self) -> Iterable[Command]:
        """Return the commands on a person's credentials."""
        from officeops import Command

        ready = "officeops_hr.overview.ready_command:ready"
        education = "officeops_hr.overview.education_command:education"
        may_work = "Say who may work on a day, and as what."
        missing = "List the credits of education, and those that are missing."
        return [
            Command("ready", ready, may_work, of="hr.person"),
            Command("education", education, missing, of="hr.person"),
        ]

    def views(self) -> Iterable[View]:
        """Return the types and rules that nobody of the office vouches for."""
        from officeops import View

        kinds = ("hr.credential-type", "hr.education-rule")
        return [View("unconfirmed", key, "Not confirmed", where="confirmed=no") for key in kinds]

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - the hook's signature
        """Yield missing credentials of a state, the core asking of the rest, and leavers' keys."""
        from officeops_hr.credentials import leaver_access, missing
        from officeops_hr.education import person_progress

        yield from missing.of_other_states(office)
        yield from leaver_access.due_lines(office)
        yield from person_progress.due_lines(office)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield the credentials that end this week."""
        from officeops_hr.credentials.morning import morning_lines

        return morning_lines(office)

    def inspect(self, office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
        """Yield the registrations and appointments of people, and the access of leavers."""
        from officeops_hr.credentials import leaver_access, proofs

        yield from proofs.proofs(office, kinds)
        yield from leaver_access.proofs(office, kinds)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the credentials of a person, those that need something first."""
        from officeops_hr.credentials.person_section import section
        from officeops_hr.education import person_progress

        yield from section(office, person_id)
        yield from person_progress.section(office, person_id)

    def references(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the keys, badges and logins to take back."""
        from officeops_hr.credentials.leaver_access import open_access

        return open_access(office, person_id)

    def not_ready(
        self,
        office: Office,
        person_id: int,
        day: date,
    ) -> Iterable[str]:
        """Yield why a person's credentials let them work in none of their roles."""
        from officeops_hr.credentials.readiness import not_ready

        return not_ready(office, person_id, day)

    def demo(self, office: Office, seed: int) -> None:
        """Write the credentials of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.credentials:build")(office, seed)
