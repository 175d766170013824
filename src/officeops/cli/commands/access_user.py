"""Actions on a user, by login, for the commands of `officeops access`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.cli.commands.access_roles import logins
from officeops.cli.context import office_of, run_of
from officeops.cli.outcome import say_outcome
from officeops.cli.request_ids import found_for
from officeops.model.errors import NotFound
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    import click

    from officeops.access.records import User
    from officeops.model.actions import Action
    from officeops.office.office import Office


def do_to_user(
    ctx: click.Context,
    action: Action[..., str],
    login: str,
    **words: object,
) -> None:
    """Run an action on a user, once for each request id, and say its outcome."""
    office = office_of(ctx)
    from officeops.access.records import User

    # A repeated request to remove a user finds none: it gets its first answer.
    with found_for(ctx, action.name, User, login):
        user = user_called(office, login)
    say_outcome(ctx, office.do(action, user, request=run_of(ctx).request, **words))


def user_called(office: Office, login: str) -> User:
    """Return a user by login. Raises NotFound."""
    from officeops.access.records import User

    user = office.first(User, "login = ?", login)
    if user is None:
        near = did_you_mean(nearest(login, logins(office)))
        hint = near or "`officeops access list` lists them."
        raise NotFound(
            f"There is no user {login!r}. {hint}",
            code="not-found",
            facts={"kind": "user", "text": login},
        )
    return user
