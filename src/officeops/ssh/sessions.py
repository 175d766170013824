"""Sessions: the people who use the office now.

Each session is a file beside the office, which its process keeps locked. The kernel releases the
lock with the process, however it ends, so the list is never stale; and nobody waits for anybody to
read or write it.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.store.gate_lock import take

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What a session's file keeps, in the order of `Session`.
_NAMES: Final = ("user", "since", "peer", "what", "key")
#: Seconds after which a file that never got its final name is swept away.
ABANDONED = 60


class Session(Value):
    """Somebody who uses the office: login, since when (UTC), from which address, with what.

    `key` is the fingerprint of the SSH key that they came by; blank without one.
    """

    user: str
    since: str
    peer: str
    what: str
    key: str = ""


def enter(
    office: str,
    user: str,
    peer: str,
    what: str,
    key: str = "",
) -> int | None:
    """List this process until it ends; return the locked descriptor, which must stay open.

    None where the office's folder cannot be written: the process then reads the office unlisted.
    """
    from datetime import UTC, datetime

    folder, name = folder_of(office), f"{os.getpid()}-{os.urandom(4).hex()}"
    spare = os.path.join(folder, f".{name}")
    since = datetime.now(UTC).isoformat(timespec="seconds")
    session = {"user": user, "since": since, "peer": peer, "what": what, "key": key}
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        file = os.open(spare, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        # Locked and complete before it gets a name that others look at.
        take(file)
        os.write(file, json.dumps(session).encode())
        os.rename(spare, os.path.join(folder, name))
    except OSError:
        return None
    return file


def leave(office: str, file: int | None) -> None:
    """Take this process off the list, before it ends."""
    if file is not None:
        os.close(file)
        # Reading the list sweeps away the file that is not locked any more.
        list(sessions(office))


def sessions(office: str) -> Iterator[Session]:
    """Yield the sessions, the longest first; files of ended processes are swept away."""
    living = []
    with suppress(OSError), os.scandir(folder_of(office)) as entries:
        for entry in entries:
            session = _living(entry)
            if session:
                living.append(session)
    yield from sorted(living, key=lambda session: (session.since, session.user))


def folder_of(office: str) -> str:
    """Return the folder with the sessions of an office's file."""
    return f"{os.path.abspath(office)}.sessions"


def _living(entry: os.DirEntry[str]) -> Session | None:
    """Return the session of a file, or None, and sweep the file away, if its process has ended."""
    if entry.name.startswith("."):
        _sweep_abandoned(entry)
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
        fields = json.loads(os.read(file, 4096))
        # A session of an earlier version, still open, has no key.
        fields.setdefault("key", "")
        return Session(*(str(fields[name]) for name in _NAMES))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    finally:
        os.close(file)


def _sweep_abandoned(entry: os.DirEntry[str]) -> None:
    """Remove a file that its process did not finish; a fresh one may still be being written."""
    with suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > ABANDONED:
            os.unlink(entry.path)
