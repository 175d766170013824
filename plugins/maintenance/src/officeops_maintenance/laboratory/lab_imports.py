"""Imports of the laboratory: an office's own export, or a list that was kept in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange import Importer, Row
from officeops_maintenance.followed_edits import FollowedEdits
from officeops_maintenance.laboratory.holds import follow_new
from officeops_maintenance.laboratory.lab_kit import LabKit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class LabTestImport(Importer):
    """Takes over who confirmed the rules of a test."""

    restores = ("confirmed_on", "confirmed_by")


class LabKitImport(FollowedEdits):
    """Takes over which kits are finished, and holds their lots until their controls pass."""

    restores = ("finished_on", "finished_why")
    later = ("use", "state", "discard_by", "control_by", "blocked")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._ids: list[int] = []

    def added(self, rows: list[Row]) -> None:
        """Remember the new kits."""
        self._ids += [row.id for row in rows]

    def finish(self) -> Iterable[str]:
        """Hold their lots in the stock until their controls pass, as adding each does."""
        yield from super().finish()
        # What a bulk action added is changed in it once its history is written.
        self.office.write_deferred()
        for kit in list(self.office.some(LabKit, self._ids)):
            yield from follow_new(self.office, kit)
