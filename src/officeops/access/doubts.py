"""Doubts about a change of access, which a person overrules on purpose or does not make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.access.roles import EVERYTHING, LEVELS, patterns_of, reach
from officeops.model.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.access.records import Role, User
    from officeops.model.office import Office

#: How many permissions a sentence names; the rest are counted.
_NAMED: Final = 3
#: The roles of people whose access does not end: an owner for a while is no owner for good.
_ROLES: Final = (
    "SELECT m.user_id, m.role FROM core_membership m JOIN core_user u ON u.id = m.user_id "
    "WHERE m.archived_at IS NULL AND m.until IS NULL AND u.until IS NULL"
)
_OWN: Final = "SELECT role FROM core_membership WHERE user_id = ? AND archived_at IS NULL"


def last_owner(office: Office, user: User) -> str | None:
    """Return the doubt about a person without whom nobody has a role that permits everything."""
    others = {role for person, role in office.rows(_ROLES) if person != user.id}
    own = {role for (role,) in office.rows(_OWN, user.id)}
    if _has_whole(office, others) or not _has_whole(office, own):
        return None
    return (
        f"{user.login} is the only owner. Afterwards nobody can grant roles, read who saw sealed "
        "values or undo changes to access, except at the server"
    )


def last_owner_s_role(
    office: Office,
    user: User,
    given: Mapping[str, object],
) -> str | None:
    """Return the doubt about revoking a role, where it makes the person the only owner."""
    role = str(given.get("role") or "")
    if not role:
        return last_owner(office, user)
    kept = {
        other for (other,) in office.rows(f"{_OWN} AND role <> ? AND until IS NULL", user.id, role)
    }
    is_last = _has_whole(office, {role}) and not _has_whole(office, kept)
    return last_owner(office, user) if is_last else None


def last_owner_until(
    office: Office,
    user: User,
    given: Mapping[str, object],
) -> str | None:
    """Return the doubt about a last day, where none but the only owner's access would end with it."""
    return last_owner_s_role(office, user, given) if given.get("until") else None


def _has_whole(office: Office, roles: Iterable[str]) -> bool:
    return any(_is_whole(office, role) for role in roles)


def _is_whole(office: Office, role: str) -> bool:
    try:
        return EVERYTHING in patterns_of(office, role)
    except NotFound:  # an archived role reaches nothing
        return False


def sensitive_in(office: Office, patterns: Iterable[str]) -> str | None:
    """Return the doubt about prefixes that permit more than their few letters say."""
    for pattern in patterns:
        if not pattern.endswith(".*"):
            continue
        names = [known.name for known in reach(office, [pattern]) if known.level == LEVELS[-1]]
        if names:
            some, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
            rest = f" and {more:,} more" if more > 0 else ""
            return f"{pattern} also permits {some}{rest}, which are sensitive"
    return None


def sensitive_pattern(
    office: Office,
    _role: Role,
    given: Mapping[str, object],
) -> str | None:
    """Return the doubt about a pattern that is granted to a role."""
    return sensitive_in(office, [str(given.get("pattern", ""))])
