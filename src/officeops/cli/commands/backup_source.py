"""The backups that a command reads: the folder, the file, its key, and its problems."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from officeops.backup.checks import UNCHECKED_CURE, Unchecked
from officeops.backup.config import BackupSettings
from officeops.backup.folder import Folder
from officeops.backup.identity import Identity, file_name, identity_at
from officeops.cli.output import say
from officeops.model.exit_codes import INCOMPLETE, REFUSED, leading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.cli.context import Run

#: Options of commands that read backups; `list` takes the first one alone.
FROM: Callable[[Any], Any] = click.option(
    "--from",
    "folder",
    metavar="DIR",
    help="The folder of the backups. [default: from the settings]",
)
IDENTITY: Callable[[Any], Any] = click.option(
    "--identity",
    metavar="FILE",
    help="The file of the secret key, for an encrypted backup.",
)


def source_options(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add the options of every command that reads a backup."""
    return FROM(IDENTITY(command))


def settings_of(run: Run) -> BackupSettings:
    """Return the settings of backups on this machine."""
    return run.machine.table("backup", BackupSettings)


def folder_of(run: Run, given: str | None) -> Folder:
    """Return the folder of `--from`; by default, that of the settings."""
    return Folder(os.path.expanduser(given) if given else settings_of(run).place(run.path))


def found_in(
    run: Run,
    given: str | None,
    file: str,
) -> tuple[Folder, str]:
    """Return the folder, and the path of the backup that `file` names.

    `latest` is the latest of this office.
    """
    folder = folder_of(run, given)
    # Several offices may share a folder: the latest of another one is not the person's.
    if file != "latest":
        return folder, folder.find(file)
    whose = whose_backups(run)
    path = folder.find(file, whose)
    for name, action in folder.gone_after(path, whose):
        say(
            f"officeops: {name} is gone, and it had all to action {action:,}; the one before it is "
            f"taken: {os.path.basename(path)}. Another copy of it may be elsewhere."
        )
    return folder, path


def whose_backups(run: Run) -> Identity:
    """Return whose backups are this office's; of a damaged or missing file the name must do."""
    return identity_at(run.path) or Identity("", file_name(run.path), "")


def identity_of_line(run: Run, given: str | None) -> str:
    """Return the path of the secret key: `--identity`, or that of the settings."""
    return os.path.expanduser(given) if given else settings_of(run).identity


def problems_seen(run: Run, problems: Sequence[str]) -> Sequence[str]:
    """Return the problems of a backup as the acting person may read them.

    Its sentences may name any record, so a person who does not see all of them gets one sentence.
    """
    if not problems or sees_all(run):
        return problems
    unchecked = [problem for problem in problems if isinstance(problem, Unchecked)]
    if len(unchecked) == len(problems):
        return problems
    cure = "ask a person who sees every record to run `officeops backup verify`"
    return [f"its office is not in order; {cure}", *unchecked]


def sees_all(run: Run) -> bool:
    """Whether the acting person sees every row of the office, or there is none to see."""
    # On the day that the file is lost, its backups tell everything they can.
    if not os.path.exists(run.path):
        return True
    from officeops.access.identity import owns
    from officeops.history.unseen_rows import reaches_everything

    return (owns(run.path) and not run.user) or reaches_everything(run.office())


def say_problems(problems: Sequence[str]) -> int:
    """Say each problem; return the exit code: 1, or 4 if all are plugins that could not check."""
    codes = []
    for problem in problems:
        is_unchecked = isinstance(problem, Unchecked)
        cure = f". {UNCHECKED_CURE}" if is_unchecked else ""
        say(f"officeops: {problem}{cure}")
        codes.append(INCOMPLETE if is_unchecked else REFUSED)
    return leading(codes)
