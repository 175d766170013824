"""Role actions: an office's own roles, made of permissions, which are granted and revoked.

Nobody makes or changes a role that reaches further than their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops.access.doubts import sensitive_pattern
from officeops.access.records import Grant, Role
from officeops.access.roles import LEVELS, begins, beyond, declared_roles, known, patterns_of
from officeops.model.actions import Consent, action, param
from officeops.model.errors import NotFound, Problem, Refused
from officeops.model.former_keys import permission_of_today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.office import Office

#: What a login or a role may be called: safe in a command line, a file and a log.
NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
#: Words that stand for something else.
TAKEN: Final = frozenset({"root", "cron", *LEVELS})


def make_role(
    office: Office,
    name: str,
    patterns: Iterable[str],
    note: str | None = None,
    *,
    request: str | None = None,
) -> Role:
    """Make a role of the office's own.

    Raises Refused for a name or pattern that cannot be, or is above one's own.
    """
    patterns = list(patterns)
    given = {"name": name, "patterns": " ".join(patterns)}
    if note:
        given["note"] = note
    is_free = name not in TAKEN and name not in declared_roles(office.plugins)
    with office.acting("core.access.role", given, request=request) as outcome:
        if not is_free or not NAME.fullmatch(name):
            problem = Problem("is not a name for a role of your own", "name", code="malformed")
            raise Refused([problem], f"Role {name}")
        role = office.add(Role(name=name, note=note))
        for pattern in patterns:
            _grant(office, role, pattern)
        outcome.append(name)
    return role


@action(
    "core.role.grant",
    consent=Consent("despite", sensitive_pattern, by_given=True),
)
def grant(
    office: Office,
    role: Role,
    pattern: str = param(
        example="core.history.view",
        help="A permission, PREFIX.*, or read, work, lead, manage, sensitive",
    ),
    despite: bool = param(default=False, help="Grant it with the sensitive permissions in it"),  # noqa: ARG001, FBT001 - weighed before
) -> str:
    """Grant a permission to a role."""
    granted = _grant(office, role, pattern)
    return f"The role {role.name} grants {granted}."


@action("core.role.revoke")
def revoke(
    office: Office,
    role: Role,
    pattern: str = param(example="core.history.view", help="The pattern to revoke"),
) -> str:
    """Revoke a permission from a role."""
    if problems := list(beyond(office, patterns_of(office, role.name), "role")):
        raise Refused(problems, f"Role {role.name}")
    pattern = _of_today(office, pattern)
    grant = office.first(Grant, "role = ? AND pattern = ?", role.name, pattern)
    if grant is None:
        raise NotFound(f"The role {role.name} has no grant {pattern}.", code="not-found")
    office.archive(grant)
    return f"{pattern} is revoked from the role {role.name}."


def _of_today(office: Office, pattern: str) -> str:
    """Return a typed pattern, in which a record or field may have a former name, as it is now."""
    if pattern in known(office):
        return pattern
    return permission_of_today(office.records, pattern)


def _grant(
    office: Office,
    role: Role,
    pattern: str,
) -> str:
    """Grant a pattern to a role, unless it has it; return the pattern by the names of today."""
    pattern = _of_today(office, pattern)
    names = known(office)
    is_known = pattern in LEVELS or pattern in names
    if not is_known and not any(begins(name, pattern) for name in names):
        why = f"{pattern!r} is no permission; `officeops plugins permissions` lists them"
        raise Refused(
            [
                Problem(
                    why, "pattern", code="not-found", facts={"kind": "permission", "text": pattern}
                )
            ]
        )
    if problems := list(beyond(office, [pattern], "pattern")):
        raise Refused(problems, f"Role {role.name}")
    if not office.first(Grant, "role = ? AND pattern = ?", role.name, pattern):
        office.add(Grant(role=role.name, pattern=pattern))
    return pattern
