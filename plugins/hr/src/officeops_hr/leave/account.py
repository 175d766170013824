"""Account: the leave of one person under one policy, as the rules know it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.policy import LeavePolicy, LeaveStep
from officeops_hr.leave.rules.forward import Worked, run
from officeops_hr.leave.rules.periods import Begins
from officeops_hr.leave.rules.terms import ANCHOR, Member, Step, Terms
from officeops_hr.leave.stored_book import stored_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops import Office
    from officeops_hr.leave.rules.book import Book, Entry

_SPANS: Final = """
SELECT hired_on, last_day FROM hr_employment
WHERE person_id = ? AND archived_at IS NULL ORDER BY hired_on
"""
_WORKED: Final = """
SELECT id, ends_on, worked FROM hr_hours_worked WHERE person_id = ? AND archived_at IS NULL
"""


class Account(Value):
    """Somebody's leave under a policy: its terms, since when they have it, and its entries."""

    person_id: int
    policy: LeavePolicy
    terms: Terms
    member: Member
    book: Book
    worked: tuple[Worked, ...]

    @property
    def has_balance(self) -> bool:
        """Whether a balance is kept; it is not of unpaid leave."""
        return self.policy.accrues != "never"

    def forward(self, until: date) -> Book:
        """Return the book with all that will have been booked through a day."""
        book = self.book.copy()
        self.running_to(until)(book)
        return book

    def running_to(self, until: date) -> Callable[[Book], list[Entry]]:
        """Return the function that books in a book all that is due through a day."""
        return lambda book: run(self.terms, self.member, book, until, self.worked)

    def balance(self, on: date) -> int:
        """Return the balance at the end of a day, in minutes, with all that is due until then."""
        return self.forward(on).balance(on)


def accounts(
    office: Office,
    *,
    person_id: int | None = None,
    policy_id: int | None = None,
) -> Iterator[Account]:
    """Yield the accounts of a person, of a policy, or all, as far as they are within reach."""
    where = "(?1 IS NULL OR person_id = ?1) AND (?2 IS NULL OR policy_id = ?2)"
    # A list: who asks for them may write while the query would still read.
    enrollments = list(office.all(LeaveEnrollment, where, person_id, policy_id))
    for enrollment in enrollments:
        yield account_of(office, enrollment)


def account_for(
    office: Office,
    person_id: int,
    policy_id: int,
    without: int | None = None,
) -> Account | None:
    """Return the account of a person under a policy; None for one who is not enrolled.

    `without` is the number of a request whose days are left out.
    """
    where = "person_id = ? AND policy_id = ?"
    enrollment = office.first(LeaveEnrollment, where, person_id, policy_id)
    return account_of(office, enrollment, without) if enrollment else None


def account_of(
    office: Office,
    enrollment: LeaveEnrollment,
    without: int | None = None,
) -> Account:
    """Return the account of an enrollment."""
    policy = office.get(LeavePolicy, enrollment.policy_id)
    member = _member(office, enrollment)
    worked = []
    if policy.accrues == "by_hours_worked":
        for number, day, minutes in office.rows(_WORKED, enrollment.person_id):
            worked.append(Worked(date.fromisoformat(day), minutes, str(number)))
    return Account(
        enrollment.person_id,
        policy,
        _terms(office, policy, member),
        member,
        stored_book(office, enrollment.person_id, enrollment.policy_id, without),
        tuple(worked),
    )


def _member(office: Office, enrollment: LeaveEnrollment) -> Member:
    """Return since when somebody has leave: by the enrollment, or else by their employment."""
    hired_on, last_day = _employed(office, enrollment)
    # Nobody has leave before the hire, whatever day an enrollment names.
    first = enrollment.starts_on or hired_on
    ends = [day for day in (enrollment.ends_on, last_day) if day]
    return Member(
        hired_on=enrollment.service_from or hired_on,
        first=max(first, hired_on),
        last=min(ends, default=None),
        percent=enrollment.percent,
        opened=enrollment.opened_on,
    )


def _employed(office: Office, enrollment: LeaveEnrollment) -> tuple[date, date | None]:
    """Return the latest employment that began by the start of the enrollment, or the first one."""
    spans = [
        (date.fromisoformat(first), date.fromisoformat(last) if last else None)
        for first, last in office.rows(_SPANS, enrollment.person_id)
    ]
    if not spans:
        # Somebody may have leave before anybody has entered when they were hired.
        return enrollment.starts_on or office.today, None
    # After a rehire the service counts from the last hire, unless the enrollment says since when.
    begun = [span for span in spans if span[0] <= (enrollment.starts_on or office.today)]
    return begun[-1] if begun else spans[0]


def _terms(
    office: Office,
    policy: LeavePolicy,
    member: Member,
) -> Terms:
    begins = Begins()
    if policy.year_from == "hire_date":
        begins = Begins(member.hired_on.month, member.hired_on.day)
    by_hours = policy.accrues == "by_hours_worked"
    return Terms(
        steps=_steps(office, policy),
        frequency=policy.every,
        begins=begins,
        anchor=policy.pay_period_from or ANCHOR,
        is_upfront=policy.upfront,
        per_worked=policy.worked_for_one if by_hours else None,
        cap=policy.cap,
        yearly_cap=policy.yearly_cap,
        carry=policy.carry,
        carry_most=policy.carry_most,
        carry_days=policy.carry_days,
        ahead=policy.ahead,
    )


def _steps(office: Office, policy: LeavePolicy) -> tuple[Step, ...]:
    if policy.accrues != "by_period":
        return ()
    steps = office.all(LeaveStep, "policy_id = ?", policy.id, order="after_months")
    return tuple(Step(step.after_months, step.yearly) for step in steps)
