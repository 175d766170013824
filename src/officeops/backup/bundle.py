"""Bundle: an office with its keys, settings and backups in one file, to take it to another place.

The bundle lists the SHA-256 of each file in it, and the end of the history, which the other end
compares before it says that the office has arrived.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from officeops.backup import manifest as manifests
from officeops.backup.anchor import anchor
from officeops.backup.checks import integrity
from officeops.backup.config import BackupSettings
from officeops.backup.copy import scratch
from officeops.backup.manifest import Damaged
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.store.connection import connect, look
from officeops.store.moved_away import forget_move
from officeops.store.ownership import give_all_to_owner, leave_new_to_owner
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

#: The name of the office's file in a bundle; its keys are beside it.
OFFICE: Final = "office.db"
SETTINGS: Final = "officeops.toml"
BACKUPS: Final = "backups"
_LIST: Final = "bundle.json"


class Packed(Value):
    """The content of a bundle: the digest of each file in it, and the end of the history."""

    files: dict[str, str]
    end: dict[str, Any]


def pack(office: Office, path: str) -> Packed:
    """Write the bundle of an open office to a new file, for its owner alone.

    Raises Refused where the file exists, and Damaged where the copy of the office is not sound.
    """
    if os.path.lexists(path):
        raise Refused(f"{path} is there already. Name a new file.", code="exists")
    part = f"{path}.{os.getpid()}.part"
    try:
        with scratch(os.path.dirname(office.path)) as folder:
            copy = os.path.join(folder, OFFICE)
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(connect(office.path)) as own:
                own.unlooked("VACUUM INTO ?", (copy,))
            with closing(sqlite3.connect(copy, isolation_level=None)) as db:
                db.execute("PRAGMA journal_mode = WAL").fetchone()
            packed = _written(part, {OFFICE: copy, **_beside(office)})
        sync(part)
        os.rename(part, path)
        sync(os.path.dirname(path))
        give_all_to_owner([path], os.path.dirname(path))
    finally:
        if os.path.exists(part):
            os.unlink(part)
    return packed


def _written(part: str, files: dict[str, str]) -> Packed:
    with closing(look(files[OFFICE])) as db:
        integrity(db, files[OFFICE])
        end = anchor(db)
    digests = {name: manifests.digest(file) for name, file in files.items()}
    text = json.dumps({"files": digests, "end": end}, indent=1, sort_keys=True).encode()
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with open(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w") as tar:
        listed = tarfile.TarInfo(_LIST)
        listed.size = len(text)
        tar.addfile(listed, io.BytesIO(text))
        for name, file in files.items():
            tar.add(file, name, recursive=False)
    return Packed(digests, end)


def _beside(office: Office) -> dict[str, str]:
    """Return the keys, the settings and the backups, by their names in the bundle."""
    files: dict[str, str] = {}
    folder, base = os.path.split(office.path)
    for name in sorted(os.listdir(folder)):
        if name.startswith(f"{base}.key") or name == f"{base}.seal":
            files[OFFICE + name.removeprefix(base)] = os.path.join(folder, name)
    files.update(_configured_keys(office))
    if os.path.isfile(office.machine.file):
        files[SETTINGS] = office.machine.file
    place = office.machine.table("backup", BackupSettings).place(office.path)
    for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
        if name.startswith("office-") and name.endswith((".db", ".age", ".json")):
            files[f"{BACKUPS}/{name}"] = os.path.join(place, name)
    return files


def _configured_keys(office: Office) -> Iterator[tuple[str, str]]:
    """Yield the keys that the settings keep elsewhere."""
    own = office.machine.own
    for ending, place in ((".key", office.store.keys.path), (".seal", own.seal_key)):
        path = os.path.expanduser(place or "")
        if path and os.path.isfile(path):
            yield f"{OFFICE}{ending}", path


def unpack(bundle: str, target: str) -> Packed:
    """Write the files of a bundle beside `target`, the office's file; return what it lists.

    Every digest is compared first. Raises Refused where there is an office already, and Damaged
    for a bundle that is not as it was written.
    """
    if os.path.lexists(target):
        raise Refused(
            f"{target} is there already. Name another place with --db, or move that away.",
            code="exists",
        )
    os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
    with scratch(os.path.dirname(target)) as folder:
        packed = _extracted(bundle, folder)
        places = {name: _place(name, target) for name in packed.files}
        taken = sorted(filter(os.path.lexists, places.values()))
        if taken:
            raise Refused(
                f"{', '.join(taken)} {'is' if len(taken) == 1 else 'are'} there already, and nothing "
                "was written. Move that away, or name an empty folder with --db.",
                code="exists",
            )
        # The office's file goes last: until then nothing opens.
        for name, place in sorted(places.items(), key=lambda named: named[0] == OFFICE):
            os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
            os.rename(os.path.join(folder, name), place)
        sync(os.path.dirname(target))
    backups = os.path.join(os.path.dirname(target), BACKUPS)
    leave_new_to_owner(target, backups if os.path.isdir(backups) else "")
    give_all_to_owner([f"{target}.{SETTINGS}"], target)
    forget_move(target)
    return packed


def _extracted(bundle: str, folder: str) -> Packed:
    """Write the listed files of a bundle into a folder, and prove each."""
    try:
        with tarfile.open(bundle) as tar:
            listed = json.load(tar.extractfile(_LIST) or io.BytesIO())
            packed = Packed(dict(listed["files"]), dict(listed["end"]))
            for name in packed.files:
                _refuse_outside(name)
                tar.extract(name, folder, filter="data")
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{bundle} cannot be read as a bundle: {error}. Make it again.") from error
    for name, digest in packed.files.items():
        file = os.path.join(folder, name)
        os.chmod(file, 0o600)
        if manifests.digest(file) != digest:
            raise Damaged(f"{bundle} is damaged: {name} was altered. Make it again.")
    return packed


def _refuse_outside(name: str) -> None:
    """Raise Damaged for a file that no office has: a bundle from anybody writes nothing else."""
    folder, base = os.path.split(name)
    is_ours = folder == BACKUPS and base.startswith("office-")
    if not is_ours and (folder or not base.startswith((OFFICE, SETTINGS))):
        raise Damaged(f"The bundle has a file that is none of an office's: {name}.")


def _place(name: str, target: str) -> str:
    """Return the place of a file of the bundle beside an office's file."""
    folder = os.path.dirname(target)
    if name.startswith(f"{BACKUPS}/"):
        return os.path.join(folder, name)
    if name == SETTINGS:
        return f"{target}.{SETTINGS}"
    return target + name.removeprefix(OFFICE)
