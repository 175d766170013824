"""Who: the person that an office is open for, with their permissions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

# What roles reach is imported where it is asked: the owner of a file, and all of an office without
# users, never ask.
if TYPE_CHECKING:
    from officeops.access.roles import RoleBook
    from officeops.model.errors import Forbidden

#: A user, with the name of the place at which people share the login.
_USER: Final = (
    "SELECT u.id, l.name FROM core_user u LEFT JOIN core_location l ON l.id = u.place_id "
    "WHERE u.login = ? AND u.archived_at IS NULL"
)

_KEY: Final = (
    "SELECT 1 FROM core_ssh_key k JOIN core_user u ON u.id = k.user_id "
    "WHERE k.fingerprint = ? AND u.login = ? AND k.archived_at IS NULL"
)


class Who:
    """A person and their reach.

    `everything` is that of the file's owner, and of all where the office has no users. `place` is
    the location at which people share this login, by name. `within` is the shared login that a person signed
    at: they reach what both reach.
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
    ) -> None:
        self.name, self.patterns, self.everything, self.known = name, patterns, everything, known
        self.place, self.within = place, within

    @property
    def is_shared(self) -> bool:
        """Whether this is a login that people share, which is nobody's name for an entry."""
        return bool(self.place)

    def signed_at(self, shared: Who) -> Who:
        """Return this person as they act at a shared login: with what both reach."""
        known = self.known and shared.known and shared.is_shared
        return Who(self.name, self.patterns, known=known, within=shared)

    def reaches(self, permission: str, level: str) -> bool:
        """Return whether their roles reach a permission of that level."""
        if self.within and not self.within.reaches(permission, level):
            return False
        if self.everything:
            return True
        from officeops.access.roles import reaches

        return reaches(self.patterns, permission, level)

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
    """Return a user by login, with the reach of their roles.

    Raises Forbidden for one who is not, or no longer, in.
    """
    from officeops.access.roles import patterns_of
    from officeops.model.errors import NotFound

    user_id, place = next(iter(store.rows(_USER, login)), (None, None))
    if user_id is None:
        raise no_user(login)
    sql = "SELECT role FROM core_membership WHERE user_id = ? AND archived_at IS NULL"
    roles = store.rows(sql, user_id)
    patterns: list[str] = []
    for (role,) in roles:
        try:
            patterns += patterns_of(store, role)
        except NotFound:  # an archived role reaches nothing
            continue
    return Who(login, tuple(dict.fromkeys(patterns)), place=place or "")


def is_key_of(
    store: RoleBook,
    fingerprint: str,
    login: str,
) -> bool:
    """Return whether an SSH key is a user's still."""
    return bool(store.value(_KEY, fingerprint, login))


def no_user(login: str) -> Forbidden:
    """Make the refusal of a person who is not, or no longer, a user of the office."""
    from officeops.model.errors import Forbidden

    return Forbidden(
        f"{login} is not a user of this office. A manager can add one: officeops access add."
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


def again(store: RoleBook, login: str) -> Who:
    """Return a user as `person` does; a removed one, perhaps still at a screen, may do nothing."""
    from officeops.model.errors import Forbidden

    try:
        return person(store, login)
    except Forbidden:
        return Who(login, known=False)
