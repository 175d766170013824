"""Roles: which permissions each reaches. Deny by default: what no pattern of one's roles reaches is refused.

A permission has a level, from what is declared: `read` (look), `work` (the day's work), `manage` (what commits the office or
takes things away), `sensitive` (pay, health, access, destruction). A pattern is a level, and then reaches those below it too;
`PREFIX.*`, all that begins so, whatever its level; or one permission by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import NotFound, Problem
from officeops.model.immutable import Value
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.declarations import Permission
    from officeops.model.office import Declarations, Office, Rows

LEVELS: Final = ("read", "work", "manage", "sensitive")
#: The pattern that reaches everything.
EVERYTHING: Final = "sensitive"


class Built(Value):
    """A role every office has."""

    name: str
    patterns: tuple[str, ...]
    help: str


#: What a role may reach follows from levels, so that plugins nobody here knows fit in.
BUILT_IN: Final[dict[str, Built]] = {
    each.name: each
    for each in (
        Built("owner", (EVERYTHING,), "Everything, access and destruction included."),
        Built(
            "manager",
            ("manage", "core.admit", "core.user.*", "core.ssh-key.remove"),
            "Runs the office; adds users, up to managers.",
        ),
        Built("clerk", ("work",), "The day's work: looks, adds, edits, counts, receives."),
        Built(
            "hr",
            ("read", "hr.*", "core.due.*", "core.undo", "core.redo"),
            "Staff, with pay and papers; looks at the rest.",
        ),
        Built("read-only", ("read",), "Looks, and changes nothing."),
    )
}


def reaches(patterns: Iterable[str], permission: str, level: str) -> bool:
    """Return whether any of the patterns reaches a permission of that level."""
    for each in patterns:
        if each in LEVELS:
            if LEVELS.index(level) <= LEVELS.index(each):
                return True
        elif each == permission or (each.endswith(".*") and permission.startswith(each[:-1])):
            return True
    return False


def patterns_of(office: Rows, role: str) -> tuple[str, ...]:
    """Return what a role reaches. Raises NotFound for a role there is none of."""
    if role in BUILT_IN:
        return BUILT_IN[role].patterns
    if not office.value("SELECT 1 FROM core_role WHERE name = ? AND archived_at IS NULL", role):
        names = names_of(office)
        hint = did_you_mean(nearest(role, names)) or f"The roles are {', '.join(names)}."
        raise NotFound(f"There is no role {role!r}. {hint}")
    rows = office.rows(
        "SELECT pattern FROM core_grant WHERE role = ? AND archived_at IS NULL ORDER BY id", role
    )
    return tuple(row[0] for row in rows)


def names_of(office: Rows) -> list[str]:
    """Return the names of the roles: those of every office, then this one's own."""
    own = office.rows("SELECT name FROM core_role WHERE archived_at IS NULL")
    return [*BUILT_IN, *(name for (name,) in own)]


def reach(office: Declarations, patterns: Iterable[str]) -> Iterator[Permission]:
    """Yield every permission that patterns reach."""
    wanted = tuple(patterns)
    yield from (each for each in known(office).values() if reaches(wanted, each.name, each.level))


def known(office: Declarations) -> Mapping[str, Permission]:
    """Return every permission there is, by name."""
    from officeops.access.permissions import permissions

    return {each.name: each for each in permissions(office.plugins, office.records.values())}


def not_above(office: Office, role: str) -> Iterator[Problem]:
    """Yield why a role cannot be given: there is none of that name, or it reaches further than who gives it."""
    try:
        patterns = patterns_of(office, role)
    except NotFound as error:
        yield Problem(str(error), "role", is_whole=True)
        return
    yield from beyond(office, patterns, "role")


def beyond(office: Office, patterns: Iterable[str], field: str) -> Iterator[Problem]:
    """Yield a problem where patterns reach what the acting person does not, now or with plugins yet to come."""
    who = office.who
    if who.everything:
        return
    wanted = tuple(patterns)
    there = known(office)
    above = [each for each in wanted if each not in there and not who.reaches_pattern(each)]
    missing = sorted(
        each.name for each in reach(office, wanted) if not who.reaches(each.name, each.level)
    )
    if above or missing:
        some = ", ".join(missing[:3] or above)
        yield Problem(
            f"reaches further than your own ({some}); somebody who has that must give it", field
        )
