"""Revision: a week of a place as it was published, with every shift as people saw it then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from officeops import Record, choice, field, named, ref

if TYPE_CHECKING:
    from datetime import date, datetime

    from officeops import Office

#: The numbers of the newest publications of each week and place. One that was undone is none.
NEWEST: Final = """
SELECT max(r.id) FROM hr_roster_revision r WHERE r.archived_at IS NULL
GROUP BY r.location_id, r.monday
"""


class RosterRevision(
    Record,
    key="hr.roster-revision",
    display="monday",
    sort="-monday,-number",
    actions_only=True,
    unique_together=(("location_id", "monday", "number"),),
):
    """One publication of a week; the newest counts."""

    location_id: int = ref("core.location", indexed=False, list_rank=3)
    monday: date = field(list_rank=1, label="Week of")
    number: int = field(list_rank=1, help="Of the publications of the week")
    published_at: datetime = field(list_rank=2)
    published_by: str = field(list_rank=2)
    despite: str | None = field(
        default=None, list_rank=4, help="Why it was published with a gap that blocks"
    )

    added_by = "officeops publish-schedule"
    page = "officeops_hr.roster.telling.revision_page:page"


class PublishedShift(
    Record,
    key="hr.published-shift",
    display="day",
    sort="day,starts_at,id",
    actions_only=True,
):
    """A shift as a revision published it."""

    # Of two records of one person; others of a time stay as they were published.
    identity = (("revision_id", "person_id", "day", "starts_at", "ends_at", "role_id"),)

    revision_id: int = ref("hr.roster-revision", list_rank=5)
    # Not a reference: the shift may be gone from the plan, and the revision stays as it was.
    shift_number: int = field(hidden=True)
    day: date = field(list_rank=1)
    person_id: int | None = ref("hr.person", default=None, hidden=True)
    # Everybody may read who works when, and few may read the records of people.
    name: str | None = field(
        default=None,
        list_rank=1,
        unknown="open",
        help="Of the person at that time; without one the seat is open",
    )
    role_id: int = ref("hr.job-role", indexed=False, list_rank=2)
    starts_at: int = field(kind="time_of_day", list_rank=1, label="From")
    ends_at: int = field(kind="time_of_day", list_rank=1, label="Until")
    unpaid: int = field(kind="duration", default=0, hidden=True)
    kind: str = choice(
        "work", "on_call", "standby", "training", "meeting", default="work", list_rank=6
    )
    trainee: bool = field(default=False, list_rank=7)
    room_id: int | None = ref("core.location", default=None, indexed=False, list_rank=6)

    added_by = "officeops publish-schedule"

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which somebody would swap with themselves."""
        why: str | None = named("officeops_hr.roster.merge_clashes:of_published")(office, row, keep)
        return why

    @classmethod
    def fold(cls, office: Office, kept: Self, gone: Self) -> str | None:  # noqa: ARG003
        """Make two that people saw as one time of one person a single one."""
        return None
