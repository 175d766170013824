"""`officeops access`: the users, their roles, and the permissions of each role."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

import click

from officeops.cli.commands import access_days, access_roles, access_shared, access_ssh
from officeops.cli.commands.access_user import do_to_user
from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group, example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.model.errors import Already
from officeops.model.fields import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.access.records import Membership, User
    from officeops.office.office import Office

#: The most bytes of a key's file that are read: no public key is longer, and a wrong file may be.
_LONGEST_KEY: Final = 16_384

#: The last day on which each user logged in, by any key.
_LAST_DAYS: Final = "SELECT login, max(day) FROM core_login GROUP BY login"
#: Columns of `access list`; the highest rank gives way first.
USERS = [
    Field("text", label="Login", list_rank=1).named("login", "str"),
    Field("text", label="Name", list_rank=2).named("name", "str"),
    Field("text", label="Roles", list_rank=1).named("roles", "str"),
    Field("number", label="SSH keys", list_rank=3).named("keys", "int"),
    Field("text", label="Shared at", list_rank=3).named("shared_at", "str"),
    Field("date", label="Access until", list_rank=2).named("until", "date"),
    Field("date", label="Away from", list_rank=4).named("away_from", "date"),
    Field("date", label="Back on", list_rank=2).named("back_on", "date"),
    Field("date", label="Last log-in", list_rank=2).named("last_login", "date"),
]


@click.group(cls=Group)
@click.pass_context
def access(ctx: click.Context) -> None:
    """Who may do what. Without users, anyone who can open the office's file may do everything."""
    # Everybody has a PIN of their own to set; all else takes the permission to see the users.
    if ctx.invoked_subcommand != "pin":
        run = run_of(ctx)
        run.needs = "core.user.view"
        if run.user:
            run.office()


#: Earlier names of the commands, which scripts may still use.
access.former = {"give": "grant", "take": "revoke", "remove": "deactivate"}
for _command in (
    *access_roles.COMMANDS,
    *access_days.COMMANDS,
    *access_shared.COMMANDS,
    *access_ssh.COMMANDS,
):
    access.add_command(_command)


@example("ann --role clerk")
@access.command("add", short_help="Add a user, or roles and keys to one.")
@click.argument("login")
@click.option(
    "--role",
    "roles",
    multiple=True,
    help="owner, manager, clerk, read-only, or another of `access roles`.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.File("rb"),
    help="Their .pub file, for SSH; - reads standard input.",
)
@click.option("--name", "full_name", help="Their full name.")
@click.option(
    "--again",
    is_flag=True,
    help="Reactivate the former user LOGIN: the same person.",
)
@outcome_option
@click.pass_context
def add(
    ctx: click.Context,
    login: str,
    roles: tuple[str, ...],
    keys: tuple[BinaryIO, ...],
    full_name: str | None,
    *,
    again: bool,
) -> None:
    """Add the user LOGIN, or add roles and keys to an existing one."""
    from officeops.access.actions import admit
    from officeops.access.records import User

    office = office_of(ctx)
    # Before the first user, everyone who can open the file may do everything: say that this ends.
    is_first = not office.value("SELECT 1 FROM core_user LIMIT 1")
    texts = [key.read(_LONGEST_KEY).decode(errors="replace") for key in keys]
    try:
        user = admit(
            office,
            login,
            roles,
            texts,
            full_name,
            again=again,
            request=run_of(ctx).request,
        )
    except Already as done:
        run_of(ctx).repeat(done, answer=_admitted(office, office.find(User, login)))
        return
    say_outcome(ctx, _admitted(office, user))
    if is_first:
        say(
            "The office has users now: others see and do only what their roles reach. "
            "You, who own the file, still do everything."
        )


def _admitted(office: Office, user: User) -> str:
    roles = _roles(office, user) or "no role yet, so no permission either"
    return f"{user.login} can log in: {roles}."


@access.command("list")
@output_options
@click.pass_context
def list_(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the users with their roles."""
    from officeops.access.records import User

    office = office_of(ctx)
    last_days = dict(office.rows(_LAST_DAYS))
    rows = [_row(office, user, last_days) for user in office.all(User)]
    print_rows(
        USERS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No users: anyone who can open the file may do everything.",
    )


def _row(
    office: Office,
    user: User,
    last_days: Mapping[str, str],
) -> tuple[object, ...]:
    place = office.records["core.location"]
    shared_at = office.label(place, user.place_id) if user.place_id else None
    return (
        user.login,
        user.full_name,
        _roles(office, user),
        _keys(office, user),
        shared_at,
        user.until,
        user.away_from,
        user.back_on,
        last_days.get(user.login),
    )


@access.command("grant")
@click.argument("login")
@click.argument("name", metavar="ROLE")
@outcome_option
@click.pass_context
def grant(
    ctx: click.Context,
    login: str,
    name: str,
) -> None:
    """Grant a role to LOGIN."""
    from officeops.access.actions import give_role

    do_to_user(ctx, give_role, login, role=name)


@access.command("revoke")
@click.argument("login")
@click.argument("name", metavar="ROLE")
@click.option("--despite", is_flag=True, help="Revoke it from the only owner, too.")
@outcome_option
@click.pass_context
def revoke(
    ctx: click.Context,
    login: str,
    name: str,
    *,
    despite: bool,
) -> None:
    """Revoke a role from LOGIN."""
    from officeops.access.actions import take_role

    do_to_user(ctx, take_role, login, role=name, **_overruled(despite=despite))


def _overruled(*, despite: bool) -> dict[str, bool]:
    """Return the word that overrules a doubt, where it was said: a repeated line is compared."""
    return {"despite": True} if despite else {}


@access.command("deactivate", short_help="Deactivate a user; the history keeps their actions.")
@click.argument("login")
@click.option("--despite", is_flag=True, help="Deactivate the only owner, too.")
@outcome_option
@click.pass_context
def deactivate(
    ctx: click.Context,
    login: str,
    *,
    despite: bool,
) -> None:
    """Deactivate LOGIN, who can no longer log in; the history keeps their actions."""
    from officeops.access.actions import remove

    do_to_user(ctx, remove, login, **_overruled(despite=despite))


def _roles(office: Office, user: User) -> str:
    from officeops.access.records import Membership

    memberships = office.all(Membership, "user_id = ?", user.id)
    return ", ".join(map(_role, memberships))


def _role(membership: Membership) -> str:
    """Return a role, with its last day where it has one."""
    if membership.until is None:
        return membership.role
    return f"{membership.role} until {membership.until}"


def _keys(office: Office, user: User) -> int:
    from officeops.access.records import SshKey

    return len(list(office.all(SshKey, "user_id = ?", user.id)))
