"""Decision: all that counts for a request, each with its reason: what forbids it, and what to weigh."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_hr.leave.account import account_for
from officeops_hr.leave.amounts import hours, span
from officeops_hr.leave.blackout import Blackout
from officeops_hr.leave.off_days import asked_days, off, usual_minutes
from officeops_hr.leave.rules.promise import shortfall
from officeops_hr.people.as_of import as_of
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_hr.leave.account import Account
    from officeops_hr.leave.off_days import Off
    from officeops_hr.leave.request import LeaveRequest

#: Other requests of the person that share a day with one, asked for or approved.
_OTHERS: Final = """
SELECT id FROM hr_leave_request
WHERE person_id = ? AND id IS NOT ? AND id IS NOT ? AND archived_at IS NULL
AND state IN ('submitted', 'approved') AND first_day <= ? AND ifnull(last_day, first_day) >= ?
ORDER BY id
"""


class Decision:
    """A request as the person who decides on it sees it."""

    def __init__(self, office: Office, request: LeaveRequest) -> None:
        self.office, self.request = office, request
        self.asked = asked_days(office, request)
        self.minutes = sum(minutes for _, minutes in self.asked)
        # An amendment takes the place of the request that it amends.
        self.account: Account | None = account_for(
            office, request.person_id, request.policy_id, request.amends_id
        )

    # -- the balance -----------------------------------------------------------------------------

    def balance(self) -> tuple[int, int] | None:
        """Return the balance on the last day without the request and with it; None without one."""
        account = self.account
        if account is None or not account.has_balance:
            return None
        balance = account.balance(self.request.until)
        # Approved, its days are in the balance already.
        if self.request.state == "approved":
            return balance + self.minutes, balance
        return balance, balance - self.minutes

    # -- what forbids it -------------------------------------------------------------------------

    def refusals(self) -> Iterator[Reason]:
        """Yield why it cannot be approved."""
        yield from self.faults()
        yield from self._shortage()
        for blackout in self._blackouts("refuses"):
            days = span(blackout.first_day, blackout.until)
            why = f"nobody may be off {days}: {blackout.reason}"
            yield Reason(why, code="not-allowed-here")

    def faults(self) -> Iterator[Reason]:
        """Yield the faults of the request itself, whatever the balance."""
        if self.account is None:
            who = self._who()
            cure = "officeops leave-enrollment add enters it"
            why = f"{who} has no leave under this policy; {cure}"
            yield Reason(why, code="not-allowed-here")
        if not self.asked:
            yield self._no_days()
        yield from self._replaced()
        yield from self._twice()

    def _replaced(self) -> Iterator[Reason]:
        """Yield that the request which it amends has another one in its place, or is canceled."""
        request = self.request
        if request.amends_id is None or request.state == "approved":
            return
        old = self.office.get(type(request), request.amends_id)
        if old.state != "approved":
            why = f"{old.human_key}, which it amends, is {old.state} already; deny it"
            yield Reason(why, code="not-allowed-here")

    def _no_days(self) -> Reason:
        """Return why the request has no minutes: no pattern is known, or no day of it is worked."""
        who = self._who()
        patterns = self.office.all(WorkPattern, "person_id = ?", self.request.person_id)
        # Unknown hours are not none: leave without them would cost nothing.
        if as_of(patterns, self.request.until) is None:
            cure = "officeops work-pattern add enters it"
            why = f"nobody entered on which weekdays {who} works; {cure}"
            return Reason(why, code="needed")
        why = f"{who} works on none of these days, or not here any more"
        return Reason(why, code="nothing-to-do")

    def _who(self) -> str:
        return self.office.label(Person, self.request.person_id)

    def _twice(self) -> Iterator[Reason]:
        """Yield a request that already has the time of one of the days."""
        usual = usual_minutes(self.office, self.request.person_id)
        # A morning leaves the afternoon free, and two hours the rest of the day.
        room = {day: usual(day) - minutes for day, minutes in self.asked}
        for other in self._others():
            day = self._day_without_room(other, room)
            if day is not None:
                why = f"{day} is in {other.human_key} already, which is {other.state}"
                yield Reason(why, code="given-twice")

    def _day_without_room(self, other: LeaveRequest, room: dict[date, int]) -> date | None:
        """Return the first day for which another request leaves too little, and take its part."""
        for day, minutes in asked_days(self.office, other):
            if day not in room:
                continue
            room[day] -= minutes
            if room[day] < 0:
                return day
        return None

    def _others(self) -> Iterator[LeaveRequest]:
        request = self.request
        rows = self.office.rows(
            _OTHERS,
            request.person_id,
            request.id,
            request.amends_id,
            request.until.isoformat(),
            request.first_day.isoformat(),
        )
        for (number,) in list(rows):
            yield self.office.get(type(request), number)

    def _shortage(self) -> Iterator[Reason]:
        """Yield the day on which the balance does not suffice, promises for later days included."""
        account = self.account
        if account is None or not account.has_balance or not self.asked:
            return
        days = [self.request.until, self.office.today]
        # Leave that was promised for later days counts too.
        days += [entry.day for entry in account.book.entries]
        short = shortfall(
            account.book, self.asked, account.terms.ahead, account.running_to(max(days))
        )
        if short:
            why = f"{hours(short.minutes)} are missing on {short.day}"
            yield Reason(why, code="below-floor", facts={"minutes": short.minutes})

    # -- what to weigh ---------------------------------------------------------------------------

    def doubts(self) -> Iterator[str]:
        """Yield what speaks against it and can be overruled."""
        for blackout in self._blackouts("warns"):
            days = span(blackout.first_day, blackout.until)
            yield f"{days} is blacked out: {blackout.reason}"
        yield from self._notice()
        for day, names in self.also_off().items():
            yield f"{', '.join(names)} of the same role is off on {day}"

    def _blackouts(self, strict: str) -> Iterator[Blackout]:
        role = self._role()
        for blackout in self.office.all(Blackout, "strict = ?", strict, order="first_day"):
            if blackout.role_id not in {None, role}:
                continue
            # A day on which the person would not work anyway is none of the request.
            for day, _ in self.asked:
                if blackout.first_day <= day <= blackout.until:
                    yield blackout
                    break

    def _notice(self) -> Iterator[str]:
        account, request = self.account, self.request
        if account is None:
            return
        usable = account.member.hired_on + timedelta(days=account.policy.waiting_days)
        if request.first_day < usable:
            yield f"this leave may be taken from {usable} on"
        days = (request.first_day - self.office.today).days
        if request.state != "approved" and days < account.policy.notice_days:
            asked = account.policy.notice_days
            yield (
                f"it began on {request.first_day}"
                if days < 0
                else f"it begins in {days} days, and the office asks for {asked} days of notice"
            )

    def also_off(self) -> dict[date, list[str]]:
        """Return who else of the same role is off, by day, as far as one may see it."""
        role = self._role()
        if role is None or not self.asked:
            return {}
        names: dict[date, list[str]] = {}
        days = {day for day, _ in self.asked}
        for row in off(self.office, self.request.first_day, self.request.until):
            if row.day not in days or not self._is_another(row):
                continue
            if self._role_of(row.person_id, row.day) == role:
                name = self.office.label(Person, row.person_id)
                names.setdefault(row.day, []).append(name)
        return names

    def _is_another(self, row: Off) -> bool:
        """Whether a day is of somebody else, and not out of reach: an action reads all rows."""
        if row.person_id == self.request.person_id:
            return False
        return self.office.in_reach(type(self.request), row.request_id)

    def _role(self) -> int | None:
        return self._role_of(self.request.person_id, self.request.first_day)

    def _role_of(self, person_id: int, day: date) -> int | None:
        position = as_of(self.office.all(Position, "person_id = ?", person_id), day)
        return position.role_id if position else None
