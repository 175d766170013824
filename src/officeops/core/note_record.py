"""Notes: remarks on a record, with a day to follow up on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.subject_rule import subject_problems
from officeops.model.about import About  # noqa: TC001 - two columns
from officeops.model.errors import Problem
from officeops.model.fields import field
from officeops.model.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops.model.office import Office


class Note(
    Record,
    key="core.note",
    group="Office",
    also=("remark", "comment", "follow-up"),
    display="text",
    sort="-id",
):
    """A remark on a record, with a day to follow up on.

    People who see the record see it. One with a day to follow up on is in Today from then on, until it is done.
    """

    about: About
    text: str = field(kind="long_text", search=True, list_rank=1, example="Rep called back")
    follow_up_on: date | None = field(default=None, list_rank=3, example="2026-12-01")
    owner: str | None = field(
        default=None, list_rank=4, help="Login of the person who follows up; blank is everybody"
    )
    done_on: date | None = field(default=None, managed=True, list_rank=5)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a note on what takes none, or for somebody who is no user."""
        if self.owner and not self.done_on and _is_nobody(office, self.owner):
            why = f"there is no user {self.owner!r}; `officeops user list` shows them"
            facts = {"kind": "user", "text": self.owner}
            yield Problem(why, "owner", code="not-found", facts=facts)
        yield from subject_problems(office, self.about)


def _is_nobody(office: Office, login: str) -> bool:
    """Whether an office with users has none of that login."""
    sql = "SELECT max(login = ?) FROM core_user WHERE archived_at IS NULL"
    with office.lifted():
        is_one = office.value(sql, login)
    return is_one is not None and not is_one
