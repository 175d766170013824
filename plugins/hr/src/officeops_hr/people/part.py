"""The part of the plugin for people."""

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
        Duplicate,
        Format,
        HuddleLine,
        Migration,
        Office,
        PageSection,
        Permission,
        Problem,
        Record,
        Role,
        Screen,
    )
    from officeops_hr.screened import Screened


class PeoplePart(Part):
    """People, their positions, pay and papers."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.people.contacts import EmergencyContact, FormerName, PersonRole, Phone
        from officeops_hr.people.employment import Employment
        from officeops_hr.people.job_role import JobRole
        from officeops_hr.people.pay import Benefit, Pay
        from officeops_hr.people.person import Person
        from officeops_hr.people.position import Position
        from officeops_hr.people.work_pattern import WorkPattern

        own = [Person, JobRole, Employment, Position, Pay, Benefit, WorkPattern]
        return [*own, Phone, EmergencyContact, FormerName, PersonRole]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.people.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.people.permissions import permissions

        return permissions()

    def roles(self) -> Iterable[Role]:
        """Return the role that keeps people's files."""
        from officeops_hr.people.permissions import ROLES

        return ROLES

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.people import kept_names, separation, usual_roles
        from officeops_hr.people.emergency import print_sheet

        return [*usual_roles.ACTIONS, *separation.ACTIONS, *kept_names.ACTIONS, print_sheet]

    def commands(self) -> Iterable[Command]:
        """Return the commands about people."""
        from officeops_hr.people.commands import COMMANDS

        return COMMANDS

    def screens(self) -> Iterable[Screen]:
        """Return the screen of one's own page."""
        from officeops import Screen

        return [Screen("hr.me", "Me", "officeops_hr.overview.own_screen:OwnScreen")]

    def formats(self) -> Iterable[Format]:
        """Return the vCards of colleagues."""
        from officeops_hr.people.vcards import FORMATS

        return FORMATS

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - the hook's signature
        """Yield the leavers whom open records still name."""
        from officeops_hr.people.leavers import leaver_lines

        return leaver_lines(office)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield first and last days, long absences, and birthdays where the office wants them."""
        from officeops_hr.people.birthday_lines import birthday_lines
        from officeops_hr.people.morning import morning_lines

        yield from morning_lines(office)
        yield from birthday_lines(office)

    def duplicates(self, office: Office) -> Iterable[Duplicate]:
        """Yield the people who may be one."""
        from officeops_hr.people.doubles import doubles

        return doubles(office)

    def check(self, office: Office) -> Iterable[Problem]:
        """Yield the employments of one person that share days."""
        from officeops_hr.people.employment import overlapping

        return overlapping(office)

    def not_ready(self, office: Office, person_id: int, day: date) -> Iterable[str]:
        """Yield that HR has barred somebody from work. People who plan the work learn no more."""
        from officeops_hr.people.person import Person

        barred_on = office.get(Person, person_id).barred_on
        if barred_on is not None and barred_on <= day:
            yield f"may not work since {barred_on}: ask HR"

    def screened(self, office: Office, *, births: bool) -> Iterable[Screened]:
        """Yield the people who work here or will."""
        from officeops_hr.people.screened import staff

        return staff(office, births=births)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the sections about somebody's work and contacts."""
        from officeops_hr.people.page import page

        return page(office, person_id)

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the same sections, and the person's own pay."""
        from officeops_hr.people.page import own_page

        return own_page(office, person_id)

    def demo(self, office: Office, seed: int) -> None:
        """Write the people of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.people:build")(office, seed)
