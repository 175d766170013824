"""`officeops access`: who is let in, with which roles, and how far each role reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import click

from officeops.cli.commands.access_ssh import COMMANDS
from officeops.cli.context import found_for, office_of, run_of
from officeops.cli.group import Group
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import NotFound, UsageProblem
from officeops.model.fields import Field
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from officeops.access.records import User
    from officeops.model.actions import Action
    from officeops.office.office import Office

USERS = [
    Field("text", label="Login", list_rank=1).named("login", "str"),
    Field("text", label="Name", list_rank=2).named("name", "str"),
    Field("text", label="Roles", list_rank=1).named("roles", "str"),
    Field("number", label="SSH keys", list_rank=3).named("keys", "int"),
]
REACH = [
    Field("text", label="Permission", list_rank=1).named("permission", "str"),
    Field("text", label="Level", list_rank=2).named("level", "str"),
    Field("text", label="What for", list_rank=3).named("help", "str"),
]
ROLES = [
    Field("text", label="Role", list_rank=1).named("role", "str"),
    Field("text", label="Reaches", list_rank=1).named("reaches", "str"),
    Field("text", label="What for", list_rank=2).named("help", "str"),
]


@click.group(cls=Group)
def access() -> None:
    """Who may do what. Without users, anyone who can open the office's file may do everything."""


access.former = {"give": "grant", "take": "revoke", "remove": "deactivate"}
for _command in COMMANDS:
    access.add_command(_command)


@access.command("add")
@click.argument("login")
@click.option(
    "--role",
    "roles",
    multiple=True,
    help="A role: owner, manager, clerk, read-only, or another of `access roles`.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.File("rb"),
    help="Their .pub file, for SSH; - reads standard input.",
)
@click.option("--name", "full_name", help="Their full name.")
@click.option("--again", is_flag=True, help="Reactivate the former user LOGIN: the same person.")
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

    office = office_of(ctx)
    first = not office.value("SELECT 1 FROM core_user LIMIT 1")
    user = admit(
        office,
        login,
        roles,
        [key.read(16_384).decode(errors="replace") for key in keys],
        full_name,
        again=again,
        request=run_of(ctx).request,
    )
    say(
        f"{user.login} can log in: {_roles(office, user) or 'no role yet, so no permission either'}."
    )
    if first:
        say(
            "The office has users now: others see and do only what their roles reach. You, who own the file, still do everything."
        )


@access.command("list")
@output_options
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """List the users with their roles."""
    from officeops.access.records import User

    office = office_of(ctx)
    rows = [
        (each.login, each.full_name, _roles(office, each), _keys(office, each))
        for each in office.all(User)
    ]
    print_rows(
        USERS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No users: anyone who can open the file may do everything.",
    )


@access.command("show")
@click.argument("name")
@click.option(
    "--role", "kind", flag_value="role", help="NAME is a role, even if a user has that name."
)
@click.option(
    "--person", "kind", flag_value="person", help="NAME is a user, even if a role has that name."
)
@output_options
@click.pass_context
def show(ctx: click.Context, name: str, kind: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List the permissions of a role or a user."""
    from officeops.access.identity import person
    from officeops.access.roles import declared_roles, names_of, patterns_of, reach

    office = office_of(ctx)
    is_person = office.value(
        "SELECT 1 FROM core_user WHERE login = ? AND archived_at IS NULL", name
    )
    is_role = name in declared_roles(office.plugins) or office.value(
        "SELECT 1 FROM core_role WHERE name = ? AND archived_at IS NULL", name
    )
    if is_person and is_role and not kind:
        raise UsageProblem(f"{name} is a role and a person; say which with --role or --person.")
    if not (is_person or is_role):
        users = office.rows("SELECT login FROM core_user WHERE archived_at IS NULL")
        hint = did_you_mean(nearest(name, [*names_of(office), *(login for (login,) in users)]))
        lists = "`officeops access roles` and `access list` list them."
        raise NotFound(f"There is no role and no user {name!r}. {hint or lists}")
    as_role = kind == "role" or (is_role and not kind)
    patterns = patterns_of(office, name) if as_role else person(office, name).patterns
    rows = [
        (each.name, each.level, each.help)
        for each in sorted(reach(office, patterns), key=lambda each: each.name)
    ]
    print_rows(
        REACH, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=f"{name} reaches nothing."
    )


@access.command("roles")
@output_options
@click.pass_context
def roles_(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """List the roles."""
    from officeops.access.records import Role
    from officeops.access.roles import declared_roles, patterns_of

    office = office_of(ctx)
    roles = {
        role.name: (" ".join(role.patterns), role.help)
        for role in declared_roles(office.plugins).values()
    }
    for own in office.all(Role):
        roles[own.name] = (" ".join(patterns_of(office, own.name)), own.note or "")
    rows = [(name, *rest) for name, rest in roles.items()]
    print_rows(ROLES, rows, office.ways, as_json=as_json, as_csv=as_csv)


@access.command("role")
@click.argument("name")
@click.argument("patterns", nargs=-1, metavar="PERMISSION...")
@click.option("--like", help="Begin with another role's permissions.")
@click.option("--note", help="Its purpose.")
@click.pass_context
def role(
    ctx: click.Context, name: str, patterns: tuple[str, ...], like: str | None, note: str | None
) -> None:
    """Make a role of your own: permissions, PREFIX.*, or read, work, manage."""
    from officeops.access.actions import make_role
    from officeops.access.roles import patterns_of

    office = office_of(ctx)
    wanted = [*(patterns_of(office, like) if like else ()), *patterns]
    make_role(office, name, dict.fromkeys(wanted), note, request=run_of(ctx).request)
    say(f"The role {name} grants {' '.join(dict.fromkeys(wanted)) or 'nothing yet'}.")


@access.command("grant")
@click.argument("login")
@click.argument("name", metavar="ROLE")
@click.pass_context
def grant(ctx: click.Context, login: str, name: str) -> None:
    """Grant a role to LOGIN."""
    from officeops.access.actions import give_role

    _do(ctx, give_role, login, role=name)


@access.command("revoke")
@click.argument("login")
@click.argument("name", metavar="ROLE")
@click.pass_context
def revoke(ctx: click.Context, login: str, name: str) -> None:
    """Revoke a role of LOGIN."""
    from officeops.access.actions import take_role

    _do(ctx, take_role, login, role=name)


@access.command("deactivate")
@click.argument("login")
@click.pass_context
def deactivate(ctx: click.Context, login: str) -> None:
    """Deactivate LOGIN, who can no longer log in; the history keeps their actions."""
    from officeops.access.actions import remove

    _do(ctx, remove, login)


def _do(ctx: click.Context, action: Action[..., str], login: str, **words: str) -> None:
    """Do to a user what an action does, once for each request id, and say how it went."""
    office = office_of(ctx)
    from officeops.access.records import User

    with found_for(ctx, action.name, User, login):
        user = _user(office, login)
    say(office.do(action, user, request=run_of(ctx).request, **words))


def _user(office: Office, login: str) -> User:
    from officeops.access.records import User

    found = office.first(User, "login = ?", login)
    if found is None:
        users = office.rows("SELECT login FROM core_user WHERE archived_at IS NULL")
        near = did_you_mean(nearest(login, [user for (user,) in users]))
        hint = near or "`officeops access list` lists them."
        raise NotFound(f"There is no user {login!r}. {hint}")
    return found


def _roles(office: Office, user: User) -> str:
    from officeops.access.records import Membership

    return ", ".join(each.role for each in office.all(Membership, "user_id = ?", user.id))


def _keys(office: Office, user: User) -> int:
    from officeops.access.records import SshKey

    return len(list(office.all(SshKey, "user_id = ?", user.id)))
