"""The part of the plugin for the staff schedule."""

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
        Record,
        Screen,
        View,
    )


class RosterPart(Part):
    """Who works when, and what the days lack."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.roster.absence.call_out import CallOut
        from officeops_hr.roster.absence.cover_ask import CoverAsk
        from officeops_hr.roster.coverage_rule import CoverageRule
        from officeops_hr.roster.hours.hours_rule import ScheduleRule
        from officeops_hr.roster.offers.shift_offer import ShiftOffer
        from officeops_hr.roster.revision import PublishedShift, RosterRevision
        from officeops_hr.roster.shift import Shift
        from officeops_hr.roster.shift_pattern import ShiftPattern
        from officeops_hr.roster.shift_template import ShiftTemplate
        from officeops_hr.roster.telling.notice import RosterNotice
        from officeops_hr.roster.wishes.availability import Availability

        plan = [ShiftPattern, ShiftTemplate, CallOut, Shift, CoverageRule, CoverAsk]
        wishes = [Availability, ScheduleRule]
        return [*plan, RosterRevision, PublishedShift, RosterNotice, ShiftOffer, *wishes]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.roster.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.roster.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the actions."""
        from officeops_hr.roster import actions, lay_out, publishing, usual_templates
        from officeops_hr.roster.absence import asked, calling_out, own_absence
        from officeops_hr.roster.filling import fill_action
        from officeops_hr.roster.hours import usual_rules
        from officeops_hr.roster.offers import offering, taking_for
        from officeops_hr.roster.offers.life import OFFER
        from officeops_hr.roster.offers.shift_offer import ShiftOffer
        from officeops_hr.roster.telling import tell

        calls = [*calling_out.ACTIONS, *own_absence.ACTIONS]
        covering = [*actions.ACTIONS, *asked.ACTIONS, *calls]
        planning = [
            *lay_out.ACTIONS,
            *fill_action.ACTIONS,
            *usual_rules.ACTIONS,
            *usual_templates.ACTIONS,
            *publishing.ACTIONS,
        ]
        offers = [*offering.ACTIONS, *taking_for.ACTIONS, *OFFER.actions(ShiftOffer)]
        return [*covering, *planning, *tell.ACTIONS, *offers]

    def commands(self) -> Iterable[Command]:
        """Return the commands on the schedule."""
        from officeops import Command

        target = "officeops_hr.roster.roster_command:roster"
        return [Command("roster", target, "Show the schedule, its gaps and who can cover.")]

    def screens(self) -> Iterable[Screen]:
        """Return the screens of a week, and for the call at six."""
        from officeops import Screen

        week = "officeops_hr.roster.week.screen:WeekScreen"
        out = "officeops_hr.roster.absence.out_screen:OutScreen"
        return [
            Screen("hr.schedule", "Schedule", week),
            Screen("hr.out-today", "Out today", out),
        ]

    def views(self) -> Iterable[View]:
        """Return the rules of hours that do not count yet, since the office has not confirmed them."""
        from officeops import View

        return [View("unconfirmed", "hr.hours-rule", "Not confirmed", where="confirmed=no")]

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - the hook's signature
        """Yield gaps and open seats ahead, weeks to publish, and changes that people have not seen."""
        from officeops_hr.roster import lines
        from officeops_hr.roster.absence import lines as absences
        from officeops_hr.roster.offers import lines as offers
        from officeops_hr.roster.telling import lines as news

        yield from lines.due_lines(office)
        yield from absences.due_lines(office)
        yield from offers.due_lines(office)
        yield from news.due_lines(office)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield what today lacks, who covers for whom, and who does not know of a change."""
        from officeops_hr.roster import lines
        from officeops_hr.roster.absence import lines as absences
        from officeops_hr.roster.offers import lines as offers
        from officeops_hr.roster.telling import lines as news

        yield from lines.morning_lines(office)
        yield from absences.morning_lines(office)
        yield from offers.morning_lines(office)
        yield from news.morning_lines(office)

    def page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield a person's shifts of the next two weeks, and the changes that are news to them."""
        from officeops_hr.roster import lines
        from officeops_hr.roster.offers import lines as offers
        from officeops_hr.roster.telling import lines as news
        from officeops_hr.roster.wishes.own_times import own_times

        yield from lines.page(office, person_id)
        yield from news.page(office, person_id)
        yield from offers.page(office, person_id)
        yield from own_times(office, person_id)

    def demo(self, office: Office, seed: int) -> None:
        """Write the schedule of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.roster:build")(office, seed)
