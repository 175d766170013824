"""`officeops access show`, `roles` and `role`: the roles, and the permissions of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_rows
from officeops.cli.output_options import output_options
from officeops.model.errors import Already, NotFound, Refused, UsageProblem
from officeops.model.fields import Field
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from officeops.office.office import Office

#: Columns of `access show`, then of `access roles`.
REACH = [
    Field("text", label="Permission", list_rank=1).named("permission", "str"),
    Field("text", label="Level", list_rank=2).named("level", "str"),
    Field("text", label="What for", list_rank=3).named("help", "str"),
]
ROLES = [
    Field("text", label="Role", list_rank=1).named("role", "str"),
    Field("text", label="Grants", list_rank=1).named("reaches", "str"),
    Field("text", label="What for", list_rank=2).named("help", "str"),
]


@example("clerk")
@click.command("show")
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


def _is_role(
    office: Office,
    name: str,
    kind: str | None,
) -> bool:
    """Return whether a name means a role, and not a user; `kind` is what the person said of it.

    Raises NotFound where it is neither, and UsageProblem where it may be both.
    """
    from officeops.access.roles import declared_roles, names_of

    user = "SELECT 1 FROM core_user WHERE login = ? AND archived_at IS NULL"
    role = "SELECT 1 FROM core_role WHERE name = ? AND archived_at IS NULL"
    is_person = bool(office.value(user, name))
    is_role = name in declared_roles(office.plugins) or bool(office.value(role, name))
    if is_person and is_role and not kind:
        raise UsageProblem(
            f"{name} is a role and a person; say which with --role or --person.", code="ambiguous"
        )
    if not (is_person or is_role):
        near = nearest(name, [*names_of(office), *logins(office)])
        lists = "`officeops access roles` and `access list` list them."
        hint = did_you_mean(near) or lists
        raise NotFound(
            f"There is no role and no user {name!r}. {hint}",
            code="not-found",
            facts={"kind": "role", "text": name},
        )
    return kind == "role" or (is_role and not kind)


@click.command("roles")
@output_options
@click.pass_context
def roles_(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the roles."""
    from officeops.access.records import Role
    from officeops.access.roles import declared_roles, patterns_of

    office = office_of(ctx)
    # A role of the office's own replaces a declared one of its name.
    rows = {}
    for declared in declared_roles(office.plugins).values():
        patterns = " ".join(declared.patterns)
        rows[declared.name] = (declared.name, patterns, declared.help)
    for own in office.all(Role):
        patterns = " ".join(patterns_of(office, own.name))
        rows[own.name] = (own.name, patterns, own.note or "")
    print_rows(ROLES, rows.values(), office.ways, as_json=as_json, as_csv=as_csv)


@example("front-desk core.today.view")
@click.command("role", short_help="Make a role of your own.")
@click.argument("name")
@click.argument("patterns", nargs=-1, metavar="PERMISSION...")
@click.option("--like", help="Begin with another role's permissions.")
@click.option("--note", help="Its purpose.")
@click.option(
    "--despite",
    is_flag=True,
    help="Make it although a PREFIX.* has sensitive permissions in it.",
)
@outcome_option
@click.pass_context
def role(
    ctx: click.Context,
    name: str,
    patterns: tuple[str, ...],
    like: str | None,
    note: str | None,
    *,
    despite: bool,
) -> None:
    """Make a role of your own from permissions, PREFIX.* or levels (read, work, lead, manage)."""
    from officeops.access.doubts import sensitive_in
    from officeops.access.role_actions import make_role
    from officeops.access.roles import patterns_of

    office = office_of(ctx)
    beginning = patterns_of(office, like) if like else ()
    # Each once, in the order of the line.
    wanted = dict.fromkeys([*beginning, *patterns])
    doubt = sensitive_in(office, wanted)
    if doubt and not despite:
        why = f"{doubt}; say --despite to make it all the same"
        raise Refused(why, f"Role {name}", code="needs-consent")
    answer = f"The role {name} grants {' '.join(wanted) or 'nothing yet'}."
    try:
        make_role(office, name, wanted, note, request=run_of(ctx).request)
    except Already as done:
        run_of(ctx).repeat(done, answer=answer)
        return
    say_outcome(ctx, answer)


def logins(office: Office) -> list[str]:
    """Return the logins of the users."""
    users = office.rows("SELECT login FROM core_user WHERE archived_at IS NULL")
    return [login for (login,) in users]


COMMANDS: tuple[click.Command, ...] = (show, roles_, role)
