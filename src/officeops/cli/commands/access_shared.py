"""`officeops access share`, `unshare`, `pin` and `clear-pin`: logins that people share, and PINs."""

from __future__ import annotations

import click

from officeops.cli.commands.access_user import do_to_user, user_called
from officeops.cli.context import office_of, refuse_request
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome


@example('front-desk "Front desk"')
@click.command()
@click.argument("login")
@click.argument("place")
@outcome_option
@click.pass_context
def share(
    ctx: click.Context,
    login: str,
    place: str,
) -> None:
    """Share LOGIN at a PLACE, a location: each entry there asks for a name and PIN."""
    from officeops.access.shared_actions import share as share_login

    office = office_of(ctx)
    location = office.find(office.record("core.location"), place)
    do_to_user(ctx, share_login, login, place_id=location.id)


@click.command()
@click.argument("login")
@outcome_option
@click.pass_context
def unshare(ctx: click.Context, login: str) -> None:
    """End the sharing of LOGIN; from then on it acts in its own name."""
    from officeops.access.shared_actions import unshare as unshare_login

    do_to_user(ctx, unshare_login, login)


@click.command()
@outcome_option
@click.pass_context
def pin(ctx: click.Context) -> None:
    """Set your own PIN, for entries at a shared login; it is asked for on the terminal.

    At a shared login you sign with the PIN that you have.
    """
    from officeops.access.shared_actions import set_pin
    from officeops.cli.whose_entry import ask_new_pin

    # A request id is for scripts, and no script types a PIN.
    refuse_request(ctx)
    office = office_of(ctx)
    office.sign_first()
    say_outcome(ctx, set_pin(office, ask_new_pin(office.actor)))


@click.command("clear-pin")
@click.argument("login")
@click.option(
    "--code",
    is_flag=True,
    help="Print a code, with which LOGIN sets a PIN at a shared login, once and within a day.",
)
@outcome_option
@click.pass_context
def clear_pin(
    ctx: click.Context,
    login: str,
    *,
    code: bool,
) -> None:
    """Clear the PIN of LOGIN, who then sets a new one; nobody else can."""
    from officeops.access.shared_actions import clear_pin as clear
    from officeops.access.shared_actions import issue_code

    # A code is shown once and is nowhere else, so a repeat could not answer as the first time.
    if not code:
        do_to_user(ctx, clear, login)
        return
    refuse_request(ctx)
    office = office_of(ctx)
    issued = issue_code(office, user_called(office, login)).typed
    say_outcome(ctx, f"With the code {issued}, {login} sets a PIN within a day: `:pin`.")


COMMANDS: tuple[click.Command, ...] = (share, unshare, pin, clear_pin)
