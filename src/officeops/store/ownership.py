"""Ownership: root leaves nothing of its own in the office of a service account.

A gate or a backup that belongs to root would lock that account out of its own office.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from shlex import quote
from typing import TYPE_CHECKING, Final

from officeops.store.filesystem import read_only_disk

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Open no link, and wait for no reader of a pipe.
_AS_IT_IS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def give_to_owner(descriptor: int, office: str) -> None:
    """Give an open file that root just made to the owner of the office, or of its folder."""
    if os.geteuid() == 0:
        place = office if os.path.exists(office) else os.path.dirname(office) or "."
        _give(descriptor, os.stat(place))


def give_all_to_owner(paths: Iterable[str], office: str) -> None:
    """Give each file or folder of the office that belongs to root to the owner of the office.

    The live file and its log are never opened here: closing them would drop SQLite's locks. SQLite
    gives its own files to their owner.
    """
    with suppress(OSError):
        owner = os.stat(office)
        if os.geteuid() or not owner.st_uid:
            return
        for path in paths:
            with suppress(OSError):
                descriptor = os.open(path, _AS_IT_IS)
                try:
                    _give(descriptor, owner)
                finally:
                    os.close(descriptor)


def leave_to_owner(path: str, backups: str = "") -> None:
    """Give all that root made beside an office, and in a folder of backups, to its owner."""
    from officeops.store.office_files import LOGS, files_of

    ours = [file for file in files_of(path, backups) if not file.endswith(LOGS) and file != path]
    give_all_to_owner([*ours, *filter(None, [backups]), f"{path}.sessions"], path)


def leave_new_to_owner(path: str, backups: str = "") -> None:
    """Give a file that root just made, and all beside it, to the owner of its folder.

    No connection to the file may be open.
    """
    give_all_to_owner([path], os.path.dirname(os.path.abspath(path)))
    leave_to_owner(path, backups)


def unusable(path: str, backups: str = "") -> list[str]:
    """Return the files of an office, and its folder of backups, that another account keeps from this one."""
    from officeops.store.office_files import files_of

    places = [path] if os.path.exists(path) else []
    places += [*files_of(path, backups), *([backups] if os.path.isdir(backups) else [])]
    return [place for place in dict.fromkeys(places) if _is_kept_away(place)]


def _is_kept_away(place: str) -> bool:
    is_strange = os.stat(place).st_uid != os.geteuid()
    return is_strange and not os.access(place, os.R_OK | os.W_OK)


def kept_away(office: str, places: Iterable[str]) -> str:
    """Return a sentence on files of an office that this login may not use, with the command for root."""
    names = [*places]
    if words := read_only_disk(office):
        return words
    if office in names:
        return (
            f"{office} may not be read and written by this login; it belongs to "
            f"{account_name(os.stat(office).st_uid)}. Run this as that account."
        )
    return (
        f"{', '.join(names)} may not be read and written by this login. As root: "
        f"{to_owner(office, names)}"
    )


def to_owner(office: str, places: Iterable[str]) -> str:
    """Return the command by which root gives files to the owner of the office."""
    # Of a lost office, the folder tells whose it is. No link that the account may have put there is
    # followed.
    owned = office if os.path.exists(office) else os.path.dirname(os.path.abspath(office))
    return f"chown -h --reference={quote(owned)} {' '.join(map(quote, places))}"


def account_name(number: int) -> str:
    """Return the name of an account of this machine."""
    from pwd import getpwuid

    try:
        return getpwuid(number).pw_name
    except KeyError:
        return f"the account {number}"


def _give(descriptor: int, owner: os.stat_result) -> None:
    state = os.fstat(descriptor)
    # A second name may be a file of the system that somebody linked here.
    is_alone = stat.S_ISDIR(state.st_mode) or state.st_nlink == 1
    if state.st_uid == 0 and owner.st_uid and is_alone:
        with suppress(OSError):
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
