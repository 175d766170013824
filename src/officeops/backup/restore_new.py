"""Restore into a new file: whole or not at all, upgraded, with the keys of the live office."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.backup.prepared import bring_new_keys, prepared
from officeops.model.errors import Refused
from officeops.store import interruption
from officeops.store.office_files import refuse_logs_alone
from officeops.store.ownership import leave_new_to_owner
from officeops.store.safety import sync
from officeops.store.system_refusals import system_refusal

if TYPE_CHECKING:
    from officeops.backup.restore_record import Source
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins
    from officeops.store.commits import Fate


def restore_new(
    source: Source,
    target: str,
    plugins: Plugins,
    machine: Machine,
    live: str,
    fate: Fate | None = None,
) -> str:
    """Restore a backup into the new file `target`, and return its path.

    It is upgraded to the tables of this version, and gets the keys of the `live` office. Raises
    Refused where `target` exists or cannot be written.
    """
    # Made absolute once: a path through a folder that does not exist yet may mean another file
    # after the folder is made.
    target = os.path.abspath(target)
    _claim(target)
    try:
        with prepared(source, target, plugins, machine, keys_of=live) as ready, interruption.held():
            # From here on the file is there, and a signal must not hide it.
            bring_new_keys(ready.path, target)
            os.replace(ready.path, target)
            sync(os.path.dirname(target))
            leave_new_to_owner(target)
            if fate is not None:
                fate.wrote(f"{target} was made.")
    except BaseException:
        with suppress(FileNotFoundError):
            if not os.path.getsize(target):
                os.unlink(target)
        raise
    return target


def _claim(target: str) -> None:
    """Create the empty file `target`, so that no existing one is ever written to."""
    refuse_logs_alone(target)
    try:
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Refused(
            f"{target} is there already, and nothing is restored over it. "
            "Name a new file with --to.",
            code="exists",
        ) from None
    except OSError as error:
        raise Refused(
            f"{target} cannot be made. {system_refusal(error)} --to names another file.",
            code="cannot-write",
        ) from error
