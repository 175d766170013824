"""Public keys: what is taken for one, and that one key is one person."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import (
    kind,
    public_key,
    user,
)

from officeops.access.actions import admit, remove_key
from officeops.access.ssh_keys import by_fingerprint, fingerprint, read_public_key
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.office.office import Office


def rsa(bits: int) -> str:
    """Return a line such as a .pub file has, of an RSA key."""
    number = (1 << (bits - 1)).to_bytes(bits // 8 + 1, "big")
    parts = (b"ssh-rsa", b"\1\0\1", number)
    wire = b"".join(len(each).to_bytes(4, "big") + each for each in parts)
    return f"ssh-rsa {base64.b64encode(wire).decode()} old@laptop"


def test_a_public_key_is_kept_by_its_fingerprint(owner: Office) -> None:
    ann = admit(owner, "ann", ["clerk"], [public_key(1)])
    (key,) = owner.all(kind(owner, "core.ssh-key"))
    assert key.fingerprint == fingerprint(public_key(1))
    assert key.fingerprint.startswith("SHA256:")
    assert key.comment == "somebody@somewhere"
    assert by_fingerprint(owner, key.fingerprint) == ann
    assert by_fingerprint(owner, "SHA256:other") is None
    owner.do(remove_key, key)
    assert by_fingerprint(owner, key.fingerprint) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----",
            "private key",
        ),
        (f'command="sh" {public_key(1)}', "no kind of key"),
        (f"restrict,pty {public_key(1)}", "no kind of key"),
        (f"{public_key(1)}\n{public_key(2)}", "2 lines"),
        ("", "0 lines"),
        ("# only a comment", "0 lines"),
        (public_key(1, "ssh-dss"), "no kind of key"),
        (rsa(2048), "3072 bits"),
        (public_key(1, "ssh-ed25519-cert-v01@openssh.com"), "no kind of key"),
        (public_key(1, "ssh-rsa", said="ssh-ed25519"), "not those of such a key"),
        ("ssh-ed25519 nonsense!", "not those of a key"),
        ("ssh-ed25519 AAAA", "not those of such a key"),
        ("ssh-ed25519", "not those of such a key"),
        ("ssh-ed25519 \udcff\udcff", "not those of a key"),
        (f"ssh-ed25519 {base64.b64encode(b'short').decode()}", "not those of such a key"),
        ("x" * 100_000, "no kind of key"),
    ],
)
def test_what_is_no_public_key_is_refused_with_a_sentence(
    owner: Office, text: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        admit(owner, "ann", ["clerk"], [text])
    assert user(owner, "ann") is None


@pytest.mark.parametrize("size", [0, 1, 31, 33, 64])
def test_a_key_of_the_wrong_length_is_refused(size: int) -> None:
    with pytest.raises(Refused):
        read_public_key(public_key(0, size=size))


def test_an_rsa_key_long_enough_is_taken() -> None:
    assert read_public_key(rsa(3072))[1] == "old@laptop"


def test_what_stands_behind_a_key_cannot_become_a_line_of_its_own() -> None:
    _, comment = read_public_key(public_key(1).replace("somebody", 'x"\tcommand=\x1b[2J,'))
    assert '"' not in comment
    assert "\x1b" not in comment
    assert "\t" not in comment


def test_one_key_is_one_person(owner: Office) -> None:
    admit(owner, "ann", ["clerk"], [public_key(1)])
    with pytest.raises(Refused, match="ann's already"):
        admit(owner, "bob", ["clerk"], [public_key(1)])
    admit(owner, "ann", [], [public_key(1)])  # said twice is no error
    assert len(list(owner.all(kind(owner, "core.ssh-key")))) == 1
