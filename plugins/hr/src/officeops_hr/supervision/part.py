"""The part of the plugin for supervision and safety."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops_hr.part import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Due, Migration, Office, PageSection, Permission, Record, View


class SupervisionPart(Part):
    """One-to-ones, goals, reviews, recognition and discipline."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.supervision.discipline import Discipline
        from officeops_hr.supervision.goal import Goal
        from officeops_hr.supervision.one_to_one import OneToOne
        from officeops_hr.supervision.recognition import Recognition
        from officeops_hr.supervision.review import Review
        from officeops_hr.supervision.review_question import ReviewQuestion

        return [OneToOne, Goal, ReviewQuestion, Review, Recognition, Discipline]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.supervision.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.supervision.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.supervision import discipline, goal, one_to_one, review_answers, to_sign
        from officeops_hr.supervision.review import Review
        from officeops_hr.supervision.review_life import REVIEW

        steps = [*review_answers.ACTIONS, *REVIEW.actions(Review)]
        steps += [*discipline.ACTIONS, *to_sign.ACTIONS]
        return [*one_to_one.ACTIONS, *goal.ACTIONS, *steps]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        return [
            View("open", "hr.goal", "Open goals", where="state=open"),
            View("to-sign", "hr.review", "To be signed", where="state=shared"),
            View("to-sign", "hr.discipline", "To be signed", where="state=delivered"),
        ]

    def due(self, office: Office, until: date) -> Iterable[Due]:
        """Yield follow-ups, goals and reviews."""
        from officeops_hr.supervision.due_lines import due_lines

        return due_lines(office, until)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield a person's goals, the last talk and the last review."""
        from officeops_hr.supervision.person_section import section

        return section(office, person_id)

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the same, and one's own discipline."""
        from officeops_hr.supervision.person_section import own_section

        return own_section(office, person_id)

    def references(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the open goals and reviews of a leaver."""
        from officeops_hr.supervision.person_section import open_section

        return open_section(office, person_id)

    def demo(self, office: Office, seed: int) -> None:
        """Write two years of supervision and safety of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.supervision:build")(office, seed)
