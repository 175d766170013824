"""Initials: who wrote each line of a log, in a few letters, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_NAMES: Final = "SELECT login, full_name FROM core_user"


class Initials:
    """The initials of the people who read, and whose they are."""

    def __init__(self, office: Office) -> None:
        """Read the names, where the acting person may see who works here."""
        users = office.record("core.user")
        # Without that right the page shows logins, which the readings have anyway.
        self._names = dict(office.rows(_NAMES)) if office.may_view(users) else {}
        self._used: dict[str, str] = {}

    def of(self, login: str) -> str:
        """Return the initials of a person; the login where the name is not known."""
        if not login:
            return ""
        name = self._names.get(login) or ""
        letters = "".join(word[0] for word in name.split()).upper()
        self._used[login] = letters or login
        return self._used[login]

    def legend(self) -> Iterator[str]:
        """Yield a line with the names of the initials that were used."""
        known = [
            f"{letters} {self._names[login]}"
            for login, letters in sorted(self._used.items())
            if self._names.get(login)
        ]
        if known:
            yield f"By: {', '.join(known)}."
