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
from officeops.backup.identity import slug
from officeops.backup.listed import Backup
from officeops.model.errors import NotFound, Refused
from officeops.store.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.identity import Identity

#: office-20260131T060000123Z-main.db: names sort by time; the site's code keeps those of two sites apart.
NAME: Final = re.compile(r"office-(\d{8}T\d{9})Z-([a-z0-9-]+)\.db(\.age)?")
#: What a backup that is being made, or was broken off, is called.
PART: Final = ".part"
SCRATCH: Final = ".scratch-"
STATE: Final = ".officeops-backup.json"
#: Seconds to wait for another backup into the same folder.
PATIENCE: Final = 600.0
DAY: Final = 86_400


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

    def all(self, whose: Identity | None = None) -> list[Backup]:
        """Return the finished backups, oldest first; of one office and its file where it is said."""
        try:
            names = sorted(os.listdir(self.path))
        except OSError:
            return []
        found = [each for name in names if (each := _backup(self.path, name))]
        if whose is None:
            return found
        return [each for each in found if each.site == whose.site and whose.owns(each.known())]

    def latest(self, whose: Identity | None = None) -> Backup:
        """Return the newest backup, of an office where it is said: of its file, or else of another file of the same office.

        Raises NotFound where there is none.
        """
        there = self.all(whose)
        if whose and not there:
            there = [
                each for each in self.all() if each.site == whose.site and whose.began(each.known())
            ]
        if there:
            return there[-1]
        if self.all():
            raise NotFound(
                f"There is no backup of this office in {self.path}, but there are others'. `officeops backup list` shows them; name one."
            )
        raise NotFound(f"There is no backup in {self.path}. `officeops backup` makes one.")

    def find(self, word: str, whose: Identity | None = None) -> str:
        """Return the path a person means: `latest` of an office, a backup's name, or a path. Raises NotFound."""
        if word == "latest":
            return self.latest(whose).path
        for path in (word, os.path.join(self.path, word)):
            if os.path.isfile(path):
                return path
        raise NotFound(
            f"There is no file {word}, and none of that name in {self.path}. `officeops backup list` lists them."
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
            orphan = (
                name.endswith(".json")
                and NAME.fullmatch(name[:-5])
                and not os.path.exists(path[:-5])
            )
            if orphan or (name.startswith("office-") and name.endswith((PART, f"{PART}-journal"))):
                os.unlink(path)

    def remove(self, backup: Backup) -> None:
        """Remove a backup: the file before its manifest, so that no half of one looks whole."""
        os.unlink(backup.path)
        with suppress(FileNotFoundError):
            os.unlink(manifests.path_of(backup.path))

    # -- what happened to backups after they were made ---------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return what is remembered beside the backups: the last copy elsewhere, the last drill. What cannot be read is none."""
        return self._state() or {}

    def forgot(self) -> bool:
        """Whether what was remembered cannot be read."""
        return self._state() is None

    def _state(self) -> dict[str, Any] | None:
        try:
            with open(os.path.join(self.path, STATE), encoding="utf-8") as file:
                found = json.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) and all(map(_remembered, found.items())) else None

    def remember(self, **facts: object) -> None:
        """Remember something of that kind, with the moment; where it cannot be written, nothing is lost but the memory."""
        path = os.path.join(self.path, STATE)
        part = f"{path}.{os.getpid()}"
        with suppress(OSError):
            with open(
                os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                json.dump({**self.state(), **facts}, file, indent=1, sort_keys=True)
            os.replace(part, path)


def _remembered(fact: tuple[str, Any]) -> bool:
    """Whether a fact is as `remember` writes it: when it was, and of which backup."""
    name, facts = fact
    if name == "failed":
        return True  # for people alone
    if not isinstance(facts, dict) or not isinstance(facts.get("name"), str):
        return False
    names = facts.get("names", [])
    try:
        return datetime.fromisoformat(facts["at"]).tzinfo is not None and all(
            isinstance(each, str) for each in names
        )
    except (KeyError, TypeError, ValueError):
        return False


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
