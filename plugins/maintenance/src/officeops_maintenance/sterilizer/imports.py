"""Loads and tests from a file: an office's own export, or a log that was kept in a spreadsheet."""

from __future__ import annotations

from officeops.exchange import Importer


class LoadImport(Importer):
    """Brings loads with their release and the decision on their recall."""

    keys = (("equipment_id", "run_at", "number"), ("equipment_id", "run_at", "contents"))
    # The export of an office brings what people decided; a list from elsewhere has none of it.
    restores = (
        "state",
        "before_result",
        "released_by",
        "released_at",
        "reason",
        "recall",
        "recall_by",
        "recall_on",
        "recall_reason",
    )
    follow = ("suspect",)


class TestImport(Importer):
    """Brings spore tests with their results."""

    keys = (("equipment_id", "run_at", "indicator_lot"), ("equipment_id", "run_at"))
    restores = (
        "state",
        "test_vial",
        "control_vial",
        "mechanical",
        "chemical",
        "read_at",
        "result_by",
        "reason",
    )
