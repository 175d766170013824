"""Rotation of sealed files: their bytes are encrypted with the current key, in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.sealing.keyring import NoKey
from officeops.sealing.seal import Altered
from officeops.sealing.sealed_blob import open_bytes, seal_bytes
from officeops.store import blobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.sealing.sealing_office import SealingOffice

#: Files that are encrypted under one hold of the gate; each may have 25 MiB.
PIECE: Final = 4


def rotate_blobs(
    office: SealingOffice,
    verb: str,
    told: Callable[[int], object],
    problems: list[str],
) -> int:
    """Encrypt every sealed file that has another key than the current one; return how many.

    Each piece is an action called `verb`. `told` is called after each with the number that are
    done; those that do not open are added to `problems`.
    """
    done, last = 0, ""
    while left := _left(office, last):
        with office.acting(verb, {"record": "core.attachment"}, bulk="sealing files"):
            # Each again under the gate: a purge may have taken it away since it was listed.
            for address in left:
                done += _seal_again(office, address, problems)
        last = left[-1]
        told(done)
    return done


def _left(office: SealingOffice, after: str) -> list[str]:
    mark = office.seals.ring.keys[-1].mark
    with office.lifted():
        return blobs.sealed_otherwise(office.store.db, mark, after, PIECE)


def _seal_again(office: SealingOffice, address: str, problems: list[str]) -> bool:
    """Encrypt one file again; False, with a problem, where it does not open."""
    keys = office.seals.ring.keys
    store = office.store
    with office.lifted():
        kept = blobs.get(store.db, address)
        if kept is None:
            return False
        try:
            content = open_bytes(keys, address, kept)
        except (Altered, NoKey):
            problems.append(
                f"A sealed file does not open, and was left as it is: `officeops history verify` "
                f"names its attachment ({address[:24]}…)."
            )
            return False
        # The old bytes are deleted and not kept beside: the former key may be known to somebody.
        store.destroying = True
        try:
            blobs.replace(store.db, address, seal_bytes(keys[-1], address, content))
        finally:
            store.destroying = False
    return True
