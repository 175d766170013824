"""Who: the person that an office is open for, with their permissions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from officeops.access.access_days import AccessDays, office_day

# What roles reach is imported where it is asked: the owner of a file, and all of an office without
# users, never ask.
if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.access.roles import RoleBook
    from officeops.model.errors import Forbidden

#: A user, with the name of the place at which people share the login.
_USER: Final = (
    "SELECT u.id, l.name, u.until, u.away_from, u.back_on FROM core_user u LEFT JOIN core_location l ON l.id = u.place_id "
    "WHERE u.login = ? AND u.archived_at IS NULL"
)

_KEY: Final = (
    "SELECT k.until FROM core_ssh_key k JOIN core_user u ON u.id = k.user_id "
    "WHERE k.fingerprint = ? AND u.login = ? AND k.archived_at IS NULL"
)
_ROLES: Final = (
    "SELECT role FROM core_membership WHERE user_id = ? AND archived_at IS NULL "
    "AND ifnull(until >= ?, 1)"
)


class Who:
    """A person and their reach.

    `everything` is that of the file's owner, and of all where the office has no users. `place` is
    the location at which people share this login, by name. `within` is the shared login that a person signed
    at: they reach what both reach. `why_out` is why somebody who is not `known` is not.
    """

    def __init__(
        self,
        name: str,
        patterns: tuple[str, ...] = (),
        *,
        everything: bool = False,
        known: bool = True,
        place: str = "",
        within: Who | None = None,
        why_out: str = "",
    ) -> None:
        self.name, self.patterns, self.everything, self.known = name, patterns, everything, known
        self.place, self.within, self.why_out = place, within, why_out

    @property
    def is_shared(self) -> bool:
        """Whether this is a login that people share, which is nobody's name for an entry."""
        return bool(self.place)

    def signed_at(self, shared: Who) -> Who:
        """Return this person as they act at a shared login: with what both reach."""
        known = self.known and shared.known and shared.is_shared
        why = self.why_out or shared.why_out
        return Who(self.name, self.patterns, known=known, within=shared, why_out=why)

    def reaches(self, permission: str, level: str) -> bool:
        """Return whether their roles reach a permission of that level."""
        if self.within and not self.within.reaches(permission, level):
            return False
        if self.everything:
            return True
        from officeops.access.roles import reaches

        return reaches(self.patterns, permission, level)

    def is_held_back(self, permission: str, level: str) -> bool:
        """Whether the shared login at which they signed, and it alone, keeps them from it."""
        alone = Who(self.name, self.patterns, everything=self.everything)
        return bool(self.within) and alone.reaches(permission, level)

    def reaches_pattern(self, pattern: str) -> bool:
        """Return whether their roles reach all that a pattern may ever reach."""
        if self.within and not self.within.reaches_pattern(pattern):
            return False
        if self.everything or pattern in self.patterns:
            return True
        from officeops.access.roles import EVERYTHING, LEVELS, begins

        own_levels = [LEVELS.index(own) for own in self.patterns if own in LEVELS]
        highest = max(own_levels, default=-1)
        if pattern in LEVELS:
            return LEVELS.index(pattern) <= highest
        if highest == LEVELS.index(EVERYTHING):
            return True
        # A permission that begins so may yet come to be sensitive: a shorter prefix covers it.
        return any(begins(pattern, own) for own in self.patterns)

    def __repr__(self) -> str:
        return f"<{self.name}>"


def person(store: RoleBook, login: str) -> Who:
    """Return a user by login, with the reach that their roles have today.

    Raises Forbidden for one who is not, or no longer, in.
    """
    who = again(store, login)
    if not who.known:
        raise refusal_of(who)
    return who


def again(store: RoleBook, login: str) -> Who:
    """Return a user as `person` does; one who is out, perhaps still at a screen, may do nothing."""
    user_id, place, *days = next(iter(store.rows(_USER, login)), (None, None))
    if user_id is None:
        return Who(login, known=False)
    today = office_day(store)
    if why := AccessDays(*days).why_out(login, today):
        return Who(login, known=False, why_out=why)
    roles = store.rows(_ROLES, user_id, today)
    return Who(login, _patterns(store, roles), place=place or "")


def patterns_ever(store: RoleBook, login: str) -> tuple[str, ...]:
    """Return the patterns of all roles that a user has, on leave and after their end too."""
    sql = (
        "SELECT m.role FROM core_membership m JOIN core_user u ON u.id = m.user_id "
        "WHERE u.login = ? AND u.archived_at IS NULL AND m.archived_at IS NULL"
    )
    return _patterns(store, store.rows(sql, login))


def _patterns(store: RoleBook, roles: Iterable[tuple[str]]) -> tuple[str, ...]:
    from officeops.access.roles import patterns_of
    from officeops.model.errors import NotFound

    patterns: list[str] = []
    for (role,) in roles:
        try:
            patterns += patterns_of(store, role)
        except NotFound:  # an archived role reaches nothing
            continue
    return tuple(dict.fromkeys(patterns))


def key_fault(
    store: RoleBook,
    fingerprint: str,
    login: str,
) -> str:
    """Return why an SSH key logs a user in no more; blank if it does."""
    until = next(iter(store.rows(_KEY, fingerprint, login)), None)
    if until is None:
        return f"the SSH key {fingerprint} was removed"
    return key_ended(fingerprint, until[0], office_day(store))


def key_ended(
    fingerprint: str,
    until: str | None,
    today: str,
) -> str:
    """Return that a key's last day is past; blank if it is not."""
    return f"the SSH key {fingerprint} was good until {until}" if until and until < today else ""


def refusal_of(who: Who) -> Forbidden:
    """Make the refusal of a person who is not, or no longer, a user, or may not log in today."""
    from officeops.model.errors import Forbidden

    if who.why_out:
        return Forbidden(f"{who.why_out}. A manager can change that: officeops access list.")
    return Forbidden(
        f"{who.name} is not a user of this office. A manager can add one: officeops access add."
    )


def owns(path: str) -> bool:
    """Return whether the user who runs this process owns the file, or is root.

    They can read and write every byte of it by other means; refusing them anything would be
    theatre.
    """
    return os.geteuid() in {0, os.stat(path).st_uid}


def owner_of(path: str) -> str:
    """Return the login of the file's owner; blank if this machine knows no such user."""
    try:
        import pwd

        return pwd.getpwuid(os.stat(path).st_uid).pw_name
    except (ImportError, KeyError):
        return ""


def process_user(store: RoleBook, login: str) -> Who:
    """Return the user who runs this process and does not own the file.

    They may do everything as long as the office has no users.
    """
    if not store.value("SELECT 1 FROM core_user LIMIT 1"):
        return Who(login, everything=True)
    return again(store, login)
