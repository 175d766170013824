"""Verify a backup: every bit is what was written, and what was written is an office in order."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.backup.checks import Facts, inside, look_over
from officeops.backup.copy import copy_of, plain_copy, scratch
from officeops.backup.history import bring_keys
from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.manifest import Manifest
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


class Verified(Value):
    """What a verification found: the manifest, what is or was not in order, and how many seconds it took."""

    path: str
    manifest: Manifest
    problems: list[str]
    seconds: float


def verify(
    path: str, plugins: Plugins, machine: Machine, *, identity: str = "", live: str = ""
) -> Verified:
    """Verify a backup against its manifest, then open it and check what is in it.

    `live` is the office's own file, which is never read as a file. Raises NotFound without a manifest, Damaged where a
    bit of backup or manifest is another than was written.
    """
    start = time.monotonic()
    refuse_live(path, live)
    manifest = manifests.read(path)
    manifests.prove(path, manifest)
    with opened(path, manifest, identity, live) as plain:
        facts = look_over(plain, plugins, machine, live)
        problems = [
            *_differences(manifest, facts),
            *facts.problems,
            *_upgraded(plain, live, plugins, machine),
        ]
    # What was found just now goes first: it still knows what is wrong and what was only not checked.
    return Verified(
        path,
        manifest,
        list(dict.fromkeys([*problems, *manifest.problems])),
        time.monotonic() - start,
    )


def refuse_live(path: str, live: str) -> None:
    """Raise UsageProblem for a file that is an office's in use: reading it as a file would drop SQLite's locks on it."""
    same = bool(live) and os.path.exists(live) and os.path.samefile(path, live)
    if same or os.path.exists(f"{path}-wal") or os.path.exists(f"{path}-shm"):
        raise UsageProblem(
            f"{path} is an office in use, not a backup. `officeops selfcheck` looks that over."
        )


@contextmanager
def opened(path: str, manifest: Manifest, identity: str, live: str) -> Iterator[str]:
    """Yield a backup's path as a plain file; an encrypted one is decrypted into a scratch folder."""
    if not manifest.encrypted:
        yield path
        return
    from officeops.backup.encryption import unseal

    with scratch(*_places(path, live)) as folder:
        plain = os.path.join(folder, "office.db")
        unseal(path, plain, identity)
        if manifests.digest(plain) != manifest.plain_sha256:
            raise manifests.Damaged(
                f"{path} is damaged: its decrypted content was altered. Use another backup."
            )
        yield plain


def _places(path: str, live: str) -> list[str]:
    """Return where scratch folders may be made: beside the office, else beside the backup."""
    return [os.path.dirname(os.path.abspath(each)) for each in (live, path) if each]


def _differences(manifest: Manifest, facts: Facts) -> Iterator[str]:
    """Yield where a copy is not what its manifest says: a manifest made for another file would pass its own checksum."""
    for name in ("migrations", "rows", "anchor"):
        if getattr(manifest, name) != getattr(facts, name):
            yield f"its {name} are not those its manifest tells of"
    if manifest.office not in {"", facts.office}:
        yield "it is of another office than its manifest tells of"


def _upgraded(plain: str, live: str, plugins: Plugins, machine: Machine) -> list[str]:
    """Return what is wrong with a backup of an older version once it is upgraded, which is done to a copy of it."""
    from officeops.backup.checks import behind

    with copy_of(plain, plugins, machine, live) as office:
        if not behind(office):
            return []
    with scratch(*_places(plain, live)) as folder:
        target = os.path.join(folder, "office.db")
        plain_copy(plain, target)
        bring_keys(live, target)
        with Office(target, plugins, machine) as office:
            return list(inside(office))
