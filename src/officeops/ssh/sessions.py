"""Sessions: who is on now.

Each is a file beside the office that its process holds locked. The kernel lets go of the lock with the process, however it
ends, so the list is never stale; and nobody waits for anybody to read or write it.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.model.immutable import Value
from officeops.store.gate_lock import take

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds after which a file that never got its name is nobody's.
ABANDONED = 60


class Session(Value):
    """Somebody who is on: login, since when (UTC), from which address, with what."""

    user: str
    since: str
    peer: str
    what: str


def enter(office: str, user: str, peer: str, what: str) -> int | None:
    """List this process as on, for as long as it lives; return the descriptor that says so, to be kept.

    None where the office's folder cannot be written: reading the office goes on unlisted.
    """
    from datetime import UTC, datetime

    folder, name = folder_of(office), f"{os.getpid()}-{os.urandom(4).hex()}"
    spare = os.path.join(folder, f".{name}")
    since = datetime.now(UTC).isoformat(timespec="seconds")
    text = json.dumps({"user": user, "since": since, "peer": peer, "what": what})
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        file = os.open(spare, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        # Locked and whole before it has a name that others look at.
        take(file)
        os.write(file, text.encode())
        os.rename(spare, os.path.join(folder, name))
    except OSError:
        return None
    return file


def leave(office: str, file: int | None) -> None:
    """Be on no longer, before the process ends."""
    if file is not None:
        os.close(file)
        list(sessions(office))


def sessions(office: str) -> Iterator[Session]:
    """Yield who is on, the longest first; what ended processes left is swept away."""
    found = []
    with suppress(OSError), os.scandir(folder_of(office)) as entries:
        found = [each for each in (_living(entry) for entry in entries) if each]
    yield from sorted(found, key=lambda each: (each.since, each.user))


def folder_of(office: str) -> str:
    """Return the folder in which the sessions of an office's file are listed."""
    return f"{os.path.abspath(office)}.sessions"


def _living(entry: os.DirEntry[str]) -> Session | None:
    if entry.name.startswith("."):
        with suppress(OSError):
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > ABANDONED:
                os.unlink(entry.path)
        return None
    try:
        file = os.open(entry.path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        if take(file):
            with suppress(OSError):
                os.unlink(entry.path)
            return None
        found = json.loads(os.read(file, 4096))
        return Session(*(str(found[name]) for name in ("user", "since", "peer", "what")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    finally:
        os.close(file)
