"""Employment: a span of days in which somebody works here. A rehire is one more span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import DateOrder, Problem, Reason, Record, choice, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from typing import Self

    from officeops import Office

#: What a person does before two people with such employments are merged.
_CURE = "correct the days of one, or archive it, and merge again"
REASONS = ("resigned", "retired", "laid_off", "dismissed", "contract_ended", "died", "other")
#: Pairs of employments of one person that share days.
_OVERLAPPING = """
SELECT e.person_id, e.hired_on, f.hired_on FROM hr_employment e JOIN hr_employment f
ON f.person_id = e.person_id AND f.id > e.id AND f.archived_at IS NULL
AND e.hired_on <= ifnull(f.last_day, '9999') AND f.hired_on <= ifnull(e.last_day, '9999')
WHERE e.archived_at IS NULL ORDER BY 1, 2
"""


class Employment(
    Record,
    key="hr.employment",
    child=True,
    noun="employment",
    display="hired_on",
    sort="person,hired_on",
    unique_together=(("person_id", "hired_on"),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """The days from somebody's hire to their last day."""

    identity = (("person_id", "hired_on"),)

    person_id: int = ref("hr.person", list_rank=1)
    hired_on: date = field(list_rank=1, label="Hired", also=("hire date", "start date"))
    last_day: date | None = field(default=None, list_rank=1, also=("termination date", "left on"))
    leave_from: date | None = field(
        default=None, list_rank=4, help="First day of a leave of absence, such as a parental one"
    )
    leave_until: date | None = field(default=None, list_rank=4, help="Its last day")
    reason: str | None = choice(
        *REASONS, default=None, guard="hr.separation", list_rank=5, help="Why they left"
    )
    rehire: bool | None = field(
        default=None, guard="hr.separation", list_rank=5, help="Whether you would hire them again"
    )
    note: str | None = field(kind="long_text", default=None, guard="hr.separation", hidden=True)

    # The same day is allowed: some people come for one day and never again.
    date_orders = (DateOrder(("hired_on", "last_day")), DateOrder(("leave_from", "leave_until")))

    def is_on_leave(self, day: date) -> bool:
        """Whether a day is in its leave of absence."""
        if self.leave_from is None or self.leave_from > day:
            return False
        # Without an end it goes on.
        return self.leave_until is None or self.leave_until >= day

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse the end of a leave alone, and two spans that share a day."""
        # A leave may have no end yet, but it cannot have an end alone.
        if self.leave_until and not self.leave_from:
            yield Problem("needs the leave's first day", "leave_until", code="needed")
        for words in self._shared_days(office, self.person_id):
            yield Problem(words, "hired_on", code="given-twice")

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which two employments of one person would share days."""
        for words in row._shared_days(office, keep):
            return Reason(f"{words}; {_CURE}", code="given-twice")
        return None

    @classmethod
    def fold(cls, office: Office, kept: Self, gone: Self) -> str | None:
        """Refuse to make one of two with other last days: a blank one is a person who works here."""
        if kept.last_day != gone.last_day:
            days = f"it ends on {gone.last_day}" if gone.last_day else "it goes on"
            return Reason(f"{days}, and #{kept.id} does not; {_CURE}", code="contradicts-record")
        return super().fold(office, kept, gone)

    def _shared_days(self, office: Office, person_id: int) -> Iterator[str]:
        """Yield the employments of a person that share days with this one."""
        for other in office.all(Employment, "person_id = ?", person_id):
            # One from the same day is the same employment, as a file brings it again.
            is_same = other.id == self.id or other.hired_on == self.hired_on
            if not is_same and self._overlaps(other):
                until = other.last_day or "now"
                yield f"shares days with the employment from {other.hired_on} to {until}"

    def _overlaps(self, other: Employment) -> bool:
        # The last day is a day of work, so a span that begins on it shares that day.
        starts_before = other.last_day is None or self.hired_on <= other.last_day
        ends_after = self.last_day is None or self.last_day >= other.hired_on
        return starts_before and ends_after


def overlapping(office: Office) -> Iterable[Problem]:
    """Yield the employments that share days, as those of two merged people may."""
    for person, one, other in office.rows(_OVERLAPPING):
        words = f"P-{person} has employments from {one} and {other} that share days"
        yield Problem(words, code="given-twice")
