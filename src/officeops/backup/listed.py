"""A finished backup in a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.model.errors import OfficeError
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import datetime


class Backup(Value):
    """A finished backup: its file, its moment (UTC), its site, and whether it is encrypted."""

    path: str
    at: datetime
    site: str
    encrypted: bool

    @property
    def name(self) -> str:
        """The name of the file."""
        return os.path.basename(self.path)

    def manifest(self) -> manifests.Manifest:
        """Return its manifest. Raises NotFound, or Damaged."""
        return manifests.read(self.path)

    def good(self) -> bool:
        """Return whether it passed its checks when it was made, and its file has the same size now.

        Its content is not read, which takes long: `verify` does so, and `selfcheck` for the newest.
        """
        try:
            manifest = self.manifest()
            return manifest.good and manifest.size == os.path.getsize(self.path)
        except (OfficeError, OSError):
            return False

    def known(self) -> manifests.Manifest | None:
        """Return its manifest; None for a missing or damaged one."""
        try:
            return self.manifest()
        except OfficeError:
            return None
