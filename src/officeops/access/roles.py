"""Roles: which permissions each reaches.

Deny by default: what no pattern of one's roles reaches is refused.

A permission has a level, by its declaration: `read` (look), `work` (the day's work), `lead` (a
team's rows and decisions), `manage` (what commits the office or takes things away), `sensitive`
(pay, health, access, destruction). A
pattern is a level, and then reaches those below it too; `PREFIX.*`, all that begins so, whatever
its level; or one permission by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from officeops.model.declarations import Role
from officeops.model.errors import NotFound, Problem
from officeops.model.former_keys import permission_of_today
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.declarations import Permission
    from officeops.model.office import Office
    from officeops.model.office.reader import Rows
    from officeops.model.office.registry import Declarations, Registry

    class RoleBook(Rows, Declarations, Protocol):
        """Anything that knows the roles of an office: those in the file, and the declared."""


LEVELS: Final = ("read", "work", "lead", "manage", "sensitive")
#: The pattern that reaches everything.
EVERYTHING: Final = "sensitive"


#: The roles every office has. They reach levels, so that plugins unknown here fit in.
BUILT_IN: Final[dict[str, Role]] = {
    role.name: role
    for role in (
        Role("owner", (EVERYTHING,), "Everything, access and destruction included."),
        Role(
            "manager",
            ("manage", "core.admit", "core.user.*", "core.ssh-key.remove", "core.ssh-key.limit"),
            "Runs the office; adds users, up to managers.",
        ),
        Role("clerk", ("work",), "The day's work: looks, adds, edits, counts, receives."),
        Role("read-only", ("read",), "Looks, and changes nothing."),
    )
}


def declared_roles(plugins: Registry) -> dict[str, Role]:
    """List the roles that are declared, by name: the built-in ones, then those of plugins."""
    roles = dict(BUILT_IN)
    for _, role in plugins.registered("roles"):
        # No plugin changes what a built-in role reaches, nor another plugin's role.
        roles.setdefault(role.name, role)
    return roles


def reaches(
    patterns: Iterable[str],
    permission: str,
    level: str,
) -> bool:
    """Return whether any of the patterns reaches a permission of that level."""
    for pattern in patterns:
        if pattern in LEVELS:
            if LEVELS.index(level) <= LEVELS.index(pattern):
                return True
        elif pattern == permission or begins(permission, pattern):
            return True
    return False


def begins(permission: str, pattern: str) -> bool:
    """Whether a pattern of the form `PREFIX.*` has a permission in it."""
    return pattern.endswith(".*") and permission.startswith(pattern[:-1])


def patterns_of(office: RoleBook, role: str) -> tuple[str, ...]:
    """List the patterns of a role: a built-in one, the office's own, or a plugin's.

    Raises NotFound.
    """
    if role in BUILT_IN:
        return BUILT_IN[role].patterns
    if office.value("SELECT 1 FROM core_role WHERE name = ? AND archived_at IS NULL", role):
        sql = "SELECT pattern FROM core_grant WHERE role = ? AND archived_at IS NULL ORDER BY id"
        return tuple(row[0] for row in office.rows(sql, role))
    declared = declared_roles(office.plugins)
    if role in declared:
        return _with_names_of_today(office, declared[role].patterns)
    names = names_of(office)
    hint = did_you_mean(nearest(role, names)) or f"The roles are {', '.join(names)}."
    raise NotFound(
        f"There is no role {role!r}. {hint}", code="not-found", facts={"kind": "role", "text": role}
    )


def _with_names_of_today(office: Declarations, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """Add what the patterns of a declared role are today: it may name another plugin's record."""
    # The former name stays: a command of the plugin may be called so.
    now = (permission_of_today(office.records, pattern) for pattern in patterns)
    return tuple(dict.fromkeys([*patterns, *now]))


def names_of(office: RoleBook) -> list[str]:
    """List the names of the roles: the declared ones, then the office's own."""
    rows = office.rows("SELECT name FROM core_role WHERE archived_at IS NULL")
    own = [name for (name,) in rows]
    return list(dict.fromkeys([*declared_roles(office.plugins), *own]))


def reach(office: Declarations, patterns: Iterable[str]) -> Iterator[Permission]:
    """Yield every permission that patterns reach."""
    wanted = tuple(patterns)
    for permission in known(office).values():
        if reaches(wanted, permission.name, permission.level):
            yield permission


def known(office: Declarations) -> Mapping[str, Permission]:
    """Return every permission there is, by name."""
    from officeops.access.permissions import permissions

    declared = permissions(office.plugins, office.records.values())
    return {permission.name: permission for permission in declared}


def not_above(office: Office, role: str) -> Iterator[Problem]:
    """Yield the problem of giving a role: there is none, or it reaches further than the giver."""
    try:
        patterns = patterns_of(office, role)
    except NotFound as error:
        yield Problem(
            str(error),
            "role",
            is_whole=True,
            code="not-found",
            facts={"kind": "role", "text": role},
        )
        return
    yield from beyond(office, patterns, "role")


def beyond(
    office: Office,
    patterns: Iterable[str],
    field: str,
) -> Iterator[Problem]:
    """Yield a problem where patterns reach further than the acting person.

    Plugins yet to come count too: a pattern that the person lacks may reach anything then.
    """
    who = office.who
    if who.everything:
        return
    wanted = tuple(patterns)
    declared = known(office)
    undeclared = [pattern for pattern in wanted if pattern not in declared]
    above = [pattern for pattern in undeclared if not who.reaches_pattern(pattern)]
    missing = []
    for permission in reach(office, wanted):
        if who.reaches(permission.name, permission.level):
            continue
        missing.append(permission.name)
    if above or missing:
        some = ", ".join(sorted(missing)[:3] or above)
        yield Problem(
            f"reaches further than your own ({some}); somebody who has that must give it",
            field,
            code="beyond-your-own",
        )
