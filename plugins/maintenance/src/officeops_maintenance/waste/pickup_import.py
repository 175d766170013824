"""Pickups from a file: an office's own export, or the log that it kept before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Reason, folded
from officeops.exchange import Importer
from officeops_maintenance.waste.pickup import ONE_PICKUP, SAME_MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange import Row

_KNOWN: Final = f"""
SELECT id FROM maintenance_waste_pickup WHERE archived_at IS NULL AND {SAME_MANIFEST}
"""


class PickupImport(Importer):
    """Takes over when a copy came back. A pickup of the past completes no task."""

    # A hauler has one manifest for a pickup; a log without numbers goes by its days.
    keys = (("manifest", "picked_on"), ("manifest",))
    # The copy itself comes in by `attach`.
    follow = ("signed_copy",)
    # A log from before says when a copy came back, without the copy.
    may_set = ("returned_on",)
    restores = ("visit_id",)
    later = ("containers",)

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._manifests: set[str] = set()

    def refuse_new(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Refuse a pickup under a manifest that another one has, here or in the file."""
        for row in rows:
            number = folded(row.values["manifest"] or "")
            if not number:
                continue
            known = self.office.value(_KNOWN, number)
            if known is not None or number in self._manifests:
                which = f"WP-{known}" if known is not None else "an earlier row"
                yield row, "manifest", Reason(f"is that of {which}; {ONE_PICKUP}", code="taken")
            self._manifests.add(number)
