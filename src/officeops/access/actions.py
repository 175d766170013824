"""Access actions: adding users, and granting them roles and keys or revoking those.

Nobody gives what reaches further than their own, and nobody touches a person who reaches further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from officeops.access.doubts import last_owner, last_owner_s_role
from officeops.access.holdings import left_to_others
from officeops.access.identity import owner_of
from officeops.access.pins import clear_pin_of
from officeops.access.reach_of_user import must_not_be_above
from officeops.access.records import Membership, SshKey, User
from officeops.access.role_actions import NAME, TAKEN, grant, revoke
from officeops.access.ssh_keys import fingerprint, read_public_key
from officeops.model.actions import Consent, action, param
from officeops.model.errors import NotFound, Problem, Refused
from officeops.store.draft_removal import drop_drafts_of
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.store.stored_office import StoredOffice

#: The line of a .pub file, in the example of a command.
_PUBLIC: Final = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUFDtCFNVRHtJFTGDZNNkDaz4y6SMhyqzMHWWgDbx5P ann@laptop"
)


def admit(
    office: Office,
    login: str,
    roles: Iterable[str],
    keys: Iterable[str] = (),
    full_name: str | None = None,
    *,
    again: bool = False,
    request: str | None = None,
) -> User:
    """Add a user, or grant one more roles and keys. `keys` are texts of .pub files.

    Raises Refused with every problem: a name or key that cannot be, a role above one's own, and a
    login that was somebody's before, unless the same person comes back `again`: in the
    history a name is one person's.
    """
    roles, keys = list(roles), list(keys)
    given: dict[str, object] = {"login": login, "roles": " ".join(roles)}
    # A repetition is compared with all that was asked, so all of it is recorded.
    if request:
        given |= {"keys": keys, "full_name": full_name, "again": again}
    with office.acting("core.admit", given, request=request) as outcome:
        user = _admitted(office, login, roles, keys, full_name, again=again)
        outcome.append(user.login)
    return user


def _admitted(
    office: Office,
    login: str,
    roles: Iterable[str],
    keys: Iterable[str],
    full_name: str | None,
    *,
    again: bool,
) -> User:
    if login in TAKEN:
        why = f"{login} means something else in an office; give people other logins"
        raise Refused([Problem(why, "login", code="taken")], "User")
    if not NAME.fullmatch(login):
        why = "wants small letters, digits, - and _, a letter first, 32 at most"
        raise Refused([Problem(why, "login", code="malformed")], "User")
    if login == owner_of(office.path):
        why = (
            f"{login} owns the office's file and may do everything anyway; give people other logins"
        )
        raise Refused([Problem(why, "login", code="taken")], "User")
    user = office.first(User, "login = ?", login) or _back(office, login, again=again)
    if user is None:
        user = office.add(User(login=login, full_name=full_name))
    must_not_be_above(office, user)
    for role in roles:
        if not office.first(Membership, "user_id = ? AND role = ?", user.id, role):
            office.add(Membership(user_id=user.id, role=role))
    for text in keys:
        _add_key(office, user, text)
    return user


def _back(
    office: Office,
    login: str,
    *,
    again: bool,
) -> User | None:
    """Return a person who was in before, in again; None where nobody of that name was."""
    before = office.value("SELECT max(id) FROM core_user WHERE login = ?", login)
    if before is None:
        return None
    if not again:
        why = (
            f"{login} is a former user. Reactivate the same person with --again; "
            "give anyone else another login"
        )
        raise Refused([Problem(why, "login", code="taken", facts={"by": login})], "User")
    return office.unarchive(office.get(User, before))


@action("core.admit", word="add-user")
def let_in(
    office: Office,
    login: str = param(example="ann", help="Short name: small letters, digits, - and _"),
    role: str = param(
        example="clerk", help="owner, manager, clerk, read-only, or another of `access roles`"
    ),
    full_name: str | None = param(default=None),
    public: str | None = param(default=None, label="SSH key", help="The line of their .pub file"),
    again: bool = param(  # noqa: FBT001 - named
        default=False, label="Reactivate", help="Reactivate the former user with this login"
    ),
) -> str:
    """Add a user."""
    user = _admitted(office, login, [role], [public] if public else [], full_name, again=again)
    return f"{user.login} can log in as {role}."


def _add_key(
    office: Office,
    user: User,
    text: str,
) -> SshKey:
    public, comment = read_public_key(text)
    digest = fingerprint(public)
    present = office.first(SshKey, "fingerprint = ?", digest)
    if present is None:
        new = SshKey(
            user_id=user.id,
            fingerprint=digest,
            public=public,
            comment=comment or None,
            added_on=office.today,
        )
        return office.add(new)
    if present.user_id != user.id:
        owner = office.get(User, present.user_id).login
        problem = Problem(
            f"is {owner}'s already; one key is one person", "key", code="taken", facts={"by": owner}
        )
        raise Refused([problem], f"User {user.login}")
    return present


@action("core.user.give-role", word="grant-role")
def give_role(
    office: Office,
    user: User,
    role: str = param(
        example="clerk", help="owner, manager, clerk, read-only, or another of `access roles`"
    ),
) -> str:
    """Grant a role to a user."""
    must_not_be_above(office, user)
    if office.first(Membership, "user_id = ? AND role = ?", user.id, role):
        raise Refused(
            [Problem(f"{user.login} has the role {role} already", "role", code="nothing-to-do")]
        )
    office.add(Membership(user_id=user.id, role=role))
    return f"{user.login} has the role {role}."


@action(
    "core.user.take-role",
    word="revoke-role",
    consent=Consent("despite", last_owner_s_role, by_given=True),
)
def take_role(
    office: Office,
    user: User,
    role: str = param(example="clerk", help="The role to revoke"),
    despite: bool = param(default=False, help="Revoke it from the only owner, too"),  # noqa: ARG001, FBT001 - weighed before
) -> str:
    """Revoke a role from a user."""
    must_not_be_above(office, user)
    membership = office.first(Membership, "user_id = ? AND role = ?", user.id, role)
    if membership is None:
        raise NotFound(f"{user.login} does not have the role {role}.", code="not-found")
    office.archive(membership)
    return f"The role {role} is revoked from {user.login}."


@action("core.user.add-key")
def add_key(
    office: Office,
    user: User,
    public: str = param(example=_PUBLIC, help="The line of the .pub file"),
) -> str:
    """Add an SSH key to a user."""
    must_not_be_above(office, user)
    ssh_key = _add_key(office, user, public)
    return f"{user.login} logs in with {ssh_key.fingerprint}."


@action(
    "core.user.remove",
    word="deactivate",
    danger=True,
    consent=Consent("despite", last_owner),
)
def remove(
    office: Office,
    user: User,
    despite: bool = param(default=False, help="Deactivate the only owner, too"),  # noqa: ARG001, FBT001 - weighed before
) -> str:
    """Deactivate a user; the history keeps their actions."""
    must_not_be_above(office, user)
    keys = list(office.all(SshKey, "user_id = ?", user.id))
    memberships = list(office.all(Membership, "user_id = ?", user.id))
    for record in (*keys, *memberships):
        office.archive(record)
    # Or somebody could still sign with the PIN of a former user.
    clear_pin_of(office, user.login)
    office.archive(user)
    with office.lifted():
        drafts = drop_drafts_of(cast("StoredOffice", office).store.db, user.login)
    roles = [membership.role for membership in memberships]
    left = left_to_others(office, user.login)
    return " ".join(_farewell(user.login, roles, len(keys), drafts, left))


def _farewell(
    login: str,
    roles: Sequence[str],
    keys: int,
    drafts: int,
    left: Iterable[str],
) -> Iterator[str]:
    """Yield sentences on what a person loses, and what still goes by their name."""
    lost = [f"the role {role}" for role in roles]
    if keys:
        lost.append(wording.count(keys, "SSH key"))
    yield f"{login} is deactivated."
    if lost:
        yield f"Revoked: {', '.join(lost)}."
    if drafts:
        # Undo brings the login back, and not these: they are in no history.
        yield f"{wording.count(drafts, 'draft')} not booked discarded for good."
    yield from left


@action("core.ssh-key.remove", danger=True)
def remove_key(office: Office, key: SshKey) -> str:
    """Remove a key; no one logs in with it any more."""
    owner = office.get(User, key.user_id)
    # A former user reaches nothing any more, so nobody can be below one.
    if owner.archived_at is None:
        must_not_be_above(office, owner)
    office.archive(key)
    return f"{key.fingerprint} of {owner.login} is removed."


ACTIONS: list[Action[..., Any]] = [
    let_in,
    give_role,
    take_role,
    add_key,
    remove,
    remove_key,
    grant,
    revoke,
]
