"""Make a backup: SQLite copies the office; the copy is checked, described, and then named."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.backup.anchor import LOST_CURE, lost, lost_sentence
from officeops.backup.checks import INDEX_CURE, Facts, look_over
from officeops.backup.folder import PART, Folder, name_for
from officeops.backup.identity import Identity, file_name, identity_of, slug
from officeops.backup.manifest import Damaged, Manifest
from officeops.backup.retention import expired
from officeops.backup.room import Room, cleared, needed
from officeops.model.error_words import RESTORE
from officeops.model.immutable import Value
from officeops.store import interruption
from officeops.store.connection import connect
from officeops.store.ownership import leave_to_owner
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.config import BackupSettings
    from officeops.office.office import Office


class Made(Value):
    """A new backup: its path, its manifest, and the names of the older ones that were removed.

    `given_up` are those that had to go before their time, to make room for it.
    """

    path: str
    manifest: Manifest
    removed: list[str]
    given_up: list[str]


def make(
    office: Office,
    settings: BackupSettings,
    *,
    to: str = "",
    keep_all: bool = False,
) -> Made:
    """Back up an open office, while others write to it.

    The problems that checks find are recorded in the manifest, and the backup is kept: it is a true
    copy of a damaged office. Actions that only older backups have are recorded too, so that a copy
    from after their loss does not hide it. Raises Refused where there is no place or no room, and
    Damaged where the copy does not pass SQLite's checks; no part of it is left then.
    """
    folder = Folder(to or settings.place(office.path))
    home = os.path.dirname(os.path.abspath(office.path))
    with folder.turn(f"{office.actor}: backup", home):
        backups = folder.all(identity_of(office.store.db, office.path))
        size = needed(office)
        given_up = [] if keep_all else cleared(folder, backups, size)
        with Room(folder.path, backups, size):
            missed = _missed(office, folder)
            path, manifest = _copy(office, folder, settings, missed)
            whose = Identity(manifest.office, manifest.file, slug(manifest.site))
            removed = [] if keep_all else list(_prune(folder, settings, whose))
    # A folder elsewhere may be root's on purpose, out of the reach of the office's account.
    if os.path.dirname(folder.path) == home:
        leave_to_owner(office.path, folder.path)
    return Made(path, manifest, removed, given_up)


def _missed(office: Office, folder: Folder) -> list[str]:
    """Return a sentence if the office has lost actions that older backups have."""
    backups = folder.all(identity_of(office.store.db, office.path))
    if not lost(office.store.db, backups):
        return []
    # Checked again under the gate: a restore that is still running is not recorded yet.
    with office.store.gate.held(f"{office.actor}: backup"):
        ahead = lost(office.store.db, backups)
    return [f"{lost_sentence(ahead)} {LOST_CURE}"] if ahead else []


def _copy(
    office: Office,
    folder: Folder,
    settings: BackupSettings,
    missed: list[str],
) -> tuple[str, Manifest]:
    """Write the file and its manifest, and return the path and the manifest."""
    encrypted = bool(settings.recipients)
    # A copy that will be encrypted is never plain in the folder of the backups, which may be on
    # another machine.
    home = os.path.dirname(os.path.abspath(office.path)) if encrypted else folder.path
    part = os.path.join(home, f"office-{os.getpid()}{PART}")
    parts = [part]
    try:
        # The facts are those of the copy: of the live office they may change any moment.
        facts = _copied(office, part)
        facts = facts.replace(problems=[*missed, *facts.problems])
        at = datetime.now(UTC)
        path = os.path.join(folder.path, name_for(at, facts.site, encrypted=encrypted))
        plain = ""
        if encrypted:
            from officeops.backup.encryption import seal

            plain = manifests.digest(part)
            parts.append(path + PART)
            seal(part, path + PART, settings.recipients)
        name = os.path.basename(path)
        manifest = _described(name, at, facts, parts[-1], plain, file_name(office.path))
        with interruption.held():
            _finish(parts[-1], path, manifest)
            office.fate.upgraded(f"The backup {path} was made.")
    finally:
        # A copy that a full disk ended may leave SQLite's journal of it.
        for file in (*parts, f"{part}-journal"):
            with suppress(FileNotFoundError):
                os.unlink(file)
    return path, manifest


def _copied(office: Office, part: str) -> Facts:
    """Let SQLite copy the office, and check the copy.

    Only the copy is read as a file, never the live one.
    """
    with suppress(FileNotFoundError):
        os.unlink(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    # On a connection of its own: a person's may be limited to what they may see.
    own = connect(office.path)
    try:
        own.unlooked("VACUUM INTO ?", (part,))
    finally:
        own.close()
    try:
        return look_over(part, office.plugins, office.machine, office.path)
    except Damaged as damage:
        # The copy is taken away again: it is the office that is damaged.
        what = str(damage).replace(part, office.path)
        raise Damaged(what if INDEX_CURE in what else f"{what} {RESTORE}") from damage


def _described(
    name: str,
    at: datetime,
    facts: Facts,
    part: str,
    plain: str,
    file: str,
) -> Manifest:
    """Return the manifest of a file; `plain` is the digest of the copy before it was encrypted."""
    from officeops import __version__

    digest = manifests.digest(part)
    return Manifest(
        name=name,
        sha256=digest,
        size=os.path.getsize(part),
        created_at=at.isoformat(timespec="milliseconds"),
        site=facts.site,
        sqlite=sqlite3.sqlite_version,
        officeops=__version__,
        encrypted=bool(plain),
        plain_sha256=plain or digest,
        migrations=facts.migrations,
        rows=facts.rows,
        anchor=facts.anchor,
        problems=facts.problems,
        office=facts.office,
        file=file,
        attached_bytes=facts.attached_bytes,
    )


def _finish(part: str, path: str, manifest: Manifest) -> None:
    """Sync both files, and give them their names.

    The manifest gets its name first, so that a backup under its own name has one.
    """
    beside = manifests.path_of(path)
    sync(part)
    descriptor = os.open(beside + PART, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(manifest.text())
        file.flush()
        os.fsync(file.fileno())
    # Both are complete by now; a crash between the two leaves a manifest alone, which is swept
    # away.
    os.replace(beside + PART, beside)
    os.replace(part, path)
    sync(os.path.dirname(path))


def _prune(
    folder: Folder,
    settings: BackupSettings,
    whose: Identity,
) -> Iterator[str]:
    """Remove the backups that no rule keeps, and yield their names."""
    backups = folder.all(whose)
    for old in expired(
        backups,
        settings,
        lambda backup: backup.good(),
        datetime.now(UTC),
    ):
        folder.remove(old)
        yield old.name
