"""The part of the plugin for first and last days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_hr.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import (
        Action,
        Due,
        Migration,
        Office,
        PageSection,
        Record,
        View,
    )


class BoardingPart(Part):
    """The checklists of first and last days."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.boarding.boarding import Boarding
        from officeops_hr.boarding.final_pay_rule import FinalPayRule
        from officeops_hr.boarding.step import BoardingStep

        return [BoardingStep, Boarding, FinalPayRule]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.boarding.schema import MIGRATIONS

        return MIGRATIONS

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.boarding import boarding_actions, usual_steps

        return [*boarding_actions.ACTIONS, *usual_steps.ACTIONS]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        unconfirmed = "source!= confirmed=no"
        return [
            View("open", "hr.boarding", "With open tasks", where="is_open=yes"),
            View("unconfirmed", "hr.boarding-step", "By a law, not confirmed", where=unconfirmed),
        ]

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - all of it is due
        """Yield the people without their checklist, and those whose day has moved."""
        from officeops_hr.boarding.due_lines import due_lines

        return due_lines(office)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the open checklists of a person."""
        from officeops_hr.boarding.boarding_page import section

        return section(office, person_id)

    def not_ready(
        self,
        office: Office,
        person_id: int,
        day: date,
    ) -> Iterable[str]:
        """Yield the open tasks without which a newcomer sees no patients."""
        from officeops_hr.boarding.blocking import not_ready

        return not_ready(office, person_id, day)
