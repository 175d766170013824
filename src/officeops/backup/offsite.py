"""Take a backup to another place by the command this machine is set to."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING, Final

from officeops.backup.folder import Folder, utc_now
from officeops.backup.manifest import path_of
from officeops.model.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from officeops.backup.config import BackupSettings
    from officeops.backup.listed import Backup


#: Names remembered of what was taken elsewhere; by its rules a folder keeps about ninety.
MOST: Final = 1000


def take(backup: str, folder: Folder, settings: BackupSettings) -> None:
    """Run the copy command for a backup and for its manifest, and remember when it last went well.

    Without a shell: a name can never become a command. Raises Refused where it fails or takes too long.
    """
    words = _words(settings.copy)
    for file in (backup, path_of(backup)):
        _run(
            [word.replace("{file}", file).replace("{folder}", folder.path) for word in words],
            folder,
            settings.copy_minutes * 60,
        )
    name = os.path.basename(backup)
    before = [each for each in _names(folder) if os.path.exists(os.path.join(folder.path, each))]
    folder.remember(copied={"name": name, "at": utc_now(), "names": [*before, name][-MOST:]})


def left(folder: Folder, backup: Backup) -> bool:
    """Whether a backup was taken elsewhere."""
    return backup.name in _names(folder)


def _names(folder: Folder) -> list[str]:
    """Return the names of what was taken elsewhere; notes of old have only the last."""
    copied = folder.state().get("copied") or {}
    return list(copied.get("names") or [copied["name"]]) if copied else []


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageProblem(
            f"[backup] copy: {command!r} cannot be read as a command: {error}."
        ) from error
    if not any("{file}" in word for word in words):
        raise UsageProblem(
            '[backup] copy: the command needs {file} where the backup\'s path goes, as in "rclone copy {file} remote:office".'
        )
    return words


def _run(words: list[str], folder: Folder, seconds: int) -> None:
    try:
        ran = subprocess.run(  # noqa: S603 - the owner's own setting, without a shell
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        _failed(folder, words[0], f"it was not done after {seconds // 60} minutes")
    except OSError as error:
        _failed(folder, words[0], str(error.strerror))
    else:
        if ran.returncode:
            last = (ran.stderr or ran.stdout).decode(errors="replace").strip().rpartition("\n")[2]
            _failed(
                folder,
                words[0],
                f"it ended with {ran.returncode}{f' ({last[:200]})' if last else ''}",
            )


def _failed(folder: Folder, program: str, why: str) -> None:
    folder.remember(failed={"why": why, "at": utc_now()})
    raise Refused(
        f"The backup was made, but did not leave this machine: {program}: {why}. Mend `copy` in [backup] and run `officeops backup` again."
    )
