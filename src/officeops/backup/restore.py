"""Bring a backup back: into a new file, or into the live office while people work in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from officeops.backup import manifest as manifests
from officeops.backup.anchor import anchor, lost
from officeops.backup.checks import integrity
from officeops.backup.config import BackupSettings
from officeops.backup.copy import plain_copy
from officeops.backup.folder import Folder
from officeops.backup.history import bring_keys
from officeops.backup.identity import identity_of, site_of
from officeops.backup.make import make
from officeops.backup.verify import opened, refuse_live, verify
from officeops.model.errors import NotFound, Refused
from officeops.office.office import Office
from officeops.store import interruption
from officeops.store.commits import Fate
from officeops.store.connection import look
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.manifest import Manifest
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


@contextmanager
def proved(
    path: str, plugins: Plugins, machine: Machine, *, identity: str = "", live: str = ""
) -> Iterator[tuple[str, Manifest | None, list[str]]]:
    """Yield a backup as a plain file once it has passed, with its manifest and what its checks found.

    A file without a manifest, such as the copy made before an upgrade, has only SQLite's own check to pass. Raises Damaged.
    """
    refuse_live(path, live)
    try:
        manifest: Manifest | None = manifests.read(path)
    except NotFound:
        manifest = None
    if manifest is None:
        if path.endswith(".age"):
            raise Refused(
                f"{path} is encrypted and has no manifest beside it. Bring its .json file back too, or decrypt it with age first."
            )
        with closing(look(path)) as db:
            integrity(db, path)
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'core_action'").fetchone():
                raise manifests.Damaged(f"{path} is not an office's file, nor a backup of one.")
        yield path, None, [f"{path} has no manifest, so only SQLite's own check was made"]
        return
    found = verify(path, plugins, machine, identity=identity, live=live)
    with opened(path, manifest, identity, live) as plain:
        yield plain, manifest, found.problems


def to_new(plain: str, target: str, fate: Fate | None = None) -> None:
    """Put a plain backup into a new file, whole or not at all. Raises Refused where there is one of that name."""
    try:
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Refused(
            f"{target} is there already, and nothing is restored over it. Name a new file with --to."
        ) from None
    except OSError as error:
        raise Refused(
            f"{target} cannot be made: {error.strerror}. Name another file with --to."
        ) from error
    part = f"{target}.{os.getpid()}.part"
    try:
        _fill(plain, part)
        with interruption.held():
            os.replace(part, target)
            sync(os.path.dirname(target))
            if fate is not None:
                fate.wrote(f"{target} was made.")
    except BaseException as error:
        for each in (part, f"{part}-wal", f"{part}-shm", target):
            with suppress(FileNotFoundError):
                os.unlink(each)
        if isinstance(error, (OSError, sqlite3.OperationalError)):
            why = getattr(error, "strerror", None) or error
            raise Refused(
                f"The backup cannot be restored to {target}: {why}. Nothing half made was left."
            ) from error
        raise


def _fill(plain: str, part: str) -> None:
    """Copy a plain backup and make it what a live office is: kept by a write-ahead log, and down on the disk."""
    plain_copy(plain, part)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL").fetchone()
    sync(part)


def restore_live(
    office: Office,
    source: str,
    plain: str,
    manifest: Manifest | None,
    *,
    request: str | None = None,
) -> None:
    """Replace the content of a live office, seen at once by every open session; upgraded and on record before anybody else writes.

    SQLite's own backup writes it as one transaction into the open file: a copy over the file, or a rename, would destroy
    what others have just saved.
    """
    with office.store.gate.held(f"{office.actor}: restoring a backup"):
        replaced, given = anchor(office.store.db), _given(office.store.db)
        with interruption.held():
            with closing(look(plain)) as backup:
                backup.backup(office.store.db)
            office.fate.wrote(f"{office.path} was replaced by {source}.")
        office.catch_up()
        record(office, source, manifest, replaced, given, request)


def replace_live(
    office: Office,
    source: str,
    plain: str,
    manifest: Manifest | None,
    settings: BackupSettings,
    *,
    request: str | None = None,
    anyway: bool = False,
) -> str:
    """Restore into a live office after a backup of what is there now; return that backup's path.

    Raises Refused for another office's or site's backup, which may lie in the same folder, unless it is to be `anyway`;
    Already for a request that was carried out before.
    The backup is made before the gate is taken, and once more inside it if somebody has saved anything meanwhile.
    """
    refuse_strange(office, source, plain, request, anyway=anyway)
    safety = make(office, settings, keep_all=True)
    with office.store.gate.held(f"{office.actor}: restoring a backup"):
        office.once(
            request, "core.restore", lambda _, given: given.get("from") == os.path.basename(source)
        )
        if anchor(office.store.db) != safety.manifest.anchor:
            safety = make(office, settings, keep_all=True)
        restore_live(office, source, plain, manifest, request=request)
    return safety.path


def refuse_strange(
    office: Office, source: str, plain: str, request: str | None, *, anyway: bool
) -> None:
    """Raise Refused for a backup that does not belong into this office, or holds the request id under which it is to be restored."""
    here = identity_of(office.store.db, office.path)
    try:
        with closing(look(plain)) as backup:
            there, site = identity_of(backup, office.path), site_of(backup)
            taken = (
                request
                and backup.execute(
                    "SELECT 1 FROM core_action WHERE request = ?", (request,)
                ).fetchone()
            )
    except sqlite3.Error as error:
        raise Refused(f"{source} is not an office's: {error}. Nothing was changed.") from error
    if taken:
        raise Refused(
            f"the request id {request} was given to something in {source} before; take another. Nothing was done"
        )
    if anyway:
        return
    if here.office and there.office and here.office != there.office:
        raise Refused(
            f"{source} is a backup of another office: its history began otherwise than that of {office.path}. Nothing was changed. "
            "Restore it to a new file with --to, or name another backup (`officeops backup list`); --anyway replaces this office by it."
        )
    if here.site != there.site:
        raise Refused(
            f"{source} is a backup of the site {site}, and this is {office.facts.site_code}. Nothing was changed. "
            "Restore it to a new file with --to; --anyway replaces this office by it."
        )


def _given(db: sqlite3.Connection) -> dict[str, int]:
    """Return the highest number ever given in each table."""
    return dict(db.execute("SELECT name, seq FROM sqlite_sequence").fetchall())


def record(
    office: Office,
    source: str,
    manifest: Manifest | None,
    replaced: dict[str, Any] | None = None,
    given: dict[str, int] | None = None,
    request: str | None = None,
) -> None:
    """Put the restore on record in the office that came out of it, with whatever it leaves behind that backups still tell of.

    Numbers `given` before are not given again: a vendor may hold the order of that number already.
    """
    facts: dict[str, Any] = {"from": os.path.basename(source)}
    if manifest:
        facts |= {"made": manifest.created_at, "sha256": manifest.sha256}
    if replaced:
        facts["replaced"] = replaced
    if left := _left_behind(office, facts):
        facts["left"] = left
    if given:
        facts["after"] = _gone_on(office, given)
    with office.acting("core.restore", facts, request=request) as outcome:
        outcome.append(f"{office.path} is as it was in {source}.")
        for name, number in (given or {}).items():
            if name in {"core_action", "core_change"}:
                continue
            with office.lifted():
                _never_again(office.store.db, name, number)


def _left_behind(office: Office, facts: dict[str, Any]) -> list[str]:
    """Return the ends of the history, by their links, that backups tell of and neither the office holds now nor `facts` name."""
    folder = Folder(office.machine.table("backup", BackupSettings).place(office.path))
    gone = lost(office.store.db, folder.all(identity_of(office.store.db, office.path)), [facts])
    return [link for each in gone if (link := each.manifest().anchor["link"])]


def _gone_on(office: Office, given: dict[str, int]) -> dict[str, Any]:
    """Let the history's numbers go on from those it had, so that cursors only grow; return behind what they do.

    Verifying the history takes a gap in the numbers for a loss, unless the restore behind it says this.
    """
    with office.store.exclusive(f"{office.actor}: restoring a backup") as db:
        last = db.execute("SELECT ifnull(max(id), 0) FROM core_change").fetchone()[0]
        for name in ("core_action", "core_change"):
            _never_again(db, name, given.get(name, 0))
        return {**anchor(db), "change": last}


def _never_again(db: sqlite3.Connection, table: str, number: int) -> None:
    if db.execute(
        "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, table)
    ).rowcount:
        return
    if db.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
    ).fetchone():
        db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))


def restore_new(
    plain: str,
    source: str,
    target: str,
    manifest: Manifest | None,
    plugins: Plugins,
    machine: Machine,
    live: str,
    fate: Fate | None = None,
) -> str:
    """Restore into a new file, upgraded to this version's tables, with the keys of the live office's history; return its path."""
    # Once and for all: a way through a folder that is not there yet would end elsewhere the next time.
    target = os.path.abspath(target)
    fate = fate or Fate()
    to_new(plain, target, fate)
    bring_keys(live, target)
    with Office(target, plugins, machine, fate=fate) as office:
        record(office, source, manifest)
    return target
