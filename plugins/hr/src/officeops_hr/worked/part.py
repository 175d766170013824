"""The part of the plugin for time worked."""

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
        Migration,
        Office,
        PageSection,
        Permission,
        Record,
        Screen,
    )


class WorkedPart(Part):
    """What people worked, from the day to the payroll."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.worked.paid_time import PaidTime
        from officeops_hr.worked.time_entry import TimeEntry
        from officeops_hr.worked.timesheet import Timesheet

        return [TimeEntry, Timesheet, PaidTime]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.worked.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.worked.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.worked import handing_in
        from officeops_hr.worked.life import TIMESHEET
        from officeops_hr.worked.timesheet import Timesheet

        return [*handing_in.ACTIONS, *TIMESHEET.actions(Timesheet)]

    def commands(self) -> Iterable[Command]:
        """Return the commands on time worked."""
        from officeops import Command

        target = "officeops_hr.worked.time_command:time"
        return [
            Command(
                "time",
                target,
                "Show hours worked by day, week and for payroll.",
            )
        ]

    def screens(self) -> Iterable[Screen]:
        """Return the screen of a day's hours."""
        from officeops import Screen

        target = "officeops_hr.worked.sheet.time_screen:DayScreen"
        return [
            Screen(
                "hr.day-sheet",
                "Day sheet",
                target,
            )
        ]

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - the hook's signature
        """Yield days without time, and weeks that wait for somebody."""
        from officeops_hr.worked import lines

        return lines.due_lines(office)

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the hours of this week and the last one, and what others changed."""
        from officeops_hr.worked import lines

        return lines.own_page(office, person_id)

    def demo(self, office: Office, seed: int) -> None:
        """Write the hours of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.worked:build")(office, seed)
