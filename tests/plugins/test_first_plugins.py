"""What the author of a first plugin meets: refusals name the record, the row, the plugin and a cure."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from officeops.access.actions import admit
from officeops.model.errors import Forbidden, PluginFault, Refused
from officeops.office.crud import add_record, edit_record
from officeops.office.office import Office as OpenOffice
from officeops.office.report_rows import rows_of
from officeops.selfcheck.content import table_findings
from officeops.selfcheck.duplicates import double_findings

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

LOG = '''
from __future__ import annotations
from officeops import *
from datetime import datetime

PLUGIN = Plugin("log", "Visits and readings", api=2)
START = "id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT"


class Visit(Record, key="log.visit", noun="log-visit", display="name", prefix="LV"):
    "A visit."
    name: str = field()
    came_at: datetime = field()
    pin: str | None = field(default=None, sealed=True)


class Sample(Record, key="log.sample", append_only=True, display="taken_at", TOGETHER):
    "A sample."
    probe: str = field()
    taken_at: datetime = field()


@action("log.wipe")
def wipe(office: Office) -> str:
    """Delete all visits."""
    office.rows("DELETE FROM log_visit")
    return "done"


@report("odd", title="Odd")
def odd(office):
    """Say odd things."""
    return 42


@hookimpl
def reports(): return [odd]


@hookimpl
def actions(): return [wipe]


@hookimpl
def records(): return [Visit, Sample]


@hookimpl
def due(office, until):
    yield "dust"


@hookimpl
def validate(office, change):
    if change.record == "log.visit" and change.before:
        yield Problem("is over; nobody changes it")


@hookimpl
def migrations():
    visit = f"{START}, name TEXT NOT NULL, came_at TEXT NOT NULL, pin TEXT"
    sample = f"{START}, probe TEXT NOT NULL, taken_at TEXT NOT NULL"
    yield Migration("0001", f"CREATE TABLE log_visit ({visit}) STRICT;"
        f"CREATE TABLE log_sample ({sample}) STRICT;")
'''
TOGETHER = 'unique_together=(("probe", "taken_at"),)'
EARLY, LATE = datetime(2026, 11, 1, 0, 5, tzinfo=UTC), datetime(2026, 11, 1, 0, 10, tzinfo=UTC)


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    office = office_factory(files={"log": LOG.replace("TOGETHER", TOGETHER)}, actor="ann")
    assert not office.plugins.troubles
    return office


def sampled(office: Office, *moments: datetime) -> None:
    rows = [{"probe": "F1", "taken_at": moment} for moment in moments]
    with office.acting("test.samples"):
        office.add_many(office.records["log.sample"], rows)


def visit(office: Office) -> Any:  # noqa: ANN401 - a record of the plugin
    return add_record(office, office.records["log.visit"], {"name": "Ann Lee", "came_at": EARLY})


def test_two_visits_of_one_person_say_how_they_are_told_apart(
    office: Office, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "log")
    path = tmp_path / "visits.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(
            [["name", "came_at"], ["Cy Fox", "2026-11-01 09:00"], ["Cy Fox", "2026-11-02 09:00"]]
        )
    line = ("--db", office.path, "log-visit", "import", str(path))
    assert "tell them apart with --key name,came_at" in cli(*line).err
    assert cli(*line, "--key", "name,came_at").code == 0
    assert office.value("SELECT count(*) FROM log_visit") == 2


def test_a_twin_among_many_rows_is_named_by_its_row_and_as_people_read_times(
    office: Office,
) -> None:
    with pytest.raises(Refused) as refused:
        sampled(office, EARLY, LATE, EARLY)
    assert str(refused.value).startswith("Sample, row 3 of 3")
    assert "(2026-11-01 00:05) as row 1" in str(refused.value)
    sampled(office, EARLY)
    with pytest.raises(Refused) as refused:
        sampled(office, LATE, EARLY)
    assert str(refused.value).startswith("Sample, row 2 of 2")
    assert "sample 2026-11-01 00:05, probe F1 (#1)" in str(refused.value)


def test_entries_from_before_they_were_unique_are_noted_and_stay(
    office_factory: OfficeFactory,
) -> None:
    before = office_factory(files={"log": LOG.replace(", TOGETHER", "")}, actor="ann")
    sampled(before, EARLY, EARLY)
    before.close()
    later = office_factory(files={"log": LOG.replace("TOGETHER", TOGETHER)}, actor="ann")
    [finding] = double_findings(later)
    assert finding.severity == "note"
    assert "stay as they were written" in finding.cure


def test_a_guard_s_objection_names_the_record(office: Office) -> None:
    with pytest.raises(Refused, match=r"Visit LV-1: is over; nobody changes it \(log\)"):
        edit_record(office, visit(office), {"name": "Bo"})


def test_a_clerk_who_may_not_seal_a_file_is_told_how_to_attach_it(
    office: Office, tmp_path: Path
) -> None:
    record = visit(office)
    admit(office, "cy", ["clerk"])
    clerk = OpenOffice(office.path, office.plugins, office.machine, user="cy")
    file = tmp_path / "scan.txt"
    file.write_text("scan")
    with pytest.raises(Forbidden, match=r"may not attach a sealed file .* `--not-sealed` attaches"):
        clerk.attach(record, str(file))
    assert clerk.attach(record, str(file), sealed=False).id


def test_a_delete_of_an_action_names_its_plugin(office: Office) -> None:
    visit(office)
    [(_, wipe)] = office.plugins.registered("actions")[-1:]
    with pytest.raises(Refused, match=r"never deleted \(SQL of the plugin log\)"):
        office.do(wipe)


def test_an_answer_of_the_wrong_type_names_the_line_where_its_function_begins(
    office: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = LOG.splitlines()
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "log")
    ran = cli("--db", office.path, "report", "odd")
    line = lines.index('@report("odd", title="Odd")') + 1
    assert f"log.py, line {line}" in ran.err
    assert "`officeops plugins disable log` turns it off" in ran.err
    [(_, odd)] = office.plugins.registered("reports")[-1:]
    with pytest.raises(PluginFault):
        rows_of(office, "log", odd)
    office.due_items(office.today)
    [trouble] = office.plugins.troubles
    assert f"(log.py, line {lines.index('def due(office, until):')})" in str(trouble)


def test_each_refused_plugin_is_one_line_and_all_are_one_where_none_is_asked(
    office: Office, cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from officeops.testing import write_plugin

    for name in ("aa", "bb"):
        write_plugin(officeops_home, name, "1 / 0")
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "aa,bb")
    lines = cli("--db", office.path, "location", "list").err.splitlines()
    of_plugins = [line for line in lines if "plugin" in line]
    assert len(of_plugins) == 2
    for line in of_plugins:
        assert "(aa.py, line 1)" in line or "(bb.py, line 1)" in line
        assert "plugins disable" in line
    lines = cli("--db", office.path, "history", "verify").err.splitlines()
    [line] = [line for line in lines if "plugins" in line]
    assert "aa and bb" in line


def test_a_plugin_whose_migration_fails_is_refused_in_the_same_words_everywhere(
    office_factory: OfficeFactory, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = '    yield Migration("0002", "INSERT INTO nowhere VALUES (1)")\n'
    office = office_factory(files={"log": LOG.replace("TOGETHER", TOGETHER) + step}, actor="ann")
    [trouble] = office.plugins.troubles
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "log")
    status = {row["name"]: row["status"] for row in cli("plugins", "--json").json}["log"]
    assert status.startswith("refused: ")
    assert trouble.said.rstrip(".") in status
    [finding] = [finding for finding in table_findings(office) if finding.code == "plugin-failed"]
    assert (finding.cure, "plugins check log" in trouble.cure) == (trouble.cure, True)
