"""The options of the schedule's commands: `--check`, and the days that they are about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.commands import needed_day
from officeops_hr.roster.rules.cycle import monday_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from officeops import Office

#: The exit code of a check that found something.
FOUND: Final = 3
#: So far ahead there is time to ask people.
_TWO_WEEKS: Final = timedelta(days=13)

first_option: Final = click.option(
    "--from",
    "first",
    default="today",
    show_default=True,
    metavar="DAY",
)
until_option: Final = click.option(
    "--until",
    metavar="DAY",
    help="[default: two weeks]",
)

week_argument: Final = click.argument(
    "day",
    default="today",
    metavar="[WEEK]",
)


def day_argument(default: str) -> Callable[[Any], Any]:
    """Return the argument of a day, with the day that it is without."""
    return click.argument(
        "day",
        default=default,
        metavar="[DAY]",
    )


def check_option(where: str) -> Callable[[Any], Any]:
    """Return the option; `where` says what the check looks for: "a shift is open"."""
    return click.option(
        "--check",
        is_flag=True,
        help=f"End with {FOUND} where {where}.",
    )


def ended(found: object, *, check: bool) -> int:
    """Return the exit code of a command that found something, or nothing."""
    return FOUND if check and found else 0


def monday_in(office: Office, day: str) -> date:
    """Return the Monday of the week that was typed as one of its days.

    Raises what `needed_day` raises.
    """
    return monday_of(needed_day(office, "WEEK", day))


def days_of(
    office: Office,
    first: str,
    until: str | None,
) -> tuple[date, date]:
    """Return the days that were typed; without an end two weeks.

    Raises what `needed_day` raises.
    """
    begin = needed_day(office, "--from", first)
    if until is None:
        return begin, begin + _TWO_WEEKS
    return begin, needed_day(office, "--until", until)
