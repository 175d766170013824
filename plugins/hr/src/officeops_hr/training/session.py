"""Training session: one that was held for many people at once, or is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Problem, Record, Retention, choice, computed, field
from officeops_hr.training.dates import SESSION_KEEP_UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

WAYS = ("class", "video", "online", "practice", "meeting")


class TrainingSession(
    Record,
    key="hr.training-session",
    prefix="TS",
    display="title",
    sort="-held_on,id",
    also=("in-service", "class"),
):
    """A training session: its day, trainer and content.

    Who came is kept with each person. Attach the signed sheet.
    """

    title: str = field(
        search=True,
        list_rank=1,
        example="Safety training 2026",
    )
    held_on: date = field(
        default=lambda office: office.today,
        list_rank=1,
        also=("date",),
    )
    trainer: str | None = field(
        default=None, search=True, list_rank=3, also=("instructor", "presenter")
    )
    # The record of bloodborne training names it (29 CFR 1910.1030(h)(2)(i)(C)).
    qualification: str | None = field(
        default=None, list_rank=6, example="RN, infection control", help="What makes them a trainer"
    )
    hours: int | None = field(
        kind="hours", default=None, minimum=1, maximum=6000, list_rank=4, help="How long it took"
    )
    way: str = choice(
        *WAYS,
        default="class",
        list_rank=5,
        help="How it was given",
    )
    content: str | None = field(
        kind="long_text", default=None, hidden=True, help="What it covered, beside its topics"
    )
    keep_months: int = field(
        default=36,
        minimum=0,
        maximum=1200,
        unit="months",
        hidden=True,
        help="How long its record is kept: the longest of its topics",
    )

    page = "officeops_hr.training.session_page:page"
    as_text = "officeops_hr.training.sign_in_sheet:sheet"
    retention = Retention(
        years=0,
        after="keep_until",
        why="the longest of its topics",
    )
    computed = (
        computed(
            "keep_until",
            SESSION_KEEP_UNTIL,
            kind="date",
            list_rank=7,
            help="Before this day it must not be destroyed",
        ),
    )

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Move the trainings of the session with its day."""
        # Only the day is kept in both, so that due days need no session.
        if "held_on" not in before:
            return
        # By name: the trainings refer to their session.
        from officeops_hr.training.training import Training

        for training in list(office.all(Training, "session_id = ?", self.id)):
            office.edit(training, done_on=self.held_on)
        yield f"The trainings of the session are of {self.held_on} now."

    def keep(self, office: Office) -> str | None:
        """Keep a session that people were trained in."""
        counted = "SELECT 1 FROM hr_training WHERE session_id = ? AND archived_at IS NULL"
        if office.value(counted, self.id):
            return "people are on its list; archive their trainings first"
        return None

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a day to come for a session whose results are there."""
        if self.id and self.held_on > office.today and _has_results(office, self.id):
            yield Problem(
                "is in the future, and people have results", "held_on", code="wrong-order"
            )


def _has_results(office: Office, session_id: int) -> bool:
    counted = """SELECT 1 FROM hr_training
    WHERE session_id = ? AND archived_at IS NULL AND result <> 'planned'"""
    return office.value(counted, session_id) is not None
