"""The part of the plugin for leave."""

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
        Format,
        HuddleLine,
        Job,
        Migration,
        Office,
        PageSection,
        Permission,
        Record,
        Report,
        Screen,
        View,
    )


class LeavePart(Part):
    """Leave: policies, balances, requests and who is off."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.leave.blackout import Blackout
        from officeops_hr.leave.enrollment import LeaveEnrollment
        from officeops_hr.leave.entry import LeaveEntry, LeaveGrant
        from officeops_hr.leave.policy import LeavePolicy, LeaveStep
        from officeops_hr.leave.request import LeaveReason, LeaveRequest
        from officeops_hr.leave.worked import HoursWorked

        terms = [LeavePolicy, LeaveStep, LeaveEnrollment, HoursWorked]
        return [*terms, LeaveGrant, LeaveEntry, LeaveRequest, LeaveReason, Blackout]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.leave.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.leave.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.leave import balance_actions, changes, usual_policies, year_end
        from officeops_hr.leave.entry import LeaveEntry
        from officeops_hr.leave.life import LEAVE
        from officeops_hr.leave.request import LeaveRequest

        steps = [*LEAVE.actions(LeaveRequest), *LeaveEntry.ledger.actions(LeaveEntry)]
        more = [*balance_actions.ACTIONS, *year_end.ACTIONS, *changes.ACTIONS]
        return [*steps, *more, *usual_policies.ACTIONS]

    def commands(self) -> Iterable[Command]:
        """Return the command of balances and of the calendar."""
        from officeops import Command

        target = "officeops_hr.leave.command:leave"
        return [Command("leave", target, "Balances of leave (PTO), and who is off.")]

    def screens(self) -> Iterable[Screen]:
        """Return the screen of requests and of who is off."""
        from officeops import Screen

        target = "officeops_hr.leave.leave_screen:LeaveScreen"
        return [Screen("hr.leave", "Leave", target)]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        return [
            View("to-decide", "hr.leave-request", "To decide", where="state=submitted"),
            View(
                "approved",
                "hr.leave-request",
                "Approved, from today on",
                where="state=approved first_day>=today",
                sort="first_day",
            ),
            View(
                "unconfirmed",
                "hr.leave-policy",
                "By a law, not confirmed",
                where="source!= confirmed_on=",
            ),
        ]

    def reports(self) -> Iterable[Report]:
        """Return the list of usual policies."""
        from officeops_hr.leave.usual_policies import REPORTS

        return REPORTS

    def jobs(self) -> Iterable[Job]:
        """Return the job that books what accrued."""
        from officeops_hr.leave.job import JOBS

        return JOBS

    def formats(self) -> Iterable[Format]:
        """Return the calendar file."""
        from officeops_hr.leave.leave_calendar_file import FORMATS

        return FORMATS

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - all of it is due
        """Yield the requests to decide on, and the years to close."""
        from officeops_hr.leave.due_lines import due_lines

        return due_lines(office)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield who is off today, and who is back."""
        from officeops_hr.leave.morning import back_lines, morning_lines

        yield from morning_lines(office)
        yield from back_lines(office)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield a person's balances and leave."""
        from officeops_hr.leave.person_page import page

        return page(office, person_id)

    def not_ready(
        self,
        office: Office,
        person_id: int,
        day: date,
    ) -> Iterable[str]:
        """Yield that somebody is on leave on a day."""
        from officeops_hr.leave.morning import not_ready

        return not_ready(office, person_id, day)

    def demo(self, office: Office, seed: int) -> None:
        """Write two years of leave of the made-up people."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.leave:build")(office, seed)
