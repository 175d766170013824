"""Renewal of a credential: its end may be left to the cycle of its type."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a parameter
from typing import TYPE_CHECKING, Any, Final

from officeops import Action, Field, Outcome, Problem, Refused
from officeops_hr.credentials.credential_type import CredentialType
from officeops_hr.credentials.cycle import next_end

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_hr.credentials.credential import Credential

_RENEW: Final = "renew"


def actions(usual: Iterable[Action[..., Any]]) -> list[Action[..., Any]]:
    """Return the actions of a document, with a renewal that works its end out."""
    return [_by_cycle(action) if action.verb == _RENEW else action for action in usual]


def _by_cycle(usual: Action[..., Any]) -> Action[..., Any]:
    """Return the renewal of a document with an end that may be blank."""

    def renew(office: Office, credential: Credential, /, **given: Any) -> Outcome:  # noqa: ANN401 - as of any document
        given["expires_on"] = given.get("expires_on") or _end(office, credential)
        new = usual.run(office, credential, **given)
        words = f"{office.about(new)} is good until {new.expires_on}."
        return Outcome(new, words)

    end = Field(
        "date",
        default=None,
        month_end=True,
        help="Its last good day. [default: by the cycle of its type]",
    ).named("expires_on", "")
    others = tuple(parameter for parameter in usual.fields if parameter.name != "expires_on")
    renew.__module__ = usual.run.__module__
    return Action(
        renew,
        usual.name,
        help=usual.help,
        means=_RENEW,
        unless=usual.unless,
        fields=(end, *others),
    )


def _end(office: Office, credential: Credential) -> date:
    """Return the end by the cycle. Raises Refused where the type has none."""
    of_type = office.get(CredentialType, credential.type_id)
    if of_type.cycle is None:
        why = f"is needed: {of_type.name} has no cycle, from which it could follow"
        raise Refused([Problem(why, "expires_on", code="needed")])
    return next_end(credential.expires_on or office.today, of_type.cycle, of_type.ends)
