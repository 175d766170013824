"""Received file: what standard input sends for a `-` in place of a path that an action takes.

The action gets the path of a file as ever: over SSH nothing else than standard input crosses.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.model.fields import Field

#: Bytes that are copied at once.
_PIECE: Final = 1 << 20


@contextmanager
def received(
    fields: Iterable[Field],
    given: Mapping[str, str | None],
    most: int,
) -> Iterator[dict[str, str | None]]:
    """Hold the sent bytes in a file for as long as the action runs, and name it among the options.

    Raises UsageProblem where nothing can be sent, Refused for more than `most` bytes.
    """
    waiting = [field for field in fields if field.kind.is_file and _is_sent(field, given)]
    if not waiting:
        yield dict(given)
        return
    options = " and ".join(f"--{field.public_name.replace('_', '-')}" for field in waiting)
    if len(waiting) > 1:
        why = f"{options} both read standard input, which is one file; run the action twice."
        raise UsageProblem(why, code="not-together")
    if sys.stdin.isatty():
        why = f"{options} - reads standard input, but nothing is sent to it; pipe a file in."
        raise UsageProblem(why, code="needed")
    with TemporaryDirectory(prefix="officeops-") as folder:
        file = Path(folder) / "standard-input"
        _copy(file, most)
        yield {**given, waiting[0].name: str(file)}


def _is_sent(field: Field, given: Mapping[str, str | None]) -> bool:
    return given.get(field.name) == "-"


def _copy(file: Path, most: int) -> None:
    """Write standard input into a file. Raises Refused where it is too large."""
    size = 0
    with file.open("wb") as copy:
        while piece := sys.stdin.buffer.read(_PIECE):
            size += len(piece)
            if size > most:
                why = (
                    f"the file is larger than {most >> 20} MiB; `largest` in [attachments] says so"
                )
                raise Refused(why, code="too-long")
            copy.write(piece)
