"""Identity: the office of a backup.

Two offices may share a folder and a site's code, but never the beginning of their histories.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from officeops.backup.anchor import link_of
from officeops.model.errors import OfficeError
from officeops.model.immutable import Value
from officeops.store.connection import connect

if TYPE_CHECKING:
    from officeops.backup.manifest import Manifest


class Identity(Value):
    """An office: the first link of its history, the name of its file, and its site's code.

    The link is blank before the first action. A restored copy has the beginning of its origin, so
    it is the same office in another file; each has backups of its own.
    """

    office: str
    file: str
    site: str

    def owns(self, manifest: Manifest | None) -> bool:
        """Return whether a backup is of this office and file; a manifest without a file fits."""
        if not self.began(manifest):
            return False
        return manifest is None or manifest.file in {"", self.file}

    def began(self, manifest: Manifest | None) -> bool:
        """Return whether a backup is of this office, in any file; one that does not say so is."""
        # An office before its first action, and old manifests, have no link to compare.
        if manifest is None or not manifest.office or not self.office:
            return True
        return manifest.office == self.office


def beginning(db: sqlite3.Connection) -> str:
    """Return the first link of a history, which nothing ever changes; blank where there is none."""
    first = db.execute("SELECT min(id) FROM core_action").fetchone()[0]
    return link_of(db, first) if first else ""


def identity_of(db: sqlite3.Connection, path: str) -> Identity:
    """Return the identity of the office that is open at `path`."""
    return Identity(beginning(db), file_name(path), slug(site_of(db)))


def identity_at(path: str) -> Identity | None:
    """Return the identity of the office in a file; None where the file is missing or damaged."""
    try:
        with closing(connect(path)) as db:
            return identity_of(db, path)
    except (OfficeError, OSError, sqlite3.Error):
        return None


def site_of(db: sqlite3.Connection) -> str:
    """Return the site's code of an office; blank before `officeops init`."""
    row = db.execute("SELECT site_code FROM core_office ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def file_name(path: str) -> str:
    """Return the name of an office's file, the same through any link."""
    return os.path.basename(os.path.realpath(path))


def slug(site: str) -> str:
    """Return a site's code in letters, digits and hyphens, for the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", site.lower()).strip("-") or "main"
