"""An archived record is changed by no action but those that are declared for it, and the refusal names the way back."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

#: Actions on records that are declared for archived ones, and why.
TAKES: Final = "what an archived item has still leaves the shelf"
FOR_ARCHIVED: Final = {
    "inventory.item.adjust": TAKES,
    "inventory.item.return": TAKES,
    "inventory.item.transfer": TAKES,
    "inventory.item.use": TAKES,
    "inventory.item.waste": TAKES,
    "inventory.lot.discard": "Today lists unsafe stock of archived lots",
}


def actions_of(office: Office) -> Iterator[tuple[type[Record], Action[..., Any]]]:
    for record in office.records.values():
        for action in office.actions(record):
            yield record, action


def test_each_action_of_each_plugin_refuses_an_archived_record(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("inventory", "vendors", "maintenance", "hr")
    asked, declared = 0, set()
    for record, action in actions_of(office):
        if action.archived:
            declared.add(action.name)
            continue
        row = record.from_values(dict.fromkeys(record.meta.by_name))
        row.id, row.archived_at = 7, "2026-03-02T08:00:00.000Z"
        general = copy(action)
        if not record.meta.editable:  # its own words, which read the row, may say what happened
            general.unless = None
        why = general.reason(office, row)
        assert getattr(why, "code", None) == "archived", (action.name, why)
        has_cure = f"officeops {record.meta.noun} unarchive " in str(why)
        assert has_cure == record.meta.editable, (action.name, why)
        asked += 1
    assert declared == FOR_ARCHIVED.keys()
    assert asked > 150
