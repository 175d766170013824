"""Timesheet: the pay week of somebody, and how far it is on the way to the payroll."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from officeops import Problem, Reason, Record, computed, field, named, ref
from officeops_hr.people.scope import PEOPLE
from officeops_hr.worked.life import TIMESHEET
from officeops_hr.worked.pay_week import first_day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

# By the person's own number: of a record that was merged into theirs few may read the paid time.
_MINUTES = """(SELECT sum(h.minutes) FROM hr_paid_time h
WHERE h.person_id = t.person_id AND h.week = t.week)"""


class Timesheet(
    Record,
    key="hr.timesheet",
    prefix="TW",
    display="week",
    sort="-week,person",
    actions_only=True,
    unique_together=(("person_id", "week"),),
    scope=PEOPLE.by("person_id", all="manage"),
    also=("time-sheet", "pay-week"),
):
    """A person's hours of a week, for payroll."""

    person_id: int = ref(
        "hr.person",
        list_rank=1,
    )
    week: date = field(
        list_rank=1,
        help="Its first day",
    )
    # Who works and who pays see the same state.
    state: str = TIMESHEET.field(list_rank=1)
    # A copy of the person's login: the lifecycle keeps it from approving, also by undo and redo.
    user_id: int | None = ref(
        "core.user", default=None, managed=True, hidden=True, indexed=False, label="Login"
    )
    approved_by: str | None = field(
        default=None,
        managed=True,
        list_rank=3,
    )
    approved_at: datetime | None = field(
        default=None,
        managed=True,
        hidden=True,
    )
    locked_by: str | None = field(
        default=None,
        managed=True,
        list_rank=4,
    )
    locked_at: datetime | None = field(
        default=None,
        managed=True,
        list_rank=5,
    )
    why_returned: str | None = field(
        default=None,
        managed=True,
        list_rank=6,
    )
    # Beside the lock, for everybody who reads the sheet: a paid week was opened again.
    why_unlocked: str | None = field(
        default=None,
        managed=True,
        list_rank=3,
    )

    life = TIMESHEET
    page = "officeops_hr.worked.sheet_page:page"
    added_by = "officeops submit-time"
    computed = (
        computed("paid", _MINUTES, kind="hours", list_rank=2, help="The hours handed over for it"),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return the login of the person."""
        login: int | None = named("officeops_hr.people.acting:login_of")(office, self.person_id)
        return {"user_id": login}

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge that gives a closed week hours which nobody handed in."""
        why: str | None = named("officeops_hr.worked.merge_clashes:of_sheet")(office, row, keep)
        return why

    @classmethod
    def fold(cls, office: Office, kept: Self, gone: Self) -> str | None:  # noqa: ARG003
        """Make two sheets of a week one, while nobody has handed one of them in."""
        for sheet in (kept, gone):
            if sheet.state != "open":
                words = f"the sheets of {gone.week} are two and {sheet} is {sheet.state}"
                cure = "officeops timesheet return or unlock opens it; then merge again"
                return Reason(f"{words}; {cure}", code="wrong-state")
        return None

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a week that begins on another day than pay weeks do."""
        # An older sheet keeps its days where the office changes the day on which weeks begin.
        if self.id is None and first_day_of(office, self.week) != self.week:
            yield Problem(
                "is not the first day of a pay week",
                "week",
                code="out-of-range",
            )


def sheet_of(
    office: Office,
    person_id: int,
    day: date,
) -> Timesheet | None:
    """Return the sheet of somebody's week, by any day in it; None before it is handed in."""
    week = first_day_of(office, day).isoformat()
    return office.first(Timesheet, "person_id = ? AND week = ?", person_id, week)
