"""`officeops access`: the users, their roles, and the permissions of each role."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

import click

from officeops.cli.commands.access_ssh import COMMANDS
from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group, example
from officeops.cli.output import output_options, print_rows, say
from officeops.cli.request_ids import found_for
from officeops.model.errors import NotFound, UsageProblem
from officeops.model.fields import Field
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from officeops.access.records import User
    from officeops.model.actions import Action
    from officeops.office.office import Office

#: The most bytes of a key's file that are read: no public key is longer, and a wrong file may be.
_LONGEST_KEY: Final = 16_384

#: Columns of `access list`, then of `show` and of `roles`; the highest rank gives way first.
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


#: Earlier names of the commands, which scripts may still use.
access.former = {"give": "grant", "take": "revoke", "remove": "deactivate"}
for _command in COMMANDS:
    access.add_command(_command)


@example("ann --role clerk")
@access.command("add", short_help="Add a user, or roles and keys to one.")
@click.argument("login")
@click.option(
    "--role",
    "roles",
    multiple=True,
    help="A role: owner, manager, clerk, hr, read-only, or one of your own.",
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
    # Before the first user, everyone who can open the file may do everything: say that this ends.
    is_first = not office.value("SELECT 1 FROM core_user LIMIT 1")
    texts = [key.read(_LONGEST_KEY).decode(errors="replace") for key in keys]
    user = admit(
        office,
        login,
        roles,
        texts,
        full_name,
        again=again,
        request=run_of(ctx).request,
    )
    roles_now = _roles(office, user) or "no role yet, so no permission either"
    say(f"{user.login} can log in: {roles_now}.")
    if is_first:
        say(
            "The office has users now: others see and do only what their roles reach. "
            "You, who own the file, still do everything."
        )


@access.command("list")
@output_options
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """List the users with their roles."""
    from officeops.access.records import User

    office = office_of(ctx)
    rows = [_row(office, user) for user in office.all(User)]
    print_rows(
        USERS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No users: anyone who can open the file may do everything.",
    )


def _row(office: Office, user: User) -> tuple[str, str | None, str, int]:
    return user.login, user.full_name, _roles(office, user), _keys(office, user)


@example("clerk")
@access.command("show")
@click.argument("name")
@click.option(
    "--role",
    "kind",
    flag_value="role",
    help="NAME is a role, even if a user has that name.",
)
@click.option(
    "--person",
    "kind",
    flag_value="person",
    help="NAME is a user, even if a role has that name.",
)
@output_options
@click.pass_context
def show(
    ctx: click.Context,
    name: str,
    kind: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the permissions of a role or a user."""
    from officeops.access.identity import person
    from officeops.access.roles import patterns_of, reach

    office = office_of(ctx)
    is_role = _is_role(office, name, kind)
    patterns = patterns_of(office, name) if is_role else person(office, name).patterns
    permissions = sorted(reach(office, patterns), key=lambda permission: permission.name)
    rows = [(permission.name, permission.level, permission.help) for permission in permissions]
    nothing = f"{name} reaches nothing."
    print_rows(
        REACH,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )


def _is_role(office: Office, name: str, kind: str | None) -> bool:
    """Return whether a name means a role, and not a user; `kind` is what the person said of it.

    Raises NotFound where it is neither, and UsageProblem where it may be both.
    """
    from officeops.access.roles import declared_roles, names_of

    user = "SELECT 1 FROM core_user WHERE login = ? AND archived_at IS NULL"
    role = "SELECT 1 FROM core_role WHERE name = ? AND archived_at IS NULL"
    is_person = bool(office.value(user, name))
    is_role = name in declared_roles(office.plugins) or bool(office.value(role, name))
    if is_person and is_role and not kind:
        raise UsageProblem(f"{name} is a role and a person; say which with --role or --person.")
    if not (is_person or is_role):
        near = nearest(name, [*names_of(office), *_logins(office)])
        lists = "`officeops access roles` and `access list` list them."
        hint = did_you_mean(near) or lists
        raise NotFound(f"There is no role and no user {name!r}. {hint}")
    return kind == "role" or (is_role and not kind)


@access.command("roles")
@output_options
@click.pass_context
def roles_(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """List the roles."""
    from officeops.access.records import Role
    from officeops.access.roles import declared_roles, patterns_of

    office = office_of(ctx)
    # A role of the office's own replaces a declared one of its name.
    rows = {}
    for declared in declared_roles(office.plugins).values():
        rows[declared.name] = (declared.name, " ".join(declared.patterns), declared.help)
    for own in office.all(Role):
        rows[own.name] = (own.name, " ".join(patterns_of(office, own.name)), own.note or "")
    print_rows(ROLES, rows.values(), office.ways, as_json=as_json, as_csv=as_csv)


@example("front-desk core.today.view")
@access.command("role", short_help="Make a role of your own.")
@click.argument("name")
@click.argument("patterns", nargs=-1, metavar="PERMISSION...")
@click.option("--like", help="Begin with another role's permissions.")
@click.option("--note", help="Its purpose.")
@click.pass_context
def role(
    ctx: click.Context,
    name: str,
    patterns: tuple[str, ...],
    like: str | None,
    note: str | None,
) -> None:
    """Make a role of your own: permissions, PREFIX.*, or read, work, manage."""
    from officeops.access.actions import make_role
    from officeops.access.roles import patterns_of

    office = office_of(ctx)
    beginning = patterns_of(office, like) if like else ()
    # Each once, in the order of the line.
    wanted = dict.fromkeys([*beginning, *patterns])
    make_role(office, name, wanted, note, request=run_of(ctx).request)
    say(f"The role {name} grants {' '.join(wanted) or 'nothing yet'}.")


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


@access.command("deactivate", short_help="Deactivate a user; the history keeps their actions.")
@click.argument("login")
@click.pass_context
def deactivate(ctx: click.Context, login: str) -> None:
    """Deactivate LOGIN, who can no longer log in; the history keeps their actions."""
    from officeops.access.actions import remove

    _do(ctx, remove, login)


def _do(ctx: click.Context, action: Action[..., str], login: str, **words: str) -> None:
    """Run an action on a user, once for each request id, and say its outcome."""
    office = office_of(ctx)
    from officeops.access.records import User

    # A repeated request to remove a user finds none: it gets its first answer.
    with found_for(ctx, action.name, User, login):
        user = _user(office, login)
    say(office.do(action, user, request=run_of(ctx).request, **words))


def _user(office: Office, login: str) -> User:
    from officeops.access.records import User

    user = office.first(User, "login = ?", login)
    if user is None:
        near = did_you_mean(nearest(login, _logins(office)))
        hint = near or "`officeops access list` lists them."
        raise NotFound(f"There is no user {login!r}. {hint}")
    return user


def _logins(office: Office) -> list[str]:
    users = office.rows("SELECT login FROM core_user WHERE archived_at IS NULL")
    return [login for (login,) in users]


def _roles(office: Office, user: User) -> str:
    from officeops.access.records import Membership

    memberships = office.all(Membership, "user_id = ?", user.id)
    return ", ".join(membership.role for membership in memberships)


def _keys(office: Office, user: User) -> int:
    from officeops.access.records import SshKey

    return len(list(office.all(SshKey, "user_id = ?", user.id)))
