"""Manifest: what a backup is, kept beside it, and by which any change of either is found.

The file is the one way to write its content, and carries its own checksum: there is no bit of it that may be another.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from officeops.model.errors import Broken, NotFound
from officeops.model.immutable import Value

#: Bytes read at once when a file is hashed.
PIECE = 1 << 20


class Damaged(Broken):
    """A backup or its manifest is not the file that was written."""

    code = "damaged"


class Manifest(Value):
    """What is known of a backup. `anchor` is where its history ends; `problems` are what its checks found when it was made.

    `office` is where its history begins, and `file` the name of the office's file; manifests of old have neither.
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

    @property
    def good(self) -> bool:
        """Whether everything was in order when it was made."""
        return not self.problems

    def text(self) -> str:
        """Return the file's content."""
        facts = {
            name: value
            for name, value in self.__dict__.items()
            if value or name not in {"office", "file"}
        }
        return _written({**facts, "checksum": _checksum(facts)})


def path_of(backup: str) -> str:
    """Return where a backup's manifest lies."""
    return f"{backup}.json"


def read(backup: str) -> Manifest:
    """Read the manifest of a backup. Raises NotFound where it has none, Damaged where a bit of it is not what was written."""
    path = path_of(backup)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise NotFound(
            f"{backup} has no manifest beside it ({os.path.basename(path)}), so nothing proves that it is whole."
        ) from None
    try:
        facts = json.loads(content)
        checksum = facts.pop("checksum")
        manifest = Manifest(**facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(
            f"{path} is damaged: it cannot be read as a manifest. Use another backup."
        ) from error
    if checksum != _checksum(facts) or content != manifest.text().encode():
        raise Damaged(f"{path} is damaged: it was altered. Use another backup.")
    return manifest


def prove(backup: str, manifest: Manifest) -> None:
    """Raise Damaged where a backup is not, bit for bit, the file its manifest tells of."""
    if manifest.name != os.path.basename(backup):
        raise Damaged(
            f"{backup} has the manifest of {manifest.name} beside it. Put the two back together."
        )
    size = os.path.getsize(backup)
    if size != manifest.size:
        raise Damaged(
            f"{backup} is damaged: it has {size} bytes, and {manifest.size} were written. Use another backup."
        )
    if digest(backup) != manifest.sha256:
        raise Damaged(
            f"{backup} is damaged: its content was altered (SHA-256 differs). Use another backup."
        )


def digest(path: str) -> str:
    """Return the SHA-256 of a file that is not a live office's, in hexadecimal."""
    found = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def _checksum(facts: dict[str, Any]) -> str:
    return hashlib.sha256(_written(facts).encode()).hexdigest()


def _written(facts: dict[str, Any]) -> str:
    return json.dumps(facts, indent=1, sort_keys=True) + "\n"
