"""The account of an installation: its shell, the program it runs, and the office it owns."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from officeops.ssh.finding import Finding, missing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pwd import struct_passwd

    from officeops.ssh.sshd_config import Served


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
    shut = [folder for folder in folders_above(python) if not _is_open(folder)]
    commands = [f"chmod o+x {folder}" for folder in shut]
    for path in (python, os.path.dirname(__file__)):
        is_theirs = account is not None and os.stat(path).st_uid == account.pw_uid
        if is_theirs:
            commands += [f"chown -R root:root {path}"]
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
        file, around = os.stat(path), os.stat(folder)
    except OSError:
        begin = f"runuser -u {name} -- {served.command} init --name 'NAME OF THE PRACTICE'"
        return missing(what, f"chown {name}: {folder}\nchmod 700 {folder}\n{begin}")
    account = _account(name)
    owners = {account.pw_uid} if account else set()
    is_owned = {file.st_uid, around.st_uid} == owners
    # Others may read the folder, but anyone who writes to it could replace a file in it.
    is_closed = not file.st_mode & 0o077 and not around.st_mode & 0o022
    cure = f"chown {name}: {folder} {path}*\nchmod 700 {folder}\nchmod 600 {path}"
    return Finding(what, is_owned and is_closed, cure)


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
