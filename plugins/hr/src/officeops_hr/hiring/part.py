"""The part of the plugin for hiring."""

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
        HuddleLine,
        Migration,
        Office,
        PageSection,
        Permission,
        Record,
        Screen,
        View,
    )
    from officeops_hr.screened import Screened


class HiringPart(Part):
    """Hiring: openings, candidates, interviews and offers."""

    def records(self) -> Iterable[type[Record]]:
        """Return the kinds of record."""
        from officeops_hr.hiring.candidate import Candidate
        from officeops_hr.hiring.checks import Assessment
        from officeops_hr.hiring.interview import Interview, Scorecard
        from officeops_hr.hiring.kit import InterviewKit, KitQuestion
        from officeops_hr.hiring.offer import Offer
        from officeops_hr.hiring.opening import Opening
        from officeops_hr.hiring.reasons import DeclineReason, OffLimitsTopic
        from officeops_hr.hiring.score import InterviewScore

        lists = [InterviewKit, KitQuestion, DeclineReason, OffLimitsTopic]
        return [Opening, Candidate, *lists, Interview, Scorecard, InterviewScore, Assessment, Offer]

    def migrations(self) -> Iterable[Migration]:
        """Return the steps of the tables."""
        from officeops_hr.hiring.schema import MIGRATIONS

        return MIGRATIONS

    def permissions(self) -> Iterable[Permission]:
        """Return the permissions with their levels."""
        from officeops_hr.hiring.permissions import permissions

        return permissions()

    def actions(self) -> Iterable[Action[..., Any]]:
        """Return the steps of openings and candidates, and what goes with them."""
        from officeops_hr.hiring import candidate_actions, give_scorecard, hire, usual_lists
        from officeops_hr.hiring.candidate import Candidate
        from officeops_hr.hiring.life import STAGES
        from officeops_hr.hiring.opening import OPENING, Opening

        steps = [*OPENING.actions(Opening), *STAGES.actions(Candidate)]
        more = [*candidate_actions.ACTIONS, *give_scorecard.ACTIONS, *usual_lists.ACTIONS]
        return [*steps, *hire.ACTIONS, *more]

    def commands(self) -> Iterable[Command]:
        """Return the scores of a candidate."""
        from officeops import Command

        return [
            Command(
                "scores",
                "officeops_hr.hiring.scores_command:scores",
                "Print a candidate's scores, once all scorecards are in.",
                of="hr.candidate",
            )
        ]

    def screens(self) -> Iterable[Screen]:
        """Return the board of candidates."""
        from officeops import Screen

        return [Screen("hr.hiring", "Hiring", "officeops_hr.hiring.board:HiringBoard")]

    def views(self) -> Iterable[View]:
        """Return the views."""
        from officeops import View

        return [
            View("live", "hr.candidate", "In the process", where="is_open=yes"),
            View("past", "hr.candidate", "May be destroyed", where="keep_until<today"),
            View("posted", "hr.opening", "Posted", where="state=open"),
            View("missing", "hr.scorecard", "Not given", where="is_open=yes"),
        ]

    def due(self, office: Office, until: date) -> Iterable[Due]:  # noqa: ARG002 - all of it is due
        """Yield what waits in hiring."""
        from officeops_hr.hiring.due_lines import due_lines

        return due_lines(office)

    def huddle(self, office: Office) -> Iterable[HuddleLine]:
        """Yield the interviews of the day."""
        from officeops_hr.hiring.due_lines import morning_lines

        return morning_lines(office)

    def duplicates(self, office: Office) -> Iterable[Duplicate]:
        """Yield the candidates who may be one."""
        from officeops_hr.hiring.doubles import doubles

        return doubles(office)

    def screened(self, office: Office, *, births: bool) -> Iterable[Screened]:  # noqa: ARG002
        """Yield the candidates in the process."""
        from officeops_hr.hiring.screened import candidates

        return candidates(office)

    def own_page(self, office: Office, person_id: int) -> Iterable[PageSection]:
        """Yield the scorecards that a person has to give."""
        from officeops_hr.hiring.own_cards import own_page

        return own_page(office, person_id)

    def demo(self, office: Office, seed: int) -> None:
        """Write the hiring of the demo practice."""
        # Named by text: the demo is above the parts.
        from officeops import named

        named("officeops_hr.demo_data.hiring:build")(office, seed)
