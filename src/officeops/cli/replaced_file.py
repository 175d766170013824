"""A file that gets its name when it is complete: the one before stays until then."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """Yield a file that gets the name `path` when it is complete and on the disk, not before.

    A link of that name is replaced, never written through: in a folder where others may write, it
    may lead anywhere. An existing file keeps its permissions. Raises Refused for a folder, a pipe
    or a device, and where the file cannot be written.
    """
    _refuse_other_kinds(path)
    spare = os.path.join(os.path.dirname(path), f".officeops-{os.getpid()}.part")
    try:
        file = os.open(spare, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", code="cannot-write") from error
    try:
        with open(file, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        with suppress(OSError):
            mode = os.lstat(path).st_mode
            if stat.S_ISREG(mode):
                os.chmod(spare, stat.S_IMODE(mode))
        # The one step that readers of the file can see.
        os.replace(spare, path)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", code="cannot-write") from error
    finally:
        with suppress(OSError):
            os.unlink(spare)


def _refuse_other_kinds(path: str) -> None:
    with suppress(FileNotFoundError):
        mode = os.lstat(path).st_mode
        if stat.S_ISREG(mode) or stat.S_ISLNK(mode):
            return
        kind = "a folder" if stat.S_ISDIR(mode) else "no file but a pipe or a device"
        raise Refused(f"{path} is {kind}. Name a file, or - for standard output", code="exists")
