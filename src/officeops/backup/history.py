"""The history's chain, and the keys that no backup holds: the history's, with which it could be forged, and that of sealed fields."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.backup.copy import plain_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: Findings told of one by one; of an altered file nobody needs all.
MOST = 20


def problems(office: Office) -> Iterator[str]:
    """Yield a sentence for every place where the history, or a record behind its back, was altered."""
    from officeops.history.verify import verify

    found = verify(office)
    yield from (str(each) for each in found[:MOST])
    if len(found) > MOST:
        yield f"and {len(found) - MOST} more findings in the history; `officeops history verify` tells them"


def bring_keys(live: str, target: str) -> None:
    """Put copies of the keys beside a restored file: its history can be verified and goes on, its sealed fields open.

    Where there are none, nothing is done: the restored office makes a new key of the history, and says so when verified.
    """
    folder, base = os.path.split(os.path.abspath(live))
    with suppress(OSError):
        names = [
            name
            for name in os.listdir(folder)
            if name.startswith(f"{base}.key") or name == f"{base}.seal"
        ]
        for name in names:
            plain_copy(os.path.join(folder, name), target + name.removeprefix(base))
