"""Make a backup: copied by SQLite, checked through a connection of its own, described, and only then given its name."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.backup.anchor import LOST_CURE, lost, lost_sentence
from officeops.backup.checks import Facts, look_over
from officeops.backup.folder import PART, Folder, megabytes, name_for
from officeops.backup.identity import Identity, file_name, identity_of, slug
from officeops.backup.manifest import Manifest
from officeops.backup.retention import expired
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.store import interruption
from officeops.store.connection import connect
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.config import BackupSettings
    from officeops.office.office import Office


class Made(Value):
    """A backup that was made: where, what its manifest says, and the older ones that went for it."""

    path: str
    manifest: Manifest
    removed: list[str]


def make(office: Office, settings: BackupSettings, *, to: str = "", keep_all: bool = False) -> Made:
    """Back an open office up. Writers go on meanwhile.

    Raises Refused where there is no place or no room, Damaged where the copy does not pass SQLite's checks; nothing half
    made is left then. What the other checks find stands in the manifest: a faithful copy of a troubled office is kept.
    So does what older backups hold and the office has lost: a copy made after that must not hide it.
    """
    folder = Folder(to or settings.place(office.path))
    home = os.path.dirname(os.path.abspath(office.path))
    with folder.turn(f"{office.actor}: backup", home), _room(folder.path, office):
        missed = _missed(office, folder)
        path, manifest = _one(office, folder, settings, missed)
        whose = Identity(manifest.office, manifest.file, slug(manifest.site))
        removed = [] if keep_all else list(_prune(folder, settings, whose))
    return Made(path, manifest, removed)


def _missed(office: Office, folder: Folder) -> list[str]:
    """Return a sentence where the office has lost what older backups of it hold.

    What seems lost is looked for again under the gate: a restore under way is not on record yet.
    """
    there = folder.all(identity_of(office.store.db, office.path))
    if not lost(office.store.db, there):
        return []
    with office.store.gate.held(f"{office.actor}: backup"):
        gone = lost(office.store.db, there)
    return [f"{lost_sentence(gone)} {LOST_CURE}"] if gone else []


def _one(
    office: Office, folder: Folder, settings: BackupSettings, missed: list[str]
) -> tuple[str, Manifest]:
    """Make the file and its manifest, and give both their names."""
    encrypted = bool(settings.recipients)
    # What is to be encrypted never lies in the open in the place backups go to, which may be another machine's.
    part = os.path.join(
        os.path.dirname(os.path.abspath(office.path)) if encrypted else folder.path,
        f"office-{os.getpid()}{PART}",
    )
    ends = [part]
    try:
        facts = _copied(office, part)
        facts = facts.replace(problems=[*missed, *facts.problems])
        at = datetime.now(UTC)
        name = name_for(at, facts.site, encrypted=encrypted)
        path = os.path.join(folder.path, name)
        plain = manifests.digest(part)
        if encrypted:
            from officeops.backup.encryption import seal

            ends.append(path + PART)
            seal(part, path + PART, settings.recipients)
        manifest = _described(
            name, at, facts, ends[-1], plain if encrypted else "", file_name(office.path)
        )
        with interruption.held():
            _finish(ends[-1], path, manifest)
            office.fate.upgraded(f"The backup {path} was made.")
    finally:
        for each in ends:
            with suppress(FileNotFoundError):
                os.unlink(each)
    return path, manifest


def _copied(office: Office, part: str) -> Facts:
    """Let SQLite copy the office, and look the copy over. Only the copy is read as a file; the live one never is."""
    with suppress(FileNotFoundError):
        os.unlink(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    # On a connection of its own: a person's may be guarded, and copies nothing.
    own = connect(office.path)
    try:
        own.unlooked("VACUUM INTO ?", (part,))
    finally:
        own.close()
    return look_over(part, office.plugins, office.machine, office.path)


def _described(name: str, at: datetime, facts: Facts, part: str, plain: str, file: str) -> Manifest:
    from officeops import __version__

    digest = manifests.digest(part)
    return Manifest(
        name=name, sha256=digest, size=os.path.getsize(part), created_at=at.isoformat(timespec="milliseconds"),
        site=facts.site, sqlite=sqlite3.sqlite_version, officeops=__version__, encrypted=bool(plain), plain_sha256=plain or digest,
        migrations=facts.migrations, rows=facts.rows, anchor=facts.anchor, problems=facts.problems, office=facts.office, file=file,
    )  # fmt: skip


def _finish(part: str, path: str, manifest: Manifest) -> None:
    """Bring both files down to the disk; the manifest takes its name first, so that a backup under its own name is whole."""
    beside = manifests.path_of(path)
    sync(part)
    with open(
        os.open(beside + PART, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(manifest.text())
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside + PART, beside)
    os.replace(part, path)
    sync(os.path.dirname(path))


def _prune(folder: Folder, settings: BackupSettings, whose: Identity) -> Iterator[str]:
    for old in expired(
        folder.all(whose), settings, lambda backup: backup.good(), datetime.now(UTC)
    ):
        folder.remove(old)
        yield old.name


class _room:  # noqa: N801 - read as a word
    """Turn a full disk and a folder that cannot be written into sentences."""

    def __init__(self, folder: str, office: Office) -> None:
        self._folder = folder
        self._size = int(
            office.value("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        )

    def __enter__(self) -> None:
        disk = os.statvfs(self._folder)
        if disk.f_bavail * disk.f_frsize < self._size:
            raise self._no_room()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if isinstance(error, sqlite3.OperationalError) and "full" in str(error):
            raise self._no_room() from error
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise self._no_room() from error
        if isinstance(error, (OSError, sqlite3.OperationalError)):
            why = getattr(error, "strerror", None) or error
            raise Refused(
                f"The backup cannot be written to {self._folder}: {why}. Nothing half made was left. Name another folder with --to."
            ) from error

    def _no_room(self) -> Refused:
        return Refused(
            f"There is no room for the backup in {self._folder}: it takes about {megabytes(self._size)}. Nothing half made was left. "
            "Make room, or name another folder with --to."
        )
