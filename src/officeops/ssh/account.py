"""The account of an installation: its shell, the program it runs, and the office it owns."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from officeops.ssh.finding import Finding, missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pwd import struct_passwd

    from officeops.ssh.sshd_config import Served


#: The endings of the files that belong to an office, its own name first.
_BESIDE: Final = ("", "-wal", "-shm", ".key", ".seal", ".gate", ".line")


def account_findings(served: Served) -> Iterator[Finding]:
    """Check the account that people log in to."""
    name, home = served.account, os.path.dirname(served.database)
    account = _account(name)
    # A password of `*` fits none, but does not lock the account: without PAM, sshd refuses every
    # login to a locked one.
    create = (
        f"useradd --system --user-group --create-home --home-dir {home} --shell /bin/sh "
        f"--password '*' {name}"
    )
    yield Finding(f"the account {name} is there", account is not None, create)
    if account is None:
        return
    shell = os.path.basename(account.pw_shell or "sh")
    yield Finding(
        f"the account {name} has a shell, by which sshd starts the one command there is",
        shell not in {"nologin", "false"},
        f"usermod --shell /bin/sh {name}",
    )
    yield Finding(
        f"the account {name} is not root's",
        account.pw_uid != 0,
        f"# choose another account than {name}",
    )


def program_finding(served: Served) -> Finding:
    """Check that the account can run the program, and cannot change it.

    Anyone who logs in runs as that account: a program it could change would be theirs.
    """
    python = served.program[0]
    account = _account(served.account)
    # The Python of an environment is a link, and its library is beside the target.
    above = [*folders_above(python), *folders_above(os.path.realpath(python))]
    shut = [folder for folder in dict.fromkeys(above) if not _is_open(folder)]
    commands = [f"chmod o+x {folder}" for folder in shut]
    for path in (python, os.path.dirname(__file__)):
        is_theirs = account is not None and os.stat(path).st_uid == account.pw_uid
        if is_theirs:
            commands += [f"chown -hR root:root {path}"]
    what = f"{python} can be run, but not changed, by {served.account}"
    return Finding(what, not commands, "\n".join(commands))


def _is_open(folder: str) -> bool:
    """Return whether any account may go through a folder."""
    return bool(os.stat(folder).st_mode & stat.S_IXOTH)


def office_finding(served: Served) -> Finding:
    """Check that the office's file is there, and that only the account can read it."""
    path, name = served.database, served.account
    folder = os.path.dirname(path)
    what = f"{path} is an office, and {name}'s alone"
    try:
        file, around = os.lstat(path), os.lstat(folder)
    except OSError:
        begin = f"runuser -u {name} -- {served.command} init --name 'NAME OF THE PRACTICE'"
        close = _as_account(name, f"chmod 700 {folder}")
        return missing(what, f"chown -h {name}: {folder}\n{close}\n{begin}")
    account = _account(name)
    uid = account.pw_uid if account else -1
    cures = [_owned(folder, uid, name, stat.S_ISDIR)]
    cures += [_owned(path + ending, uid, name, stat.S_ISREG) for ending in _BESIDE]
    # Others may read the folder, but anyone who writes to it could replace a file in it.
    if around.st_mode & 0o022:
        cures.append(_as_account(name, f"chmod 700 {folder}"))
    if file.st_mode & 0o077:
        cures.append(_as_account(name, f"chmod 600 {path}"))
    cures = [cure for cure in cures if cure]
    return Finding(what, not cures, "\n".join(cures))


def _owned(
    path: str,
    uid: int,
    name: str,
    is_right: Callable[[int], bool],
) -> str:
    """Return the command that gives a path to the account; blank where it is there, or not at all.

    The account owns the folder, and may put a link in the place of any file in it: root never
    follows one, and changes no file that has another name elsewhere.
    """
    try:
        state = os.lstat(path)
    except OSError:
        return ""
    is_plain = is_right(state.st_mode) and (stat.S_ISDIR(state.st_mode) or state.st_nlink == 1)
    if not is_plain:
        return (
            f"# {path} is a link, or no file of its own: find out who made it, and remove it\nfalse"
        )
    return "" if state.st_uid == uid else f"chown -h {name}: {path}"


def _as_account(name: str, command: str) -> str:
    """Return a command as the account runs it: what it may not do by itself, it cannot have root do."""
    return f"runuser -u {name} -- {command}"


def _account(name: str) -> struct_passwd | None:
    import pwd

    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def folders_above(path: str) -> list[str]:
    """Return the folders above a path, the root last."""
    folders = []
    folder = os.path.dirname(path)
    while folder not in folders:
        folders.append(folder)
        folder = os.path.dirname(folder)
    return folders
