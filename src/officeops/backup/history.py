"""The history in a backup, and the keys that no backup holds.

They are the keys of the history, with which it could be forged, and the key of sealed fields.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.backup.copy import plain_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: Findings that are listed; of an altered file nobody needs them all.
MOST = 20


def problems(office: Office) -> Iterator[str]:
    """Yield a sentence for each alteration of the history, or of a record outside it."""
    from officeops.history.verify import verify

    findings = verify(office)
    for finding in findings[:MOST]:
        yield str(finding)
    more = len(findings) - MOST
    if more > 0:
        yield f"and {more} more findings in the history; `officeops history verify` tells them"


def bring_keys(live: str, target: str) -> None:
    """Copy the keys of the live office beside a restored file.

    With them its history can be verified and goes on, and its sealed fields open. Without any, the
    restored office makes a new key of the history, and says so when it is verified.
    """
    folder, base = os.path.split(os.path.abspath(live))
    # A machine that has lost its disk has no keys to bring; the restore goes on without.
    with suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(f"{base}.key") or name == f"{base}.seal":
                plain_copy(os.path.join(folder, name), target + name.removeprefix(base))
