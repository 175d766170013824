"""The history in a backup, and the keys that no backup holds.

They are the keys of the history, with which it could be forged, and the key of sealed fields.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from officeops.backup.copy import plain_copy
from officeops.model.errors import Refused
from officeops.store.ownership import kept_away

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

    With them its history can be verified and goes on, and its sealed fields open. A machine that
    has lost its disk has no keys to bring: the restored office makes a new key of the history, and
    says so when it is verified. Raises Refused for a key that is there and cannot be read: the
    restore would be signed with a new key that nobody has afterwards.
    """
    folder, base = os.path.split(os.path.abspath(live))
    names = os.listdir(folder) if os.path.isdir(folder) else []
    for name in names:
        if name.startswith(f"{base}.key") or name == f"{base}.seal":
            _bring(live, os.path.join(folder, name), target + name.removeprefix(base))


def _bring(live: str, key: str, target: str) -> None:
    try:
        plain_copy(key, target)
    except PermissionError as error:
        raise Refused(kept_away(live, [key]), code="unreadable") from error
    except OSError as error:
        raise Refused(
            f"The key {key} cannot be copied: {error.strerror}. Put its copy from the safe there; "
            "or move it away: values sealed with it then stay closed, and actions signed with it unproved.",
            code="unreadable",
        ) from error
