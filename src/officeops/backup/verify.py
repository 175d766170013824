"""Verify a backup: every bit is as it was written, and the office in it is in order."""

from __future__ import annotations

import os
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.backup.checks import Facts, inside, integrity, look_over
from officeops.backup.copy import copy_of, folders_of, plain_copy, scratch
from officeops.backup.history import bring_keys
from officeops.model.errors import NotFound, Refused, UsageProblem
from officeops.model.immutable import Value
from officeops.office.office import Office
from officeops.store.connection import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.manifest import Manifest
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


class Verified(Value):
    """The result of a verification: the manifest, the problems of now and then, and the seconds."""

    path: str
    manifest: Manifest
    problems: list[str]
    seconds: float


def verify(
    path: str,
    plugins: Plugins,
    machine: Machine,
    *,
    identity: str = "",
    live: str = "",
) -> Verified:
    """Verify a backup against its manifest, then open it and check its content.

    `live` is the office's own file, which is never read as a file. Raises NotFound without a
    manifest, and Damaged where a bit of the backup or the manifest has changed.
    """
    start = time.monotonic()
    refuse_live(path, live)
    manifest = manifests.read(path)
    manifests.prove(path, manifest)
    with opened(path, manifest, identity, live) as plain:
        facts = look_over(plain, plugins, machine, live)
        problems = [*_differences(manifest, facts), *facts.problems]
        problems += _problems_upgraded(plain, live, plugins, machine)
    # Those of now go first: of a sentence that is in both, only they know whether it is a problem
    # or a check that could not be made.
    unique = list(dict.fromkeys([*problems, *manifest.problems]))
    return Verified(path, manifest, unique, time.monotonic() - start)


@contextmanager
def proved(
    path: str,
    plugins: Plugins,
    machine: Machine,
    *,
    identity: str = "",
    live: str = "",
) -> Iterator[tuple[str, Manifest | None, list[str]]]:
    """Yield a verified backup as a plain file, with its manifest and its problems.

    For a file without a manifest, such as the copy made before an upgrade, SQLite's own check must
    do. Raises Damaged where a check of the file itself fails.
    """
    refuse_live(path, live)
    manifest: Manifest | None = None
    with suppress(NotFound):
        manifest = manifests.read(path)
    if manifest is None:
        _check_without_manifest(path)
        yield path, None, [f"{path} has no manifest, so only SQLite's own check was made"]
        return
    verified = verify(path, plugins, machine, identity=identity, live=live)
    with opened(path, manifest, identity, live) as plain:
        yield plain, manifest, verified.problems


def _check_without_manifest(path: str) -> None:
    if path.endswith(".age"):
        raise Refused(
            f"{path} is encrypted and has no manifest beside it. Bring its .json file back too, or "
            "decrypt it with age first.",
            code="not-found",
        )
    with closing(look(path)) as db:
        integrity(db, path)
        sql = "SELECT 1 FROM sqlite_master WHERE name = 'core_action'"
        if not db.execute(sql).fetchone():
            raise manifests.Damaged(f"{path} is not an office's file, nor a backup of one.")


def refuse_live(path: str, live: str) -> None:
    """Raise UsageProblem for the file of an office in use.

    Reading it as a file would drop the locks that SQLite holds on it in this process.
    """
    is_live = bool(live) and os.path.exists(live) and os.path.samefile(path, live)
    if is_live or os.path.exists(f"{path}-wal") or os.path.exists(f"{path}-shm"):
        raise UsageProblem(
            f"{path} is an office in use, not a backup. `officeops selfcheck` looks that over.",
            code="wrong-kind",
        )


@contextmanager
def opened(
    path: str,
    manifest: Manifest,
    identity: str,
    live: str,
) -> Iterator[str]:
    """Yield the path of the plain backup; an encrypted one is decrypted into a scratch folder."""
    if not manifest.encrypted:
        yield path
        return
    from officeops.backup.encryption import unseal

    with scratch(*folders_of(live, path)) as folder:
        plain = os.path.join(folder, "office.db")
        unseal(path, plain, identity)
        if manifests.digest(plain) != manifest.plain_sha256:
            raise manifests.Damaged(
                f"{path} is damaged: its decrypted content was altered. Use another backup."
            )
        yield plain


def _differences(manifest: Manifest, facts: Facts) -> Iterator[str]:
    """Yield the differences between a copy and its manifest.

    A manifest made for another file would pass its own checksum.
    """
    for name in ("migrations", "rows", "anchor"):
        if getattr(manifest, name) != getattr(facts, name):
            yield f"its {name} are not those its manifest tells of"
    # Old manifests do not name their office.
    if manifest.office not in {"", facts.office}:
        yield "it is of another office than its manifest tells of"


def _problems_upgraded(
    plain: str,
    live: str,
    plugins: Plugins,
    machine: Machine,
) -> list[str]:
    """Return the problems of a backup from an older version, once a copy of it is upgraded."""
    from officeops.backup.checks import behind

    # Only an office from an older version needs the second look.
    with copy_of(plain, plugins, machine, live) as office:
        if not behind(office):
            return []
    # In a copy: a backup itself is never upgraded.
    with scratch(*folders_of(live, plain)) as folder:
        target = os.path.join(folder, "office.db")
        plain_copy(plain, target)
        bring_keys(live, target)
        with Office(target, plugins, machine) as office:
            return list(inside(office))
