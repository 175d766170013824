"""The part of the plugin for training, skills and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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
        Screen,
        View,
    )

_MATRIX: Final = "Print people and skills, with the level of each: 0 none to 4 teaches."
_COVER: Final = "List who can do each skill alone, those that one person has first."
_UNREAD: Final = "List who has not read the version in effect, and by when they must."


class TrainingPart(Part):
    """Training, competence and policies."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.policies.acknowledgment import Acknowledgment
        from officeops_hr.policies.policy import Policy, PolicyReader
        from officeops_hr.policies.policy_version import PolicyVersion
        from officeops_hr.skills.competence import Competence
        from officeops_hr.skills.skill import Skill
        from officeops_hr.training.session import TrainingSession
        from officeops_hr.training.topic import RequiredTraining, TrainingTopic
        from officeops_hr.training.training import Training

        taught = [TrainingTopic, RequiredTraining, TrainingSession, Training]
        return [*taught, Skill, Competence, Policy, PolicyReader, PolicyVersion, Acknowledgment]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.training.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.training.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.policies.actions import ACTIONS as OF_POLICIES
        from officeops_hr.skills.actions import ACTIONS as OF_SKILLS
        from officeops_hr.training import actions, usual_topics

        return [*actions.ACTIONS, *usual_topics.ACTIONS, *OF_SKILLS, *OF_POLICIES]

    def commands(self) -> Iterable[Command]:
        """Return the commands on training, skills and policies."""
        from officeops import Command

        matrix = "officeops_hr.skills.matrix_command:matrix_command"
        cover = "officeops_hr.skills.matrix_command:cover"
        due = "officeops_hr.training.due_command:due"
        find = "officeops_hr.policies.find_command:find"
        unread = "officeops_hr.policies.unread_command:unread"
        return [
            Command(
                "due",
                due,
                "List who needs which training, and by when.",
                of="hr.training",
            ),
            Command(
                "matrix",
                matrix,
                _MATRIX,
                of="hr.skill",
            ),
            Command(
                "cover",
                cover,
                _COVER,
                of="hr.skill",
            ),
            Command(
                "find",
                find,
                "Find policies by words of their name or text.",
                of="hr.policy",
            ),
            Command(
                "unread",
                unread,
                _UNREAD,
                of="hr.policy",
            ),
        ]

    def screens(self) -> Iterable[Screen]:
        """Return the matrix of skills."""
        from officeops import Screen

        return [Screen("hr.skills", "Skills", "officeops_hr.skills.matrix_screen:MatrixScreen")]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        unconfirmed = "Topics that nobody compared with their source"
        return [
            View(
                "unconfirmed",
                "hr.training-topic",
                unconfirmed,
                where="checked_on=",
            ),
            View(
                "to-come",
                "hr.training-session",
                "To come",
                where="held_on>=today",
            ),
        ]

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - all of it is due
        """Yield what people need, sessions to record, skills that lapse, and policies to read."""
        from officeops_hr.policies import due_lines as of_policies
        from officeops_hr.skills import lapses
        from officeops_hr.training import due_lines as of_training

        yield from of_training.due_lines(office)
        yield from lapses.due_lines(office)
        yield from of_policies.due_lines(office)

    def search(self, office: Office, text: str) -> Iterable[Record]:
        """Yield the policies whose text in effect has the words."""
        from officeops_hr.policies.finding import found

        return found(office, text)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield the sessions of the day."""
        from officeops_hr.training.morning import morning_lines

        return morning_lines(office)

    def inspect(self, office: Office, kinds: frozenset[str]) -> Iterable[Proof]:
        """Yield the proofs of training and of written policies."""
        from officeops_hr.policies import proofs as of_policies
        from officeops_hr.training import proofs as of_training

        yield from of_training.proofs(office, kinds)
        yield from of_policies.proofs(office, kinds)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield what a person needs and must read, and what they can do."""
        from officeops_hr.policies import person_section as of_policies
        from officeops_hr.skills import person_section as of_skills
        from officeops_hr.training import person_section as of_training

        yield from of_training.section(office, person_id)
        yield from of_policies.section(office, person_id)
        yield from of_skills.section(office, person_id)

    def not_ready(
        self,
        office: Office,
        person_id: int,
        day: date,
    ) -> Iterable[str]:
        """Yield the overdue topics that bar a person from work."""
        from officeops_hr.training.person_section import not_ready

        return not_ready(office, person_id, day)

    def demo(self, office: Office, seed: int) -> None:
        """Write two years of training, skills and policies of the made-up people."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.training:build")(office, seed)
