"""Status of a document: a pure function of its dates, the rules of its type, and the day.

A decision of a person comes first, then a step that nobody took yet, then the dates.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import date

    from officeops.model.proof import ProofStatus

Status = Literal[
    "held",
    "not_required",
    "missing",
    "pending",
    "future",
    "renewal_filed",
    "in_grace",
    "expired",
    "due",
    "valid",
]
#: The statuses that a document has; `missing` is that of a requirement without one.
STATUSES: Final[tuple[Status, ...]] = (
    "held",
    "not_required",
    "pending",
    "future",
    "renewal_filed",
    "in_grace",
    "expired",
    "due",
    "valid",
)


class ExpiryRules(Value):
    """How documents of a type end.

    - `leads`: days before the last good day on which people are reminded, in any order
    - `grace`: days after it in which the document can still be renewed
    - `works_in_grace`: whether it still counts in those days; without it, it does not
    - `continues`: whether it still counts after its last day when its renewal was filed by then
    - `verified`: whether somebody has to verify it at its source before it counts
    """

    leads: tuple[int, ...] = (90, 60, 30)
    grace: int = 0
    works_in_grace: bool = False
    continues: bool = False
    verified: bool = False

    @property
    def longest(self) -> int:
        """The days from the first reminder to the last good day."""
        return max(self.leads, default=0)


class Dates(Value):
    """The part of a document that its status follows from."""

    expires_on: date | None = None
    notice_on: date | None = None
    verified_on: date | None = None
    renewal_filed_on: date | None = None
    not_required_because: str | None = None
    held_because: str | None = None
    issued_on: date | None = None

    def begun_on(self, day: date) -> bool:
        """Whether its first good day has come by a day; one without a first day always has."""
        return self.issued_on is None or self.issued_on <= day


class DocumentStatus(Value):
    """The status of a document on a day, and the lead of the reminder that has begun."""

    status: Status
    #: Days; only of one that is due.
    lead: int | None = None
    #: Whether it still counts in grace, by its rules.
    works: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it may be relied on: nothing is lacking, or its rules say that it still counts."""
        if self.status == "in_grace":
            return self.works
        return self.status in {"valid", "due", "renewal_filed", "not_required"}

    @property
    def proof(self) -> ProofStatus:
        """What an inspector makes of it."""
        if self.status in {"due", "missing"}:
            return "due" if self.status == "due" else "missing"
        return "met" if self.is_good else "not met"


def status_of(
    dates: Dates | None,
    rules: ExpiryRules,
    today: date,
) -> DocumentStatus:
    """Return the status of a document today; `missing` where a requirement has none."""
    if dates is None:
        return DocumentStatus("missing")
    if dates.held_because:
        return DocumentStatus("held")
    if dates.not_required_because:
        return DocumentStatus("not_required")
    goes_on = rules.continues and is_filed_in_time(dates)
    by_end = DocumentStatus("renewal_filed") if goes_on else _by_end(dates, rules, today)
    # Verifying one that has ended would help nobody: it has to be renewed.
    if by_end.status == "expired":
        return by_end
    if rules.verified and dates.verified_on is None:
        return DocumentStatus("pending")
    return by_end if dates.begun_on(today) else DocumentStatus("future")


def _by_end(
    dates: Dates,
    rules: ExpiryRules,
    today: date,
) -> DocumentStatus:
    end = dates.expires_on
    # On its last good day a document is good.
    if end is not None and today > end:
        # Days are subtracted, because the last day there is has none after it.
        in_grace = (today - end).days <= rules.grace
        return DocumentStatus("in_grace" if in_grace else "expired", works=rules.works_in_grace)
    leads = [reached(rules, day, today) for day in (end, dates.notice_on) if day is not None]
    begun = [lead for lead in leads if lead is not None]
    return DocumentStatus("due", min(begun)) if begun else DocumentStatus("valid")


def is_filed_in_time(dates: Dates) -> bool:
    """Whether the renewal of a document that ends was filed by its last good day."""
    filed, end = dates.renewal_filed_on, dates.expires_on
    return filed is not None and end is not None and filed <= end


def reached(
    rules: ExpiryRules,
    end: date,
    today: date,
) -> int | None:
    """Return the shortest lead before an end that has begun; None before the first.

    The end's own day is a lead of 0, so that a document without leads is due on it.
    """
    left = (end - today).days
    begun: int | None = 0 if left <= 0 else None
    for lead in rules.leads:
        if left <= lead and (begun is None or lead < begun):
            begun = lead
    return begun


def last_of_grace(end: date, rules: ExpiryRules) -> date:
    """Return the last day of grace."""
    return end + timedelta(days=rules.grace)
