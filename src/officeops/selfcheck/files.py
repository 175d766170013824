"""Checks of the office's file and those beside it: who may read them, and on which file system."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from officeops.selfcheck.finding import Finding
from officeops.store.filesystem import network_kind
from officeops.store.office_files import files_of, folders_of
from officeops.store.ownership import to_owner, unusable

if TYPE_CHECKING:
    from collections.abc import Iterator


def mode_findings(office: str, backups: str) -> Iterator[Finding]:
    """Check who else may read the office's files, backups and folders, and who owns them."""
    wrong = []
    for path, mode, right in open_to_others(office, backups):
        wrong.append(f"{path} ({mode:o}, should be {right:o})")
    if wrong:
        what = f"Others on this machine can read {', '.join(wrong)}."
        cure = (
            "`officeops selfcheck --fix` closes them and records it; so does `chmod 600 FILE`, and "
            "700 for a folder."
        )
        yield Finding("files", "files-open", "problem", what, cure, "modes")
    else:
        what = "The office's files and backups are its owner's alone."
        yield Finding("files", "files-open", "ok", what)
    # The files of an office that root looks at belong to its account.
    owners = {os.geteuid(), _owner(office)}
    places = [*files_of(office, backups), *([backups] if os.path.isdir(backups) else [])]
    others = [path for path in places if _owner(path) not in owners]
    if others:
        what = f"{', '.join(others)}: owned by someone else than {office}."
        cure = f"As root: {to_owner(office, others)}"
        # A warning where this login gets by without them, such as former keys.
        severity = "problem" if unusable(office, backups) else "warning"
        yield Finding("files", "files-other-owner", severity, what, cure)


def open_to_others(path: str, backups: str) -> list[tuple[str, int, int]]:
    """Return the files and folders that others may read or write: path, mode, and the right mode.

    A link in place of a file is left out: it may lead to a file of anyone.
    """
    wrong = []
    for file in files_of(path, backups):
        mode = stat.S_IMODE(os.lstat(file).st_mode)
        if mode & 0o077:
            wrong.append((file, mode, 0o600))
    for folder in folders_of(path, backups):
        mode = stat.S_IMODE(os.lstat(folder).st_mode)
        # Others may read the names in a folder whose files are closed. But anyone who can write to
        # it can replace a file, unless the sticky bit is set.
        if mode & 0o022 and not mode & stat.S_ISVTX:
            wrong.append((folder, mode, 0o700))
    return wrong


def _owner(path: str) -> int:
    return os.stat(path).st_uid


def place_findings(office: str) -> Iterator[Finding]:
    """Check the file system under the office."""
    kind = network_kind(office)
    if kind:
        # SQLite's shared memory works on one machine only (sqlite.org/wal.html).
        what = (
            f"The office is on a network file system ({kind}); a second machine that opens it can "
            "destroy it."
        )
        cure = "Move it to a local disk, and keep the backups over there."
        yield Finding("files", "file-on-network", "problem", what, cure)
    else:
        yield Finding(
            "files",
            "file-on-network",
            "ok",
            "The office is on a local file system.",
        )
