"""Who may do what with credentials, by default.

Everybody sees their own, a lead the team's and a manager all. A manager enters and renews them:
nobody writes a license for themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS: Final = {
    "credential": "credentials",
    "credential-type": "types of credentials",
    "education-rule": "rules of education",
    "access-grant": "people's access and keys",
}
_STEPS: Final = (
    Permission("hr.credential.renew", "Replace a credential by its renewal.", "manage"),
    Permission("hr.credential.verify", "Say that you verified a credential.", "manage"),
    Permission("hr.credential.file-renewal", "Say that a renewal was filed.", "manage"),
    Permission(
        "hr.access-grant.take-back", "Say that keys came back and logins were closed.", "manage"
    ),
    Permission("hr.person.education.open", "See the credits of education.", "read"),
    Permission("hr.person.ready.open", "See who may work on a day.", "read"),
    Permission("hr.add-credential-types", "Add the usual types of credentials.", "manage"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _NOUNS.items():
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield from _STEPS
