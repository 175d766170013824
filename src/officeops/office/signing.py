"""Signing: the name and PIN by which one person acts at a login that people share.

An office that was signed is that person's for one entry: a screen opens one for each write, and a
command line is one entry. Nothing of it outlives the office object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.access.pin_digest import is_pin_of, is_same
from officeops.access.pins import SET_PIN, charge, digest_now, forgive, signers
from officeops.access.signature import Signature
from officeops.access.starting_code import is_code, usable
from officeops.model.errors import Refused
from officeops.model.text_folding import folded
from officeops.values.wording import count
from officeops.values.zones import local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from officeops.model.sealed_value import Sealed
    from officeops.office.authorization import Authorizer
    from officeops.values.conventions import Conventions

#: The same sentence for an unknown name, a person without a PIN, and a wrong PIN.
WRONG: Final = (
    "The name and the PIN do not go together; nothing was written. "
    "`officeops access pin` sets the PIN of your own login."
)


def candidates(authorizer: Authorizer, text: str) -> list[tuple[str, str]]:
    """List the people that the beginning of a login, or of a name, may mean."""
    wanted = folded(text)
    with authorizer.lifted():
        people = signers(authorizer)
    return [
        (login, name)
        for login, name in people
        if any(word.startswith(wanted) for word in (folded(login), *folded(name).split()))
        or folded(name).startswith(wanted)
    ]


def prove(
    authorizer: Authorizer,
    ways: Conventions,
    name: str,
    pin: Sealed,
) -> Signature:
    """Compare a person's PIN, by login or full name, and return the proof for one entry.

    Raises Refused: the office is open for a login of one person, who never acts as another; the name
    and PIN do not go together; too many tries.
    """
    if not authorizer.is_at_shared_login:
        why = f"{authorizer.login} is the login of one person, who acts in no other name"
        raise Refused(why, code="not-together")
    return compare(authorizer, ways, name, pin)


def compare(
    authorizer: Authorizer,
    ways: Conventions,
    name: str,
    pin: Sealed,
) -> Signature:
    """Compare a person's PIN, by login or full name, and forget it.

    Each call is a try that the file counts.
    """
    try:
        return _compared(authorizer, ways, name, pin)
    finally:
        pin.forget()


def _compared(
    authorizer: Authorizer,
    ways: Conventions,
    name: str,
    pin: Sealed,
) -> Signature:
    with authorizer.lifted():
        people = signers(authorizer)
        login = _login(name, people)
        charged = charge(authorizer.store, login or name, is_known=bool(login))
    if charged.locked_until:
        raise _locked(ways, name, charged.locked_until)
    # Outside the gate: nobody waits for the digest. An unknown name takes as long.
    digest = usable(charged.digest) if login else ""
    if not is_pin_of(pin, digest, authorizer.store.keys):
        raise Refused(WRONG, code="wrong-pin")
    with authorizer.lifted():
        forgive(authorizer.store, login, charged.digest)
    return Signature(login, charged.digest, charged.tries)


def _login(name: str, people: Sequence[tuple[str, str]]) -> str:
    """Return the login that a name means; blank for none, or a full name that two people have."""
    wanted = folded(name)
    named = [login for login, _ in people if folded(login) == wanted]
    named = named or [login for login, full in people if full and folded(full) == wanted]
    return named[0] if len(named) == 1 else ""


def _locked(
    ways: Conventions,
    name: str,
    until: datetime,
) -> Refused:
    clock = f"{local(until, ways.zone):%Y-%m-%d %H:%M}"
    return Refused(
        f"{name} typed a wrong PIN too often, and can sign again from {clock}. "
        "Or a manager clears the PIN, and its owner sets a new one.",
        code="pin-locked",
    )


def sign_first(authorizer: Authorizer, ways: Conventions) -> None:
    """Have somebody sign before they write at a shared login. Raises Refused where nobody is asked."""
    if not authorizer.who.is_shared:
        return
    # Others would wait at the gate for a person.
    if authorizer.asks is None or authorizer.store.gate.is_held:
        raise _unsigned(authorizer)
    authorizer.sign(prove(authorizer, ways, *authorizer.asks()))


def check_signature(authorizer: Authorizer, verb: str) -> None:
    """Check inside an action, where nothing changes any more, that its person signed, and may.

    A starting code signs a new PIN alone.
    """
    signature = authorizer.signature
    if signature is None:
        if authorizer.who.is_shared:
            raise _unsigned(authorizer)
        return
    now = digest_now(authorizer.store, signature.login)
    # The person or the login may be out by now, and the PIN another.
    if not authorizer.who.known or not is_same(signature.digest, now):
        raise Refused(WRONG, code="wrong-pin")
    if is_code(now) and verb != SET_PIN:
        why = "a starting code signs nothing but your new PIN: `:pin`, or officeops access pin"
        raise Refused(why, code="needs-signing")


def told_of_tries(signature: Signature) -> list[str]:
    """Tell a person of the wrong PINs that were typed for them, once."""
    wrong, signature.wrong = signature.wrong, 0
    times = count(wrong, "time")
    words = f"A wrong PIN was typed for {signature.login} {times} since the last right one."
    return [words] if wrong else []


def _unsigned(authorizer: Authorizer) -> Refused:
    return Refused(
        f"people share the login {authorizer.login}, so each entry needs a name and PIN; use the "
        "screen or a terminal, or your own login",
        code="needs-signing",
    )
