"""Actions on the days of access: a last day for a user, a role or a key, and a leave of absence."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a parameter
from typing import TYPE_CHECKING, Any

from officeops.access.doubts import last_owner_until
from officeops.access.reach_of_user import must_not_be_above
from officeops.access.records import Membership, SshKey, User
from officeops.model.actions import Consent, action, param
from officeops.model.errors import NotFound, Problem, Refused

if TYPE_CHECKING:
    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.model.records import Record


@action("core.user.limit", consent=Consent("despite", last_owner_until, by_given=True))
def limit(
    office: Office,
    user: User,
    until: date | None = param(default=None, help="The last day; blank for no end"),  # noqa: B008 - declared once
    role: str | None = param(default=None, help="End this role alone"),
    despite: bool = param(default=False, help="Limit the only owner, too"),  # noqa: ARG001, FBT001 - weighed before
) -> str:
    """Set the last day of a user's access, or of one of their roles."""
    must_not_be_above(office, user)
    if role is None:
        _end(office, user, until)
        return f"{user.login} {_words('has access', until)}."
    membership = office.first(Membership, "user_id = ? AND role = ?", user.id, role)
    if membership is None:
        raise NotFound(f"{user.login} does not have the role {role}.", code="not-found")
    _end(office, membership, until)
    return f"{user.login} {_words(f'has the role {role}', until)}."


@action("core.user.away")
def go_away(
    office: Office,
    user: User,
    back_on: date = param(example="+90d", help="The day on which they may log in again"),  # noqa: B008 - declared once
    away_from: date | None = param(default=None, help="The first day away; blank for today"),  # noqa: B008 - declared once
) -> str:
    """Set a leave of absence: the user cannot log in until a day, and can again from then on."""
    must_not_be_above(office, user)
    first = away_from or office.today
    if back_on <= max(first, office.today):
        why = f"is not after {max(first, office.today)}; give the day on which they come back"
        raise Refused([Problem(why, "back_on", code="out-of-range")], f"User {user.login}")
    office.edit(user, managed=True, away_from=first, back_on=back_on)
    return f"{user.login} cannot log in from {first} on, and can again on {back_on}."


@action("core.user.back")
def come_back(office: Office, user: User) -> str:
    """End a leave of absence at once."""
    must_not_be_above(office, user)
    if user.back_on is None or user.back_on <= office.today:
        raise Refused(f"{user.login} is not on leave", code="nothing-to-do")
    office.edit(user, managed=True, away_from=None, back_on=None)
    return f"{user.login} can log in again."


@action("core.ssh-key.limit")
def limit_key(
    office: Office,
    key: SshKey,
    until: date | None = param(default=None, help="The last day; blank for no end"),  # noqa: B008 - declared once
) -> str:
    """Set the last day of an SSH key."""
    owner = office.get(User, key.user_id)
    if owner.archived_at is None:
        must_not_be_above(office, owner)
    _end(office, key, until)
    return f"{key.fingerprint} of {owner.login} {_words('logs in', until)}."


def _end(
    office: Office,
    record: Record,
    until: date | None,
) -> None:
    if until is not None and until < office.today:
        why = "is past; to end access now, deactivate the user, or revoke the role or the key"
        raise Refused([Problem(why, "until", code="out-of-range")])
    office.edit(record, managed=True, until=until)


def _words(has: str, until: date | None) -> str:
    return f"{has} until {until}" if until else f"{has} without an end"


ACTIONS: list[Action[..., Any]] = [limit, go_away, come_back, limit_key]
