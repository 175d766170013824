"""What a file and a machine keep by a record's name goes on working after a migration has renamed the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history import renaming_tools as version
from tests.history.history_tools import raw

from officeops.access.permissions import permissions
from officeops.access.records import Grant, Role
from officeops.access.roles import patterns_of
from officeops.core.actions import hold
from officeops.core.purge import purge
from officeops.core.records import LegalHold, RetentionRule
from officeops.history.finding import Anchor
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.verify import verify
from officeops.history.verify_accepted import VERB
from officeops.model.declarations import Query, View
from officeops.model.errors import Already, Refused
from officeops.office.crud import add_record, archive_record, edit_record
from officeops.query.views import save_view, view

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli

    Grow = Callable[..., Office]

#: Another plugin, of whose records one refers to a record of the first by the key that it had then.
CABINETS = f"""
class Cabinet(Record, key="cabinets.cabinet"):
    name: str = field()
    key_id: int | None = ref("lockers.key", default=None)

@hookimpl
def records(): return [Cabinet]
@hookimpl
def migrations(): return [Migration("0001", '''
CREATE TABLE cabinets_cabinet ({version.COLUMNS}, name TEXT NOT NULL, key_id INTEGER) STRICT;
CREATE INDEX cabinets_cabinet_key_id ON cabinets_cabinet(key_id) WHERE key_id IS NOT NULL
''')]
@hookimpl
def views(): return [View("held", "lockers.key", "Held", "holder=Ann")]
"""


def last(office: Office) -> int:
    return int(office.value("SELECT max(id) FROM core_action"))


def test_a_request_that_was_carried_out_is_not_carried_out_again(grow: Grow) -> None:
    office = grow(version.ONE)
    kind = office.records["lockers.key"]
    add_record(office, kind, {"tag": "A-1", "holder": "Ann"}, request="one")
    edit_record(office, office.get(kind, 1), {"holder": "Ben"}, request="two")
    office = grow(version.RENAMED)
    badge = office.records["lockers.badge"]
    with pytest.raises(Already):
        add_record(office, badge, {"tag": "A-1", "owner": "Ann"}, request="one")
    with pytest.raises(Refused):
        add_record(office, badge, {"tag": "A-9", "owner": "Ann"}, request="one")
    assert office.value("SELECT count(*) FROM lockers_badge") == 1


def test_a_script_s_line_with_its_request_id_works_on(grow: Grow, cli: Cli) -> None:
    on = {"OFFICEOPS_PLUGINS": "lockers"}
    grow(version.ONE)
    line = ("--request-id", "one", "key", "add", "--tag", "A-1")
    assert cli(*line, env=on).code == 0
    edit = ("--request-id", "two", "key", "edit", "A-1", "--note", "red")
    assert cli(*edit, env=on).code == 0
    office = grow(version.RENAMED)
    assert cli(*line, env=on).code == 0
    assert cli(*edit, env=on).code == 0
    assert office.value("SELECT count(*) FROM lockers_badge") == 1
    assert office.value("SELECT max(version) FROM lockers_badge") == 2


def test_a_grant_reaches_what_it_did(grow: Grow) -> None:
    office = grow(version.ONE)
    with office.acting("test"):
        office.add(Role(name="desk"))
        for pattern in ("lockers.key.view", "lockers.key.*", "lockers.loan.view"):
            office.add(Grant(role="desk", pattern=pattern))
        office.add(Grant(role="desk", pattern="lockers.badge.view"))
    office = grow(version.RENAMED)
    assert set(patterns_of(office, "desk")) == {
        "lockers.badge.view",
        "lockers.badge.*",
        "lockers.loan.view",
    }
    names = {declared.name for declared in permissions(office.plugins, office.records.values())}
    assert "lockers.badge.view" in names
    assert verify(office) == []


def test_holds_and_retention_rules_keep_holding(
    grow: Grow, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2020-01-02")
    office = grow(version.ONE)
    kind = office.records["lockers.key"]
    for tag in ("A-1", "A-2"):
        archive_record(office, add_record(office, kind, {"tag": tag, "holder": "Ann"}))
    office.do(hold, "lockers.key", "The audit", "#1")
    with office.acting("test"):
        office.add(RetentionRule(record="lockers.key", years=2, source="The payer"))
    freeze_today("2029-06-01")
    office = grow(version.RENAMED)
    assert {held.record for held in office.all(LegalHold)} == {"lockers.badge"}
    [rule] = office.all(RetentionRule)
    assert (rule.record, rule.years) == ("lockers.badge", 2)
    fates = {fate.number: fate.kept for fate in purge(office, "lockers.badge")}
    assert fates[1].startswith("held by tester")
    assert not fates[2]
    contents = "SELECT count(*) FROM core_change WHERE record_id = 2 AND record = 'lockers_key' AND destroyed IS NULL"
    assert office.value(contents) == 0
    assert verify(office) == []


def test_a_snooze_lasts(grow: Grow) -> None:
    office = grow(version.ONE)
    with office.acting("test"):
        office.put_off("lockers.key:7:2030-01-01", office.today.replace(year=2031))
    office = grow(version.RENAMED)
    assert list(office.put_off_until("lockers.badge:")) == ["7:2030-01-01"]


def test_saved_views_and_filters_work_by_the_names_that_fields_had(grow: Grow) -> None:
    office = grow(version.ONE)
    kind = office.records["lockers.key"]
    for tag, holder in (("A-1", "Ann"), ("A-2", "Ben")):
        add_record(office, kind, {"tag": tag, "holder": holder})
    save_view(office, kind, View("anns", kind.meta.key, "", "holder=Ann", "holder", ("holder",)))
    office = grow(version.RENAMED)
    badge = office.records["lockers.badge"]
    saved = view(office, badge, "anns")
    assert len(list(office.select(badge, [], Query(where=saved.where, sort=saved.sort)))) == 1
    assert badge.meta.field(saved.columns[0]) is badge.meta.by_name["owner"]
    save_view(office, badge, View("anns", badge.meta.key, "", "owner=Ben", "", ()))
    assert view(office, badge, "anns").where == "owner=Ben"


def test_another_plugin_s_reference_and_view_point_to_the_record(grow: Grow) -> None:
    office = grow(version.ONE, cabinets=CABINETS)
    key = add_record(office, office.records["lockers.key"], {"tag": "A-1"})
    add_record(office, office.records["cabinets.cabinet"], {"name": "Drugs", "key_id": key.id})
    office = grow(version.RENAMED, cabinets=CABINETS)
    cabinet, badge = office.records["cabinets.cabinet"], office.records["lockers.badge"]
    assert office.target(cabinet.meta.by_name["key_id"]) is badge
    assert office.refer(cabinet.meta.by_name["key_id"], "A-1") == 1
    assert view(office, badge, "held").where == "holder=Ann"
    assert office.record("lockers.key") is badge


def test_an_accepted_finding_stays_accepted(grow: Grow) -> None:
    office = grow(version.ONE)
    kind = office.records["lockers.key"]
    key = add_record(office, kind, {"tag": "A-1", "holder": "Ann"})
    edit_record(office, key, {"holder": "Ben"})
    change = office.value("SELECT max(id) FROM core_change")
    with raw(Path(office.path)) as db:
        db.execute(
            "UPDATE core_change SET before = replace(before, 'Ann', 'Eve') WHERE id = ?", (change,)
        )
    found = [finding for finding in verify(office) if finding.kind == "record"]
    marks = [finding.mark for finding in verify(office)]
    assert found
    with office.acting(VERB, {"because": "known", "found": marks}):
        pass
    assert verify(office) == []
    office = grow(version.RENAMED)
    assert verify(office) == []


def test_old_commands_work_on_and_settings_of_the_old_key_count(
    grow: Grow, cli: Cli, officeops_home: Path
) -> None:
    on = {"OFFICEOPS_PLUGINS": "lockers"}
    office = grow(version.ONE)
    add_record(office, office.records["lockers.key"], {"tag": "A-1", "holder": "Ann"})
    grow(version.RENAMED)
    assert [row["owner"] for row in cli("key", "list", "--json", env=on).json] == ["Ann"]
    assert [row["owner"] for row in cli("badge", "list", "--json", env=on).json] == ["Ann"]
    assert cli("key", "list", "--where", "holder=Ann", "--json", env=on).json
    assert cli("key", "edit", "A-1", "--holder", "Ben", env=on).code == 0
    assert [row["owner"] for row in cli("key", "list", "--json", env=on).json] == ["Ben"]
    settings = officeops_home / "config" / "officeops" / "officeops.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('[nouns]\n"lockers.key" = "fob"\n')
    assert cli("fob", "list", "--json", env=on).json


def test_a_filter_of_the_history_by_an_action_s_name_finds_both(grow: Grow) -> None:
    office = grow(version.ONE)
    add_record(office, office.records["lockers.key"], {"tag": "A-1"})
    office = grow(version.RENAMED)
    add_record(office, office.records["lockers.badge"], {"tag": "A-2"})
    assert len(changes(office, Asked(what="lockers.badge.add"))) == 2


def test_an_anchor_from_before_the_renaming_holds(grow: Grow) -> None:
    office = grow(version.ONE)
    add_record(office, office.records["lockers.key"], {"tag": "A-1"})
    rows = office.rows("SELECT id, lower(hex(link)), at FROM core_action ORDER BY id DESC LIMIT 1")
    office = grow(version.RENAMED)
    assert verify(office, [Anchor(*rows[0])]) == []
