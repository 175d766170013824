"""`officeops access until`, `away` and `back`: the days on which people have access."""

from __future__ import annotations

import click

from officeops.cli.commands.access_user import do_to_user
from officeops.cli.context import office_of, run_of
from officeops.cli.days import day_of, needed_day
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.request_ids import found_for
from officeops.model.errors import UsageProblem

#: The word for no end, in the place of a day.
_NEVER = "never"


@example("ann 2027-03-31")
@click.command()
@click.argument("login")
@click.argument("day", metavar="DAY|never")
@click.option("--role", help="End this role alone.")
@click.option("--key", metavar="FINGERPRINT", help="End this SSH key of LOGIN alone.")
@click.option("--despite", is_flag=True, help="Limit the only owner, too.")
@outcome_option
@click.pass_context
def until(
    ctx: click.Context,
    login: str,
    day: str,
    role: str | None,
    key: str | None,
    *,
    despite: bool,
) -> None:
    """Set the last day of the access of LOGIN, of a role or of a key; never removes the end."""
    from officeops.access.day_actions import limit, limit_key
    from officeops.access.records import SshKey

    office = office_of(ctx)
    last = None if day == _NEVER else needed_day(office, "DAY", day)
    if key is None:
        overruled = {"despite": True} if despite else {}
        do_to_user(ctx, limit, login, until=last, role=role, **overruled)
        return
    if role is not None:
        raise UsageProblem("--role and --key do not go together.", code="not-together")
    with found_for(ctx, limit_key.name, SshKey, key):
        record = office.find(SshKey, key)
    owner = office.value("SELECT login FROM core_user WHERE id = ?", record.user_id)
    if owner != login:
        raise UsageProblem(f"--key {key} is {owner}'s, not {login}'s.", code="not-together")
    say_outcome(ctx, office.do(limit_key, record, request=run_of(ctx).request, until=last))


@example("ann --until 2027-03-01")
@click.command()
@click.argument("login")
@click.option("--until", "back", required=True, metavar="DAY", help="The day they are back.")
@click.option("--from", "first", metavar="DAY", help="The first day away, in place of today.")
@outcome_option
@click.pass_context
def away(
    ctx: click.Context,
    login: str,
    back: str,
    first: str | None,
) -> None:
    """Set a leave of absence of LOGIN, who cannot log in until the day."""
    from officeops.access.day_actions import go_away

    office = office_of(ctx)
    days = {"back_on": needed_day(office, "--until", back)}
    first_day = day_of(office, "--from", first)
    if first_day is not None:
        days["away_from"] = first_day
    do_to_user(ctx, go_away, login, **days)


@example("ann")
@click.command()
@click.argument("login")
@outcome_option
@click.pass_context
def back(ctx: click.Context, login: str) -> None:
    """End the leave of absence of LOGIN at once."""
    from officeops.access.day_actions import come_back

    do_to_user(ctx, come_back, login)


COMMANDS: tuple[click.Command, ...] = (until, away, back)
