"""Actions on shared logins and PINs. A PIN is set by its owner alone; a manager can clear it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.access.pin_digest import digest_of
from officeops.access.pin_rules import pin_problem
from officeops.access.pins import SET_PIN, clear_pin_of, set_digest, signers
from officeops.access.reach_of_user import must_not_be_above
from officeops.access.starting_code import kept, new_code
from officeops.model.actions import action, param
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.access.records import User
    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.model.sealed_value import Sealed
    from officeops.store.stored_office import StoredOffice

_WHERE: Final = "The location at which people share the login"


@action("core.user.share")
def share(
    office: Office,
    user: User,
    place_id: int = param(target="core.location", label="Place", help=_WHERE),
) -> str:
    """Share a login at a place: each entry there asks for a name and PIN."""
    must_not_be_above(office, user)
    place = office.value("SELECT name FROM core_location WHERE id = ?", place_id)
    if user.place_id == place_id:
        raise Refused(f"{user.login} is shared at {place} already", code="nothing-to-do")
    # In the history a name is one person's; a shared login is nobody's.
    if office.value("SELECT 1 FROM core_action WHERE actor = ? LIMIT 1", user.login):
        why = "has acted in its own name; add another login for the place, and share that one"
        raise Refused(f"{user.login} {why}", code="in-use")
    clear_pin_of(office, user.login)
    office.edit(user, managed=True, place_id=place_id)
    return f"{user.login} is shared at {place}: each entry asks for a name and PIN."


@action("core.user.unshare")
def unshare(office: Office, user: User) -> str:
    """End the sharing of a login; from then on it acts in its own name."""
    must_not_be_above(office, user)
    if user.place_id is None:
        raise Refused(f"{user.login} is not shared", code="nothing-to-do")
    office.edit(user, managed=True, place_id=None)
    return f"{user.login} is one person's login now: it acts in its own name, without a PIN."


@action("core.user.clear-pin", danger=True)
def clear_pin(office: Office, user: User) -> str:
    """Clear a person's PIN, so that they need a new one, which they set themselves."""
    must_not_be_above(office, user)
    if not clear_pin_of(office, user.login):
        raise Refused(f"{user.login} has no PIN", code="nothing-to-do")
    return f"{user.login} has no PIN any more, and sets a new one: officeops access pin."


def set_pin(office: StoredOffice, pin: Sealed) -> str:
    """Set the PIN of the acting person, who is its owner, as an action of its own.

    Raises Refused for one that is not taken, and where nobody with a login of their own acts.
    """
    if problem := pin_problem(pin):
        raise Refused([problem])
    # Before the gate: nobody waits for it.
    digest = digest_of(pin, office.store.keys.to_write(None))
    pin.forget()
    with office.acting(SET_PIN) as outcome, office.lifted():
        if office.actor not in dict(signers(office)):
            why = "is no user of this office, so it has no PIN"
            raise Refused(f"{office.actor} {why}", code="not-found")
        set_digest(office.store, office.actor, digest)
        outcome.append(f"The PIN of {office.actor} is set.")
    return outcome[0]


def issue_code(office: StoredOffice, user: User) -> Sealed:
    """Clear a person's PIN, and return a code with which they set a new one at a shared login.

    The history has that there was one, and not the code.
    """
    code = new_code()
    digest = kept(code, office.store.keys.to_write(None))
    with office.acting(clear_pin.name, {"of": [f"{user.meta.key}:{user.id}"]}), office.lifted():
        must_not_be_above(office, user)
        if user.place_id is not None:
            raise Refused(f"{user.login} is shared, so it has no PIN", code="nothing-to-do")
        set_digest(office.store, user.login, digest)
    return code


ACTIONS: list[Action[..., Any]] = [share, unshare, clear_pin]
