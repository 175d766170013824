"""Identity: whose backup a backup is. Two offices may share a folder and a site's code, but never how their histories begin."""

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
    """An office: the first link of its history (blank before there is one), the name of its file, its site's code in names.

    A restored copy begins as its origin did, so it is the same office, but another file: each keeps backups of its own.
    """

    office: str
    file: str
    site: str

    def owns(self, kept: Manifest | None) -> bool:
        """Whether a backup with that manifest is of this office and this file; one that does not say so is taken to be."""
        return self.began(kept) and (kept is None or kept.file in {"", self.file})

    def began(self, kept: Manifest | None) -> bool:
        """Whether a backup with that manifest is of this office, in whatever file it lay."""
        return kept is None or not (kept.office and self.office) or kept.office == self.office


def beginning(db: sqlite3.Connection) -> str:
    """Return the first link of a history, which nothing ever changes; blank where there is none."""
    first = db.execute("SELECT min(id) FROM core_action").fetchone()[0]
    return link_of(db, first) if first else ""


def identity_of(db: sqlite3.Connection, path: str) -> Identity:
    """Return the identity of the office that is open at `path`."""
    return Identity(beginning(db), file_name(path), slug(site_of(db)))


def identity_at(path: str) -> Identity | None:
    """Return the identity of the office in a file; None where there is none yet, or none any more."""
    try:
        with closing(connect(path)) as db:
            return identity_of(db, path)
    except (OfficeError, OSError, sqlite3.Error):
        return None


def site_of(db: sqlite3.Connection) -> str:
    """Return the site's code of an office; blank where nobody has named it yet."""
    row = db.execute("SELECT site_code FROM core_office ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def file_name(path: str) -> str:
    """Return the name of an office's file, the same by whatever link it was opened."""
    return os.path.basename(os.path.realpath(path))


def slug(site: str) -> str:
    """Return a site's code as file names can have it."""
    return re.sub(r"[^a-z0-9]+", "-", site.lower()).strip("-") or "main"
