"""Pickups from a file: an office's own export, or the log that it kept before."""

from __future__ import annotations

from officeops.exchange import Importer


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
