"""The part of the plugin for safety."""

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
        Permission,
        Proof,
        Record,
        Report,
        View,
    )


class SafetyPart(Part):
    """Incidents, injury cases, deadlines and vaccine offers."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.safety.deadline import Deadline
        from officeops_hr.safety.incident import Incident
        from officeops_hr.safety.injury_case import InjuryCase
        from officeops_hr.safety.vaccine_offer import VaccineOffer

        return [Incident, InjuryCase, Deadline, VaccineOffer]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.safety.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.safety.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.safety import rules
        from officeops_hr.safety.incident import LIFE, Incident

        return [*rules.ACTIONS, *LIFE.actions(Incident)]

    def commands(self) -> Iterable[Command]:
        """Return the command of the first hour."""
        from officeops import Command

        target = "officeops_hr.safety.first_hour_command:command"
        words = "Say what to do first after an incident."
        return [Command("first-hour", target, words)]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        return [
            View("open", "hr.incident", "Open incidents", where="state=open"),
            View("unconfirmed", "hr.deadline", "Not confirmed", where="confirmed=no"),
        ]

    def reports(self) -> Iterable[Report]:
        """Return the logs."""
        from officeops_hr.safety.logs import REPORTS

        return REPORTS

    def due(self, office: Office, until: date) -> Iterable[Due]:
        """Yield vaccine offers and the summary of the log; the other dates are tasks."""
        from officeops_hr.safety.due_lines import due_lines

        return due_lines(office, until)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield the incidents since yesterday."""
        from officeops_hr.safety.morning import morning_lines

        return morning_lines(office)

    def inspect(self, office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
        """Yield the proofs of vaccine offers and exposures."""
        from officeops_hr.safety.proofs import proofs

        return proofs(office, kinds)
