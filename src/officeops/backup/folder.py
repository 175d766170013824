"""Folder: the backups of an office, in the order in which they were made."""

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
from officeops.model.errors import Broken, NotFound, Refused
from officeops.store.gate import Gate
from officeops.store.system_refusals import not_allowed, system_refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.backup.identity import Identity

#: office-20260131T060000123Z-main.db: names sort by time; the site's code tells two sites apart.
NAME: Final = re.compile(r"office-(\d{8}T\d{9})Z-([a-z0-9-]+)\.db(\.age)?")
#: The ending of a backup that is being made, or was broken off.
PART: Final = ".part"
#: The beginning of scratch folders, in which backups are opened and restored.
SCRATCH: Final = ".scratch-"
#: The file with the notes on copies and drills.
STATE: Final = ".officeops-backup.json"
#: Seconds to wait for another backup into the same folder.
PATIENCE: Final = 600.0
#: Seconds after which scratch work is taken for abandoned.
DAY: Final = 86_400


class _Turn(Gate):
    """A lock on the folder: one backup at a time."""

    def _sentence(self) -> str:
        return "Another backup into the same folder is still under way. Try again when it is done."


class Folder:
    """The folder of backups at `path`."""

    def __init__(self, path: str) -> None:
        self.path = os.path.abspath(path)

    def make(self) -> None:
        """Create the folder, for its owner alone.

        Raises Refused where it cannot be made or written.
        """
        try:
            os.makedirs(self.path, mode=0o700, exist_ok=True)
            writable = os.access(self.path, os.W_OK | os.X_OK)
        except OSError as error:
            raise Refused(
                f"The folder {self.path} cannot be made. {system_refusal(error)} --to names another "
                "folder.",
                code="cannot-write",
            ) from error
        if not writable:
            raise Refused(
                f"{not_allowed(self.path)} --to names another folder.", code="cannot-write"
            )

    def all(self, whose: Identity | None = None) -> list[Backup]:
        """Return the finished backups, oldest first; with `whose`, those of one office's file.

        The one with the higher last action is the newer, whatever the clock said when it was made.
        """
        try:
            names = sorted(os.listdir(self.path))
        except OSError:
            return []
        ranked = []
        now, last = datetime.now(UTC), 0
        for name in names:
            backup = _backup(self.path, name)
            if backup is None:
                continue
            manifest = backup.known()
            if whose is None or _is_of(backup, manifest, whose, of_file=True):
                # Without a readable manifest, it counts as of the time that its name says.
                last = int(manifest.anchor.get("action") or 0) if manifest else last
                ranked.append(((last, backup.at <= now, backup.at), backup))
        return [backup for _, backup in sorted(ranked, key=_rank)]

    def latest(self, whose: Identity | None = None) -> Backup:
        """Return the newest backup; with `whose`, of its file, else of another file of that office.

        Raises NotFound where there is none.
        """
        backups = self.all(whose)
        if whose and not backups:
            everyone = self.all()
            backups = [
                backup
                for backup in everyone
                if _is_of(backup, backup.known(), whose, of_file=False)
            ]
            if not whose.office:
                _refuse_several(backups, self.path)
        if backups:
            return backups[-1]
        self.refuse_closed()
        if self.all():
            raise NotFound(
                f"There is no backup of this office in {self.path}, but there are others'. "
                "`officeops backup list` shows them; name one.",
                code="not-found",
            )
        raise NotFound(
            f"There is no backup in {self.path}. `officeops backup` makes one.", code="not-found"
        )

    def refuse_closed(self) -> None:
        """Raise Broken where this login may not read the folder, so that its backups are unknown."""
        if os.path.isdir(self.path) and not os.access(self.path, os.R_OK | os.X_OK):
            raise Broken(not_allowed(self.path))

    def find(self, word: str, whose: Identity | None = None) -> str:
        """Return the path that a word means: `latest`, a backup's name, or a path.

        Raises NotFound.
        """
        if word == "latest":
            return self.latest(whose).path
        # A path comes first: a file in the current folder is what the person sees.
        for path in (word, os.path.join(self.path, word)):
            if os.path.isfile(path):
                return path
        raise NotFound(
            f"There is no file {word}, and none of that name in {self.path}. "
            "`officeops backup list` lists them.",
            code="not-found",
        )

    @contextmanager
    def turn(self, note: str, beside: str) -> Iterator[None]:
        """Lock the folder while a backup is made, after removing the parts of broken-off ones.

        `beside` is the office's own folder, where a backup is written before it is encrypted.
        Raises Busy.
        """
        self.make()
        lock = _Turn(os.path.join(self.path, ".officeops-backup"))
        try:
            with lock.held(note, PATIENCE):
                # Under the lock: a part that is here belongs to a process that is gone.
                self._clear()
                clear_old(self.path)
                clear_old(beside)
                yield
        finally:
            lock.close()

    def _clear(self) -> None:
        """Remove the parts of a killed backup; under the lock, nobody else makes one now."""
        names = os.listdir(self.path)
        parts = [
            name
            for name in names
            if name.startswith("office-") and name.endswith((PART, f"{PART}-journal"))
        ]
        # Only beside such a part may a manifest alone be of a backup that was never finished; any
        # other tells of a backup that is gone.
        for name in [*parts, *(self.orphans() if parts else ())]:
            os.unlink(os.path.join(self.path, name))

    def orphans(self) -> list[str]:
        """Return the names of the manifests whose backup is not there."""
        with suppress(OSError):
            return [name for name in sorted(os.listdir(self.path)) if self._is_orphan(name)]
        return []

    def gone_after(self, latest: str, whose: Identity) -> Iterator[tuple[str, int]]:
        """Yield each backup of an office that is gone though a later one than `latest`.

        The manifest that remains has its name and its last action.
        """
        last = _last_action(Backup(latest, datetime.now(UTC), "", encrypted=False))
        for name in self.orphans():
            backup = _backup(self.path, name.removesuffix(".json"))
            manifest = backup.known() if backup else None
            if backup and manifest and _is_of(backup, manifest, whose, of_file=True):
                action = _last_action(backup)
                if action > last:
                    yield backup.name, action

    def _is_orphan(self, name: str) -> bool:
        backup = name.removesuffix(".json")
        if backup == name or not NAME.fullmatch(backup):
            return False
        return not os.path.exists(os.path.join(self.path, backup))

    def remove(self, backup: Backup) -> None:
        """Remove a backup, the file before its manifest: a file alone would still look usable."""
        os.unlink(backup.path)
        with suppress(FileNotFoundError):
            os.unlink(manifests.path_of(backup.path))

    def state(self) -> dict[str, Any]:
        """Return the notes on the backups: the last copy elsewhere, the last drill.

        There are none where the notes cannot be read.
        """
        return self._state() or {}

    def forgot(self) -> bool:
        """Return whether the notes cannot be read."""
        return self._state() is None

    def _state(self) -> dict[str, Any] | None:
        try:
            with open(os.path.join(self.path, STATE), encoding="utf-8") as file:
                state = json.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            return None
        is_whole = isinstance(state, dict) and all(map(_is_note, state.items()))
        return state if is_whole else None

    def remember(self, **notes: object) -> None:
        """Add notes; where they cannot be written, the backup itself is as good as before."""
        path = os.path.join(self.path, STATE)
        part = f"{path}.{os.getpid()}"
        with suppress(OSError):
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump(
                    {**self.state(), **notes},
                    file,
                    indent=1,
                    sort_keys=True,
                )
            os.replace(part, path)


def _is_note(note: tuple[str, Any]) -> bool:
    """Return whether a note is as `remember` writes it: with the backup's name and the moment."""
    key, facts = note
    # The note on a failure is for people only.
    if key == "failed":
        return True
    if not isinstance(facts, dict) or not isinstance(facts.get("name"), str):
        return False
    try:
        at = datetime.fromisoformat(facts["at"])
        return at.tzinfo is not None and all(
            isinstance(name, str) for name in facts.get("names", [])
        )
    except (KeyError, TypeError, ValueError):
        return False


def _last_action(backup: Backup) -> int:
    manifest = backup.known()
    return int(manifest.anchor.get("action") or 0) if manifest else 0


def _rank(ranked: tuple[tuple[int, bool, datetime], Backup]) -> tuple[int, bool, datetime]:
    return ranked[0]


def _refuse_several(backups: Iterable[Backup], folder: str) -> None:
    """Raise NotFound where backups are of several offices, and the file does not say which."""
    manifests_of = filter(None, (backup.known() for backup in backups))
    if len({manifest.office for manifest in manifests_of}) > 1:
        raise NotFound(
            f"{folder} has backups of several offices, none of them of a file of this name. "
            "`officeops backup list` shows them; name one.",
            code="not-found",
        )


def _is_of(
    backup: Backup,
    manifest: manifests.Manifest | None,
    whose: Identity,
    *,
    of_file: bool,
) -> bool:
    """Return whether a backup is of an office, and of its very file.

    Of a damaged file nobody knows the site.
    """
    if whose.site and backup.site != whose.site:
        return False
    return whose.owns(manifest) if of_file else whose.began(manifest)


def clear_old(place: str) -> None:
    """Remove scratch files that are a day old: the process that made them was killed."""
    for name in os.listdir(place):
        path = os.path.join(place, name)
        is_part = name.startswith("office-") and name.endswith(PART)
        is_ours = is_part or name.startswith(SCRATCH)
        if not is_ours or os.stat(path).st_mtime >= time.time() - DAY:
            continue
        if os.path.isdir(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def name_for(at: datetime, site: str, *, encrypted: bool) -> str:
    """Return the name of a backup made at a moment."""
    moment = at.astimezone(UTC)
    stamp = f"{moment:%Y%m%dT%H%M%S}{moment.microsecond // 1000:03}"
    return f"office-{stamp}Z-{slug(site)}.db{'.age' if encrypted else ''}"


def megabytes(size: int) -> str:
    """Return a size in bytes as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(1, size // 1000)} kB"


def utc_now() -> str:
    """Return this moment as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _backup(folder: str, name: str) -> Backup | None:
    """Return the backup of a file's name; None for another file."""
    match = NAME.fullmatch(name)
    if not match:
        return None
    stamp, site, age = match.groups()
    try:
        # Microseconds and the zone, which the name leaves out.
        at = datetime.strptime(stamp + "000+0000", "%Y%m%dT%H%M%S%f%z")
    except ValueError:
        return None
    return Backup(os.path.join(folder, name), at, site, bool(age))
