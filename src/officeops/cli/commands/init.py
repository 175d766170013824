"""`officeops init`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.core.hours_actions import replace_hours
from officeops.core.office_record import Facts
from officeops.core.records import Location
from officeops.model.errors import Refused, UsageProblem
from officeops.values.opening_hours import USUAL, read_hours, show_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.values.calendar import Hours


@example("--name 'Main Street Clinic'")
@click.command()
@click.option("--name", required=True, help="The practice's name.")
@click.option(
    "--site-code",
    default="main",
    help="Short code of this site. [default: main]",
)
@click.option(
    "--time-zone", help="IANA time zone, such as America/Chicago. [default: this machine's]"
)
@click.option("--currency", default="USD", help="ISO 4217 code. [default: USD]")
@click.option(
    "--date-order",
    type=click.Choice(["mdy", "dmy"]),
    default="mdy",
    help="How 03/04/2026 is read. [default: mdy]",
)
@outcome_option
@click.option("--hours", help=f"Opening hours. [default: {show_hours(USUAL)}]")
@click.pass_context
def init(
    ctx: click.Context,
    name: str,
    site_code: str,
    time_zone: str | None,
    currency: str,
    date_order: str,
    hours: str | None,
) -> None:
    """Start an office in a new file."""
    refuse_request(ctx)
    # Every option is checked before a file is made, or a typo would leave an empty one.
    currency = checked_currency(currency)
    check_time_zone(time_zone)
    opening = checked_hours(hours)
    run = run_of(ctx)
    from officeops.core.document_types import add_types

    office = run.office(create=True)
    with office.acting("core.init"):
        # Inside the action, so that of two who start the same file one is refused.
        if office.value("SELECT 1 FROM core_office"):
            raise Refused(
                f"{run.path} is the office of {office.facts.name} already; nothing was changed.",
                code="exists",
            )
        facts = Facts(
            name=name,
            site_code=site_code,
            time_zone=time_zone,
            currency=currency,
            date_order=date_order,
        )
        # Every office has a place for goods that come without one.
        facts.default_location_id = office.add(Location(name="Main")).id
        office.add(facts)
        replace_hours(office, opening)
        add_types(office)
    # The key is made last: an office that was refused needs none.
    if not office.seals.ring.keys:
        office.seals.ring.made()
    say_outcome(ctx, f"{name} begins at {run.path}.")


def checked_currency(code: str) -> str:
    """Return an ISO 4217 code in capitals. Raises UsageProblem."""
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise UsageProblem(
            f"{code!r} is not a currency; give its ISO 4217 code, such as USD.", code="malformed"
        )
    return code.upper()


def checked_hours(text: str | None) -> Sequence[Hours]:
    """Return opening hours, the usual ones where none are given. Raises UsageProblem."""
    if text is None:
        return USUAL
    try:
        return read_hours(text)
    except ValueError as error:
        raise UsageProblem(f"--hours: {error}.", code="malformed") from None


def check_time_zone(name: str | None) -> None:
    """Raise UsageProblem for a time zone this machine does not know."""
    if name:
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise UsageProblem(
                f"{name!r} is not a time zone; give an IANA name, such as America/Chicago.",
                code="malformed",
            ) from None
