"""An office's file on its file system: its real path, the files that SQLite has beside it, the kind.

SQLite's write-ahead log works on a local file system only, and under one name of the file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

from officeops.model.errors import Refused

#: Other machines can write there at the same time, but see neither our locks nor our shared memory
#: (sqlite.org/wal.html).
NETWORK: Final = frozenset(
    "nfs nfs4 cifs smb smb3 smbfs 9p afs ceph lustre fuse.sshfs fuse.rclone fuse.glusterfs fuse.s3fs".split()
)
#: Where Linux tells of its mounts; elsewhere there is no such file, and nothing is refused.
MOUNTS: str = "/proc/self/mountinfo"
#: The kernel mounts a disk so after a fault of it.
READ_ONLY_CURE: Final = (
    "Have root mount it for writing (`dmesg` names a fault of the disk), or work on another disk: "
    "`officeops backup restore latest --to NEW`."
)
ANYWAY: Final = "OFFICEOPS_ALLOW_NETWORK_FS"


def resolved(path: str) -> str:
    """Return the absolute path of an office's file, with a link followed to the file itself.

    SQLite keeps its log beside the file, so the gate and the keys must be there too: by two names,
    an office would have two gates.
    """
    return os.path.realpath(path) if os.path.islink(path) else os.path.abspath(path)


def marks(path: str) -> dict[str, tuple[int, int, int]]:
    """Return device, number and count of names of the file, its log and its shared memory."""
    states = {}
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            state = os.stat(path + ending)
            states[ending] = (state.st_dev, state.st_ino, state.st_nlink)
    return states


def read_only_disk(path: str) -> str:
    """Return the sentence on a disk that is mounted for reading alone; blank for any other."""
    place = path if os.path.exists(path) else os.path.dirname(os.path.abspath(path))
    try:
        is_read_only = bool(os.statvfs(place).f_flag & os.ST_RDONLY)
    except OSError:
        return ""
    return f"{path} is on a disk that is mounted read-only. {READ_ONLY_CURE}" * is_read_only


def refuse_network(path: str) -> None:
    """Raise Refused for a file on a network file system.

    OFFICEOPS_ALLOW_NETWORK_FS=1 allows it.
    """
    kind = network_kind(path)
    if kind and os.environ.get(ANYWAY) != "1":
        raise Refused(
            f"{path} is on a network file system ({kind}), where two machines can destroy each "
            "other's work. Keep the office on a local disk and backups over there. "
            f"{ANYWAY}=1 opens it all the same, for one machine alone.",
            code="network-disk",
        )


def network_kind(path: str) -> str:
    """Return the network file system of a file or its nearest folder; blank for a local one."""
    device = _device(path)
    # Disks have a number of their own; file systems without one, network ones among them, have
    # major number 0.
    if device is None or os.major(device):
        return ""
    kind = kind_of(device)
    return kind if kind in NETWORK else ""


def kind_of(device: int) -> str:
    """Return the file system type of a mounted device; nothing if the system does not say."""
    number = f"{os.major(device)}:{os.minor(device)}"
    try:
        with open(MOUNTS, encoding="utf-8", errors="replace") as mounts:
            for line in mounts:
                words = line.split()
                if len(words) > 4 and words[2] == number and "-" in words:
                    return words[words.index("-") + 1]
    except OSError:
        pass
    return ""


def _device(path: str) -> int | None:
    place = os.path.abspath(path)
    while True:
        try:
            return os.stat(place).st_dev
        except OSError:
            above = os.path.dirname(place)
            if above == place:
                return None
            place = above
