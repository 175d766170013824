"""Copy a backup to another place, with the command in the settings of this machine."""

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


#: Names of copied backups that are remembered; by its rules a folder keeps about ninety.
MOST: Final = 1000


def take(
    backup: str,
    folder: Folder,
    settings: BackupSettings,
) -> None:
    """Run the copy command for a backup and for its manifest, and remember the copy.

    No shell runs it, so that a name can never become a command. Raises Refused where it fails or
    takes too long.
    """
    words = _words(settings.copy)
    # The backup first: a manifest without its backup would look like a loss over there.
    for file in (backup, path_of(backup)):
        filled = [_filled(word, file, folder) for word in words]
        _run(filled, folder, settings.copy_minutes * 60)
    name = os.path.basename(backup)
    # Without those that were thinned out here since.
    names = [*filter(lambda other: _exists(folder, other), _names(folder)), name]
    folder.remember(copied={"name": name, "at": utc_now(), "names": names[-MOST:]})


def _filled(word: str, file: str, folder: Folder) -> str:
    return word.replace("{file}", file).replace("{folder}", folder.path)


def _exists(folder: Folder, name: str) -> bool:
    return os.path.exists(os.path.join(folder.path, name))


def left(folder: Folder, backup: Backup) -> bool:
    """Return whether a backup was copied to another place."""
    return backup.name in _names(folder)


def _names(folder: Folder) -> list[str]:
    """Return the names of the copied backups; old notes have only the last one."""
    copied = folder.state().get("copied") or {}
    return list(copied.get("names") or [copied["name"]]) if copied else []


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageProblem(
            f"[backup] copy: {command!r} cannot be read as a command: {error}.", code="malformed"
        ) from error
    if not any("{file}" in word for word in words):
        raise UsageProblem(
            "[backup] copy: the command needs {file} where the backup's path goes, as in "
            '"rclone copy {file} remote:office".',
            code="malformed",
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
            # The last line says why; the lines before it show the progress.
            output = (ran.stderr or ran.stdout).decode(errors="replace").strip()
            last = output.rpartition("\n")[2][:200]
            said = f" ({last})" if last else ""
            _failed(folder, words[0], f"it ended with {ran.returncode}{said}")


def _failed(folder: Folder, program: str, why: str) -> None:
    folder.remember(failed={"why": why, "at": utc_now()})
    raise Refused(
        f"The backup was made, but did not leave this machine: {program}: {why}. "
        "Correct `copy` in [backup] and run `officeops backup` again.",
        code="not-copied",
    )
