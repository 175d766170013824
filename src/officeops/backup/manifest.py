"""Manifest: the description of a backup, beside it, by which any change of either is found.

There is only one way to write its content, and it has its own checksum, so that no bit of it can
change unnoticed.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from officeops.model.errors import Broken, NotFound
from officeops.model.immutable import Value
from officeops.store.system_refusals import not_allowed

#: Bytes that are read at once to hash a file.
PIECE = 1 << 20


class Damaged(Broken):
    """A backup or its manifest is not as it was written."""

    code = "damaged"


class Unread(Broken):
    """A backup or its manifest may not be read by this login."""

    code = "backup-unreadable"


class Manifest(Value):
    """The description of a backup.

    `anchor` is the end of its history, and `problems` are the findings of its checks when it was
    made. `office` is the first link of its history, `file` the name of the office's file and
    `attached_bytes` the size of the files in it, whose number is among the rows; old manifests have
    none of these.
    """

    name: str
    sha256: str
    size: int
    created_at: str
    site: str
    sqlite: str
    officeops: str
    encrypted: bool
    plain_sha256: str
    migrations: list[list[str]]
    rows: dict[str, int]
    anchor: dict[str, Any]
    problems: list[str]
    office: str = ""
    file: str = ""
    attached_bytes: int = 0

    @property
    def good(self) -> bool:
        """Whether its checks found nothing when it was made."""
        return not self.problems

    def text(self) -> str:
        """Return the file's content."""
        facts = dict(self.__dict__)
        # An old manifest must come out as it was written, or its checksum would not fit.
        for name in ("office", "file", "attached_bytes"):
            if not facts[name]:
                del facts[name]
        return _written({**facts, "checksum": _checksum(facts)})


def path_of(backup: str) -> str:
    """Return the path of a backup's manifest."""
    return f"{backup}.json"


def read(backup: str) -> Manifest:
    """Return the manifest of a backup.

    Raises NotFound without one, Damaged for a changed one, and Unread.
    """
    path = path_of(backup)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        name = os.path.basename(path)
        raise NotFound(
            f"{backup} has no manifest beside it ({name}), so nothing proves that it is whole.",
            code="not-found",
        ) from None
    except PermissionError as error:
        raise Unread(not_allowed(path)) from error
    try:
        facts = json.loads(content)
        checksum = facts.pop("checksum")
        manifest = Manifest(**facts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(
            f"{path} is damaged: it cannot be read as a manifest. Use another backup."
        ) from error
    # The checksum finds a changed value, the comparison a changed blank or order.
    if checksum != _checksum(facts) or content != manifest.text().encode():
        raise Damaged(f"{path} is damaged: it was altered. Use another backup.")
    return manifest


def prove(backup: str, manifest: Manifest) -> None:
    """Raise Damaged where a backup is not, bit for bit, the file that its manifest describes."""
    if manifest.name != os.path.basename(backup):
        raise Damaged(
            f"{backup} has the manifest of {manifest.name} beside it. Give each its own again."
        )
    size = os.path.getsize(backup)
    if size != manifest.size:
        raise Damaged(
            f"{backup} is damaged: it has {size} bytes, and {manifest.size} were written. "
            "Use another backup."
        )
    if digest(backup) != manifest.sha256:
        raise Damaged(
            f"{backup} is damaged: its content was altered (SHA-256 differs). Use another backup."
        )


def digest(path: str) -> str:
    """Return the SHA-256 of a file that is not a live office's, in hexadecimal.

    Raises Unread.
    """
    hashed = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while piece := file.read(PIECE):
                hashed.update(piece)
    except PermissionError as error:
        raise Unread(not_allowed(path)) from error
    return hashed.hexdigest()


def _checksum(facts: dict[str, Any]) -> str:
    return hashlib.sha256(_written(facts).encode()).hexdigest()


def _written(facts: dict[str, Any]) -> str:
    return json.dumps(facts, indent=1, sort_keys=True) + "\n"
