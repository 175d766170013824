"""The end of a leave year: leave carried over and leave gone, as one action for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Refused, Value, action, param
from officeops.values.wording import count
from officeops_hr.leave.account import accounts
from officeops_hr.leave.amounts import hours
from officeops_hr.leave.posting import due_entries, is_year_end, post
from officeops_hr.leave.rules.book import lapsed_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from officeops import Action, Office
    from officeops_hr.leave.account import Account
    from officeops_hr.leave.policy import LeavePolicy
    from officeops_hr.leave.rules.book import Entry

_UNTIL: Final = param(
    kind="date", default=lambda office: office.today, help="Leave years that ended before this day"
)


class EndedYear(Value):
    """A leave year that ended: the minutes carried over, those gone, and those that lapsed before.

    What lapsed was carried over from the year before and ended within this one: it was not left any
    more.
    """

    day: date
    carried: int
    gone: int
    lapsed: int

    @property
    def left(self) -> int:
        """The minutes left at the end of the leave year."""
        return self.carried + self.gone


class YearEnd(Value):
    """Somebody's leave years that ended, the first one first, and the entries that close them."""

    account: Account
    years: Sequence[EndedYear]
    entries: Sequence[Entry]


def year_ends(
    office: Office,
    policy_id: int | None,
    until: date,
) -> Iterator[YearEnd]:
    """Yield what closing would book for each person, the accruals before it included."""
    for account in list(accounts(office, policy_id=policy_id)):
        entries = due_entries(account, until, with_year_end=True)
        by_day: dict[date, list[Entry]] = {}
        for entry in entries:
            if is_year_end(entry):
                by_day.setdefault(entry.day, []).append(entry)
        years = [_ended_year(day, ends) for day, ends in by_day.items()]
        if years:
            yield YearEnd(account, years, entries)


def _ended_year(day: date, ends: Iterable[Entry]) -> EndedYear:
    """Add up the entries by which a leave year is closed on the first day of the next one."""
    carried = gone = lapsed = 0
    for entry in ends:
        # Out of the old lot it is below zero, into the new one above.
        if entry.kind == "carry":
            carried += max(entry.minutes, 0)
        elif lapsed_on(entry):
            lapsed -= entry.minutes
        elif entry.kind == "expire":
            gone -= entry.minutes
    return EndedYear(day, carried, gone, lapsed)


@action("hr.leave-policy.close-year", label="Close the year", danger=True, long=True)
def close_year(
    office: Office,
    policy: LeavePolicy,
    until: date = _UNTIL,
) -> str:
    """Carry leave over into the new year and let go of the rest, for everybody under the policy."""
    # Leave that somebody takes by then would be taken out of a year that is closed.
    if until > office.today:
        cure = f"`officeops leave year-end {policy.name!r} --until {until}` shows what it will do"
        raise Refused([Problem(f"is a day to come; {cure}", "until", code="out-of-range")])
    carried = gone = lapsed = people = 0
    for end in year_ends(office, policy.id, until):
        post(office, end.account, end.entries)
        people += 1
        for year in end.years:
            carried += year.carried
            gone += year.gone
            lapsed += year.lapsed
    if not people:
        why = f"no leave year is open that ended by {until}"
        raise Refused(why, policy.name, code="nothing-to-do")
    whose = count(people, "balance")
    earlier = f"; {hours(lapsed)} carried over before had lapsed already" if lapsed else ""
    said = f"{hours(carried)} carried over and {hours(gone)} gone, of {whose}"
    return f"{policy.name}: {said}{earlier}."


ACTIONS: Final[list[Action[..., Any]]] = [close_year]
