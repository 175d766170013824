"""A finished backup, as a folder lists it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.model.errors import OfficeError
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import datetime


class Backup(Value):
    """A finished backup: its file, when it was made (UTC) and the site whose it is."""

    path: str
    at: datetime
    site: str
    encrypted: bool

    @property
    def name(self) -> str:
        """The file's name."""
        return os.path.basename(self.path)

    def manifest(self) -> manifests.Manifest:
        """Read its manifest. Raises NotFound, Damaged."""
        return manifests.read(self.path)

    def good(self) -> bool:
        """Whether its manifest is whole and says that all checks held when it was made, and its file has that size still.

        Its content is not read: that is for `verify`, and of the newest one for `selfcheck`.
        """
        try:
            kept = self.manifest()
            return kept.good and kept.size == os.path.getsize(self.path)
        except (OfficeError, OSError):
            return False

    def known(self) -> manifests.Manifest | None:
        """Return its manifest, or None where that is not whole."""
        try:
            return self.manifest()
        except OfficeError:
            return None
