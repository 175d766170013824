"""Witnessing: the second person who signs for an action, by name and PIN, at any login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.access.identity import again
from officeops.access.pin_digest import is_same
from officeops.access.pins import digest_now
from officeops.access.starting_code import is_code
from officeops.model.errors import Forbidden, Refused
from officeops.office.signing import WRONG, compare
from officeops.office.witness_wanted import no_witness

if TYPE_CHECKING:
    from officeops.access.signature import Signature
    from officeops.model.sealed_value import Sealed
    from officeops.office.authorization import Authorizer
    from officeops.values.conventions import Conventions


def prove_witness(
    authorizer: Authorizer,
    ways: Conventions,
    name: str,
    pin: Sealed,
) -> Signature:
    """Compare the PIN of a witness, and return the proof. Raises Refused, also for the acting person."""
    signature = compare(authorizer, ways, name, pin)
    _must_be_another(authorizer, signature)
    return signature


def witness_first(authorizer: Authorizer, ways: Conventions) -> None:
    """Have a witness sign before an action that takes one. Raises Refused where nobody is asked."""
    if authorizer.witness is not None:
        return
    if authorizer.asks_witness is None or authorizer.store.gate.is_held:
        raise no_witness()
    authorizer.witness = prove_witness(authorizer, ways, *authorizer.asks_witness())


def check_witness(authorizer: Authorizer, verb: str) -> None:
    """Check inside the action that another person signed, whose PIN it is still, and who may look.

    Raises Refused, and Forbidden for a witness who may not view the kind of record.
    """
    signature = authorizer.witness
    now = digest_now(authorizer.store, signature.login) if signature else ""
    if signature is None or is_code(now) or not is_same(signature.digest, now):
        raise Refused(WRONG, code="wrong-pin")
    _must_be_another(authorizer, signature)
    # Asked here and not with the PIN: rights may go in between.
    _must_view(authorizer, signature.login, verb)


def _must_view(
    authorizer: Authorizer,
    login: str,
    verb: str,
) -> None:
    """Refuse a witness to whom the record is closed: they cannot tell what they sign."""
    key = verb.rpartition(".")[0]
    # To undo is a verb of no kind; the witness of the step itself was asked.
    if key not in authorizer.records:
        return
    view = f"{key}.view"
    if not authorizer.is_open_to(again(authorizer, login), view):
        kinds = authorizer.records[key].meta.many
        raise Forbidden(
            f"{login} may not view {kinds} ({view}), so another person is the witness. "
            "Nothing was written"
        )


def _must_be_another(authorizer: Authorizer, signature: Signature) -> None:
    if signature.login == authorizer.actor:
        why = f"{authorizer.actor} acts here; another person is the witness"
        raise Refused(why, code="same-person")
