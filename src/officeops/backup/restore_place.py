"""Restore into place: a damaged, missing or half-restored office is an office again.

All that was there is set aside first, whole, and stays.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.backup.office_state import beginning_of, lost_since, still_told
from officeops.backup.prepared import bring_new_keys, prepared
from officeops.backup.set_aside import set_aside
from officeops.model.errors import Busy, Refused
from officeops.model.immutable import Value
from officeops.store import interruption
from officeops.store.gate import Gate
from officeops.store.moved_away import forget_move, moved_away
from officeops.store.ownership import give_all_to_owner, leave_to_owner
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.restore_record import Source
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins
    from officeops.store.commits import Fate


class InPlace(Value):
    """A restore into place: the name of the files set aside, if there were any, and the loss."""

    aside: str
    lost: str


def restore_in_place(
    source: Source,
    path: str,
    plugins: Plugins,
    machine: Machine,
    fate: Fate,
    *,
    anyway: bool = False,
) -> InPlace:
    """Put a restored office at `path`, after setting aside all that is there.

    Killed at any moment, it leaves all as before, or nothing there but all of it aside, or the
    restored office; called again, it goes on. Raises Refused for the backup of another office, and
    Busy where a program holds the gate, unless `anyway`.
    """
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    if (words := moved_away(path)) and not anyway:
        raise Refused(words, code="needs-consent")
    with _gate(path, anyway=anyway):
        _refuse_other(source, path, anyway=anyway)
        lost, told = lost_since(path, source.manifest), still_told(path)
        with prepared(source, path, plugins, machine, told) as ready, interruption.held():
            aside, _ = set_aside(path)
            bring_new_keys(ready.path, path)
            os.replace(ready.path, path)
            sync(os.path.dirname(path))
            fate.wrote(f"{path} was restored from {source.path}.")
            _give(path, aside)
    forget_move(path)
    return InPlace(aside, lost)


def _give(path: str, aside: str) -> None:
    """Leave the restored office to the owner of the file that was there, or of its folder."""
    owner = aside if os.path.exists(aside) else os.path.dirname(path)
    give_all_to_owner([path], owner)
    leave_to_owner(path)


@contextmanager
def _gate(path: str, *, anyway: bool) -> Iterator[None]:
    """Hold the gate of the office; with `anyway`, go on beside a program that never leaves it."""
    gate = Gate(path)
    try:
        try:
            gate.enter("restoring a backup")
        except Busy as busy:
            if not anyway:
                why = f"{busy} If that program hangs, end it, or add --anyway."
                raise Busy(why) from busy
        yield
    finally:
        gate.leave()
        gate.close()


def _refuse_other(
    source: Source,
    path: str,
    *,
    anyway: bool,
) -> None:
    """Raise Refused where the file still tells that it is another office than the backup's."""
    here = beginning_of(path)
    theirs = source.manifest.office if source.manifest else ""
    if here and theirs and here != theirs and not anyway:
        raise Refused(
            f"{source.path} is a backup of another office than the one at {path}. Nothing was "
            "changed. Name another backup (`officeops backup list`), or add --anyway.",
            code="other-office",
        )
