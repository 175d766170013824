"""Position: what somebody works as from a day on, for whom, and how long each week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, field, ref
from officeops_hr.people.as_of import as_of
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: A chain of managers longer than this is a slip.
DEEPEST = 30


class Position(
    Record,
    key="hr.position",
    child=True,
    noun="position",
    display="role_id",
    sort="person,-starts_on",
    unique_together=(("person_id", "starts_on"),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A position that somebody has from a day on.

    It counts until their next one.
    """

    importer = "officeops_hr.people.since_import:SinceImport"

    person_id: int = ref("hr.person", list_rank=1)
    role_id: int = ref("hr.job-role", list_rank=1, also=("job role", "occupation"))
    starts_on: date | None = field(
        default=None, list_rank=1, label="From", help="Blank: from the first day"
    )
    title: str | None = field(default=None, list_rank=3, also=("job title", "position title"))
    department: str | None = field(default=None, list_rank=4, also=("dept",))
    manager_id: int | None = ref("hr.person", default=None, list_rank=4, also=("supervisor",))
    location_id: int | None = ref("core.location", default=None, list_rank=5, also=("site",))
    exempt: bool = field(default=False, list_rank=7, help="Exempt from overtime (FLSA)")
    weekly: int | None = field(
        kind="hours", default=None, list_rank=6, minimum=0, maximum=10080, label="Hours a week"
    )
    reason: str | None = field(default=None, list_rank=8, help="Why it changed")

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a manager who would be, over any number of levels, their own."""
        above, day = self.manager_id, self.starts_on or office.today
        # The person counts as seen, so that managing oneself at once is found too.
        seen = {self.person_id}
        while above is not None and len(seen) <= DEEPEST:
            if above in seen:
                yield Problem("would manage themselves", "manager", code="not-allowed-here")
                return
            seen.add(above)
            # A position to come is checked as of its first day, an older one as of today.
            held = as_of(office.all(Position, "person_id = ?", above), max(day, office.today))
            above = held.manager_id if held else None
