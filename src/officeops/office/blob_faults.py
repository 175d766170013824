"""Faults of attached bytes: whether those kept under a digest are the ones that were attached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from officeops.store import blobs

if TYPE_CHECKING:
    from officeops.sealing.sealing_office import SealingOffice

    #: Altered, sealed with a key that is not here, or blank where they are as they were attached.
    BlobFault = Literal["", "altered", "unopened"]


def blob_fault(office: SealingOffice, address: str) -> BlobFault:
    """Hash the bytes of a digest, and return their fault. Called unguarded."""
    if "." in address:
        return _sealed_fault(office, address)
    from hashlib import sha256

    kept = blobs.get(office.store.db, address) or b""
    return "" if sha256(kept).hexdigest() == address else "altered"


def _sealed_fault(office: SealingOffice, address: str) -> BlobFault:
    from officeops.sealing.keyring import NoKey
    from officeops.sealing.seal import Altered
    from officeops.sealing.sealed_blob import open_bytes

    kept = blobs.get(office.store.db, address) or b""
    try:
        open_bytes(office.seals.ring.keys, address, kept)
    except NoKey:
        return "unopened"
    except Altered:
        return "altered"
    return ""
