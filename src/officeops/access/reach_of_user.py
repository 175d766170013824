"""The reach of another user: nobody touches a person who may do more than they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.access.identity import patterns_ever
from officeops.access.roles import beyond
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.access.records import User
    from officeops.model.office import Office


def must_not_be_above(office: Office, user: User) -> None:
    """Raise Refused if a person may do more: their new key could be the acting person's."""
    patterns = patterns_ever(office, user.login)
    problems = list(beyond(office, patterns, user.login))
    if problems:
        raise Refused(problems, "User")
