"""Notice: that somebody has seen a publication of a week, or heard of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from officeops import Record, choice, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office

#: The first one is the person's own doing; the others are a manager's.
WAYS = ("login", "phone", "text", "in_person", "paper")


class RosterNotice(
    Record,
    key="hr.roster-notice",
    display="told_at",
    sort="-told_at,-id",
    actions_only=True,
    scope=PEOPLE.by("person_id", all="manage"),
    unique_together=(("revision_id", "person_id"),),
    also=("schedule-notice", "seen"),
):
    """A person's word that they know a publication.

    All that changed until then is no news to them.
    """

    revision_id: int = ref("hr.roster-revision", indexed=False, list_rank=2)
    person_id: int = ref("hr.person", indexed=False, list_rank=1)
    told_at: datetime = field(list_rank=1)
    how: str = choice(*WAYS, default="login", list_rank=1)
    told_by: str = field(list_rank=2, help="The person themselves, or who told them")

    added_by = "officeops mark-schedule-seen"

    @classmethod
    def fold(cls, office: Office, kept: Self, gone: Self) -> str | None:  # noqa: ARG003
        """Make the words of two people who are one a single word, whenever each was given."""
        return None
