"""What is to be seen of the file and those beside it: who may read them, and where they lie."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from officeops.selfcheck.finding import Finding
from officeops.store.filesystem import network_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Files beside the office's own that hold its content, or the key to it.
BESIDE = ("", "-wal", "-shm", ".gate", ".line", ".key", ".seal")


def mode_findings(office: str, backups: str) -> Iterator[Finding]:
    """Look at who else may read the office's files, its backups and their folders."""
    wrong = [
        f"{path} ({mode:o}, should be {want:o})"
        for path, mode, want in open_to_others(office, backups)
    ]
    if wrong:
        yield Finding(
            "files",
            "files-open",
            "problem",
            f"Others on this machine can read {', '.join(wrong)}.",
            "`officeops selfcheck --fix` closes them and records it; so does `chmod 600 FILE`, and 700 for a folder.",
            "modes",
        )
    else:
        yield Finding(
            "files", "files-open", "ok", "The office's files and backups are its owner's alone."
        )
    others = [
        path
        for path in _files(office, backups)
        if _owner(path) not in {os.geteuid(), _owner(office)}
    ]
    if others:
        yield Finding(
            "files",
            "files-other-owner",
            "warning",
            f"{', '.join(others)}: owned by someone else than {office}.",
            "Give them to the account that runs officeops (chown).",
        )


def open_to_others(path: str, backups: str) -> list[tuple[str, int, int]]:
    """Return the files that group or others may read or write, each with its mode and the one it should have.

    What a link in their place leads to is not looked at, and never changed: it may be anybody's.
    """
    found = []
    for each in _files(path, backups):
        mode = stat.S_IMODE(os.lstat(each).st_mode)
        if mode & 0o077:
            found.append((each, mode, 0o600))
    for folder in _folders(path, backups):
        mode = stat.S_IMODE(os.lstat(folder).st_mode)
        # Names and sizes may be seen where the files themselves are closed; but who can write there can replace them.
        if mode & 0o022 and not mode & stat.S_ISVTX:
            found.append((folder, mode, 0o700))
    return found


def _files(path: str, backups: str) -> list[str]:
    # SQLite keeps its own files where a link to the office leads.
    beside = [each + ending for each in (os.path.realpath(path), path) for ending in BESIDE]
    folder, base = os.path.split(os.path.abspath(path))
    beside += [
        os.path.join(folder, name)
        for name in os.listdir(folder)
        if name.startswith((f"{base}.before-", f"{base}.key."))
    ]
    if os.path.isdir(backups):
        beside += [
            os.path.join(backups, name)
            for name in os.listdir(backups)
            if name.startswith(("office-", ".officeops-backup"))
        ]
    return [
        each for each in dict.fromkeys(beside) if os.path.isfile(each) and not os.path.islink(each)
    ]


def _folders(path: str, backups: str) -> list[str]:
    both = dict.fromkeys([os.path.dirname(os.path.abspath(path)), backups])
    return [each for each in both if os.path.isdir(each) and not os.path.islink(each)]


def _owner(path: str) -> int:
    return os.stat(path).st_uid


def place_findings(office: str) -> Iterator[Finding]:
    """Look at the file system under the office."""
    if kind := network_kind(office):
        yield Finding(
            "files", "file-on-network", "problem", f"The office is on a network file system ({kind}); a second machine that opens it can destroy it.",
            "Move it to a local disk, and keep the backups over there.",
        )  # fmt: skip
    else:
        yield Finding("files", "file-on-network", "ok", "The office is on a local file system.")
