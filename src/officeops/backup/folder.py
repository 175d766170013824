"""Folder: where the backups of an office lie, in the order they were made."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.backup import manifest as manifests
from officeops.errors import NotFound, OfficeError, Refused
from officeops.store.gate import Gate
from officeops.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

#: office-20260131T060000123Z-main.db: names sort by time; the site's code keeps those of two sites apart.
NAME: Final = re.compile(r"office-(\d{8}T\d{9})Z-([a-z0-9-]+)\.db(\.age)?")
#: What a backup that is being made, or was broken off, is called.
PART: Final = ".part"
SCRATCH: Final = ".scratch-"
STATE: Final = ".officeops-backup.json"
#: Seconds to wait for another backup into the same folder.
PATIENCE: Final = 600.0
DAY: Final = 86_400


class Backup(Value):
    """A finished backup: its file, when it was made (UTC) and the site whose it is."""

    path: str
    at: datetime
    site: str
    encrypted: bool

    @property
    def name(self) -> str:
        """The file's name."""
        return os.path.basename(self.path)

    def manifest(self) -> manifests.Manifest:
        """Read its manifest. Raises NotFound, Damaged."""
        return manifests.read(self.path)

    def good(self) -> bool:
        """Whether its manifest is whole and says that all checks held when it was made."""
        try:
            return self.manifest().good
        except OfficeError:
            return False


class _Turn(Gate):
    """One backup at a time into a folder."""

    def _sentence(self) -> str:
        return "Another backup into the same folder is still under way. Try again when it is done."


class Folder:
    """The folder of backups at `path`."""

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)

    def make(self) -> None:
        """Make the folder, for its owner alone. Raises Refused where it cannot be made or written."""
        try:
            os.makedirs(self.path, mode=0o700, exist_ok=True)
            writable = os.access(self.path, os.W_OK | os.X_OK)
        except OSError as error:
            raise Refused(
                f"The folder {self.path} cannot be made: {error.strerror}. Name another with --to."
            ) from error
        if not writable:
            raise Refused(
                f"The folder {self.path} cannot be written. Give its owner that right, or name another with --to."
            )

    def all(self, site: str = "") -> list[Backup]:
        """Return the finished backups, oldest first; of one site where it is said."""
        try:
            names = sorted(os.listdir(self.path))
        except OSError:
            return []
        found = [_backup(self.path, name) for name in names]
        return [each for each in found if each and site in {"", each.site}]

    def latest(self) -> Backup:
        """Return the newest backup. Raises NotFound where there is none."""
        there = self.all()
        if not there:
            raise NotFound(f"There is no backup in {self.path}. `officeops backup` makes one.")
        return there[-1]

    def latest_good(self) -> Backup | None:
        """Return the newest backup whose checks held, if there is one."""
        return next((each for each in reversed(self.all()) if each.good()), None)

    def find(self, word: str) -> str:
        """Return the path a person means: `latest`, a backup's name, or a path. Raises NotFound."""
        if word == "latest":
            return self.latest().path
        for path in (word, os.path.join(self.path, word)):
            if os.path.isfile(path):
                return path
        raise NotFound(
            f"There is no file {word}, and none of that name in {self.path}. `officeops backup list` shows what is there."
        )

    @contextmanager
    def turn(self, note: str, beside: str) -> Iterator[None]:
        """Hold the folder while a backup is made; what was broken off before is cleared away first. Raises Busy.

        `beside` is the office's own folder, where work on encrypted backups is done.
        """
        self.make()
        lock = _Turn(os.path.join(self.path, ".officeops-backup"))
        try:
            with lock.held(note, PATIENCE):
                self._clear()
                clear_old(self.path)
                clear_old(beside)
                yield
        finally:
            lock.close()

    def _clear(self) -> None:
        """Remove what a backup that was killed left behind; nobody else makes one here now."""
        for name in os.listdir(self.path):
            path = os.path.join(self.path, name)
            orphan = name.endswith(".json") and NAME.fullmatch(name[:-5]) and not os.path.exists(path[:-5])
            if orphan or (name.startswith("office-") and name.endswith((PART, f"{PART}-journal"))):
                os.unlink(path)

    def remove(self, backup: Backup) -> None:
        """Remove a backup: the file before its manifest, so that no half of one looks whole."""
        os.unlink(backup.path)
        with suppress(FileNotFoundError):
            os.unlink(manifests.path_of(backup.path))

    # -- what happened to backups after they were made ---------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return what is remembered beside the backups: the last copy elsewhere, the last drill."""
        try:
            with open(os.path.join(self.path, STATE), encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def remember(self, **facts: object) -> None:
        """Remember something of that kind, with the moment; where it cannot be written, nothing is lost but the memory."""
        path = os.path.join(self.path, STATE)
        part = f"{path}.{os.getpid()}"
        with suppress(OSError):
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump({**self.state(), **facts}, file, indent=1, sort_keys=True)
            os.replace(part, path)


def clear_old(place: str) -> None:
    """Remove scratch work of a day ago or more: whoever did it was killed."""
    for name in os.listdir(place):
        path = os.path.join(place, name)
        ours = name.startswith(SCRATCH) or (name.startswith("office-") and name.endswith(PART))
        if ours and os.stat(path).st_mtime < time.time() - DAY:
            shutil.rmtree(path, ignore_errors=True) if os.path.isdir(path) else os.unlink(path)


def name_for(at: datetime, site: str, *, encrypted: bool) -> str:
    """Return the name of a backup made at a moment."""
    moment = at.astimezone(UTC)
    stamp = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03}"
    return f"office-{stamp}Z-{slug(site)}.db{'.age' if encrypted else ''}"


def slug(site: str) -> str:
    """Return a site's code as file names can have it."""
    return re.sub(r"[^a-z0-9]+", "-", site.lower()).strip("-") or "main"


def megabytes(size: int) -> str:
    """Return a size in bytes as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"


def utc_now() -> str:
    """Return this moment as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _backup(folder: str, name: str) -> Backup | None:
    fits = NAME.fullmatch(name)
    if not fits:
        return None
    try:
        at = datetime.strptime(fits[1] + "000+0000", "%Y%m%dT%H%M%S%f%z")
    except ValueError:
        return None
    return Backup(os.path.join(folder, name), at, fits[2], bool(fits[3]))
