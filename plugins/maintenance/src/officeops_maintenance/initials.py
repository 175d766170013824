"""The initials of the people on a log, and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_NAMES: Final = "SELECT login, full_name FROM core_user"


class Initials:
    """The initials on a page, by the logins of the people."""

    def __init__(self, office: Office) -> None:
        """Read the names, where the acting person may see who works here."""
        users = office.record("core.user")
        # Without that right the page shows logins, which the log has anyway.
        self._names = dict(office.rows(_NAMES)) if office.may_view(users) else {}
        self._used: dict[str, str] = {}

    def of(self, login: str) -> str:
        """Return the initials of a person; the login where the name is not known."""
        if login and login not in self._used:
            name = self._names.get(login) or ""
            letters = "".join(word[0] for word in name.split())
            self._used[login] = letters.upper() or login
        return self._used.get(login, "")

    def legend(self) -> Iterator[str]:
        """Yield a line with the names of the initials that were used."""
        known = []
        for login, letters in sorted(self._used.items()):
            if name := self._names.get(login):
                known.append(f"{letters} {name}")
        if known:
            yield f"By: {', '.join(known)}."
