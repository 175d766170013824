"""`officeops roster fill`: the draft that fills open seats, taken whole or row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import example, needed_day, say_outcome
from officeops.values.wording import listing
from officeops_hr.leave.amounts import hours
from officeops_hr.people.columns import column
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.clock import span
from officeops_hr.roster.filling.fill_action import draft_of, fill_schedule
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.filling.draft import Draft
    from officeops_hr.roster.filling.proposal import OpenSeat, Proposal

ROWS: Final = [
    column(
        "row",
        "Row",
        1,
        kind="number",
    ),
    column("what", "What", 1),
    column(
        "day",
        "Day",
        1,
        kind="date",
    ),
    column("time", "Time", 1),
    column("role", "As", 1),
    column("person", "Person", 1),
    column("instead_of", "Instead of", 2),
    column("goes_with", "With", 3),
    column("why", "Why", 2),
]


@example("--from mon --until fri")
@click.command()
@click.option(
    "--from",
    "first",
    default="today",
    show_default=True,
    metavar="DAY",
)
@click.option("--until", metavar="DAY", help="[default: the Sunday of that week]")
@place_option
@click.option("--only-open", is_flag=True, help="Move nobody from a shift that they have.")
@click.option("--take", metavar="ROWS", help="Take rows into the plan: all, or 3,5.")
@click.option("--despite", metavar="WHY", help="Why, although a rule warns of a row.")
@click.option(
    "--draft",
    "code",
    metavar="CODE",
    help="Take them of this draft alone.",
)
@prints(Shift)
def fill(
    office: Office,
    *,
    first: str,
    until: str | None,
    place: str | None,
    take: str | None,
    despite: str | None,
    code: str | None,
    only_open: bool,
) -> PrintedTable | None:
    """Propose who takes the open seats; keep nothing unless you --take rows."""
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", until) if until else None
    where = place_of(office, place)
    if take is not None:
        said = office.do(
            fill_schedule,
            first=begin,
            until=end,
            place_id=where,
            take=take,
            draft=code,
            despite=despite,
            only_open=only_open,
        )
        say_outcome(click.get_current_context(), said)
        return None
    draft = draft_of(
        office,
        begin,
        end,
        where,
        moves=not only_open,
    )
    plan = draft.plan
    return PrintedTable(
        f"Draft from {plan.first} to {plan.last}",
        ROWS,
        [*_proposed(office, draft), *_left_open(office, draft)],
        "No seat is open.",
        wraps="why",
        notes=_next_step(draft),
    )


def _proposed(office: Office, draft: Draft) -> Iterator[tuple[object, ...]]:
    for row in draft.proposals:
        # A reader who takes one row has to know what else comes with it.
        partners = _partners(draft, row)
        why = _why(draft, row)
        yield (
            row.number,
            row.what,
            *_where(office, row),
            _name(draft, row.after),
            _name(draft, row.before) if row.before is not None else None,
            partners,
            why,
        )


def _why(draft: Draft, row: Proposal) -> str:
    """Return the hours that a row leads to, and what speaks against it."""
    if row.after is None:
        return "no rule needs it" if row.is_spare else "is not needed as much"
    words = f"then {hours(draft.week_of(row))} that week"
    doubts = draft.doubts(row)
    return f"{words}, but: {listing(list(doubts))}" if doubts else words


def _partners(draft: Draft, row: Proposal) -> str | None:
    """Return the numbers of the rows that go with a row."""
    others = [one.number for one in draft.with_group([row.number]) if one.number != row.number]
    return " ".join(str(number) for number in others) or None


def _left_open(office: Office, draft: Draft) -> Iterator[tuple[object, ...]]:
    for seat in draft.open_seats:
        why = " · ".join([seat.verdict, *seat.reasons])
        yield (
            None,
            "left open",
            *_where(office, seat),
            None,
            None,
            None,
            why,
        )


def _where(office: Office, row: Proposal | OpenSeat) -> tuple[str, str, str]:
    shift = row.shift
    role = office.label(JobRole, shift.role)
    return str(shift.on), span(shift.start, shift.end), role


def _name(draft: Draft, person: int | None) -> str | None:
    return None if person is None else draft.staff.names.get(person)


def _next_step(draft: Draft) -> tuple[str, ...]:
    if not draft.proposals:
        return ()
    plan = draft.plan
    words = (
        f"Draft {draft.code}. Take it: officeops roster fill --from {plan.first} "
        f"--until {plan.last} --draft {draft.code} --take all (or the numbers of rows: 1,2)"
    )
    return (words,)
