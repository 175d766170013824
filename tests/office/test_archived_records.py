"""An archived record is changed by no road but actions declared for it; the refusal names the way back."""

from __future__ import annotations

import sqlite3
from copy import copy
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

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


def test_no_road_edits_an_archived_record(office_factory: OfficeFactory, cli: Cli) -> None:
    office = office_factory("vendors")
    cli("vendor", "add", "--name", "Acme")
    cli("vendor", "edit", "Acme", "--email", "old@acme.test")
    edit = office.value("SELECT max(id) FROM core_action")
    cli("vendor", "archive", "Acme")
    for command in (("vendor", "edit", "#1", "--email", "new@acme.test"), ("undo", str(edit))):
        refused = cli(*command)
        assert refused.code == 1, command
        assert "archived" in refused.err
        assert "unarchive" in refused.err
    sql = "UPDATE vendors_vendor SET email = 'new@acme.test', version = version + 1"
    with pytest.raises(sqlite3.IntegrityError, match="ARCHIVED"), office.acting("test.raw"):
        office.store.db.execute(sql)
    cli("vendor", "import", "-", "--update", typed="name,email\nAcme,new@acme.test\n")
    emails = office.rows("SELECT email, archived_at IS NULL FROM vendors_vendor ORDER BY id")
    # A file adds a vendor of that name: it never changes what nobody sees.
    assert emails == [("old@acme.test", 0), ("new@acme.test", 1)]
