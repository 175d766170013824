"""The demo is a practice to believe in: the same every time, in order, and with something of everything to look at."""

from __future__ import annotations

import tempfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis.strategies import dates
from tests import made_once
from tests.docs.pictures import DAY as TODAY
from tests.effort import sampled
from tests.made_once import copied

from officeops.core.attachment_record import Attachment
from officeops.core.note_record import Note
from officeops.demo import PEOPLE, working_again, working_before
from officeops.demo import Demo as MadeUp
from officeops.demo.practice import LOCATIONS, NAME
from officeops.history.verify import verify
from officeops.model.errors import Broken
from officeops.model.exit_codes import INCOMPLETE, PARTLY, REFUSED
from officeops.office.validation import fields_in_order
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

#: Another season on a weekend, and a leap day.
DAYS = ("2026-11-22", "2028-02-29")
DOCUMENTS = {"insurance", "license", "baa"}
WOBBLY = """
from officeops import Plugin, hookimpl

PLUGIN = Plugin("wobbly", "A plugin whose part of the demo fails", api=2)


@hookimpl
def demo(office, seed):
    with office.acting("wobbly.demo"):
        raise ValueError("no practice today")
"""


class Demo:
    """Builds the demo as the command does, and opens what it made."""

    def __init__(self, cli: Cli, offices: OfficeFactory, home: Path) -> None:
        self.cli, self.offices, self.home = cli, offices, home

    def __call__(self, name: str, *words: str, day: str = TODAY) -> Office:
        ran = self.cli(
            "demo", "--keep", str(self.home / name), *words, env={"OFFICEOPS_TODAY": day}
        )
        assert ran.code == 0
        return self.offices(file=name)


@pytest.fixture
def demo(
    cli: Cli,
    office_factory: OfficeFactory,
    officeops_home: Path,
    freeze_today: Callable[[date | str], None],
) -> Demo:
    freeze_today(TODAY)
    return Demo(cli, office_factory, officeops_home)


@pytest.fixture
def practice(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The usual demo, in a file of the test's own."""
    copied(made_once.practice(tmp_path_factory, TODAY), demo.home / "a.db")
    return demo.offices(file="a.db")


def exported(office: Office) -> dict[str, int]:
    """A digest of every kind of record, all of its columns but the sealed ones; it holds in this process."""
    found = {}
    for key, record in office.records.items():
        # A value is sealed in another way each time.
        sealed = {name for field in record.meta.sealed for name in (field.name, field.index_column)}
        columns = ", ".join(name for name in record.meta.columns if name not in sealed)
        rows = office.rows(f"SELECT {columns} FROM {record.meta.table} ORDER BY id")
        found[key] = hash(tuple(rows))
    return found


def reorder(demo: Demo, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = demo.cli(
        "--db", str(demo.home / name), "reorder", "--json"
    ).json
    return found


def in_order(office: Office) -> list[str]:
    return [str(problem) for _, problem in office.plugins.collect("check", office=office)]


def test_the_same_seed_on_the_same_day_makes_the_same_practice(
    demo: Demo, practice: Office
) -> None:
    assert exported(practice) == exported(demo("b.db"))


def test_balances_are_the_sum_of_the_moves_and_were_never_below_zero(practice: Office) -> None:
    assert in_order(practice) == []
    running = "SELECT sum(quantity) OVER (PARTITION BY item_id, location_id, lot_id ORDER BY id) AS left FROM inventory_move"
    assert practice.value(f"SELECT count(*) FROM ({running}) WHERE left < 0") == 0
    assert practice.value("SELECT count(*) FROM inventory_move WHERE day > ?", TODAY) == 0
    days = [row[0] for row in practice.rows("SELECT day FROM inventory_move ORDER BY id")]
    assert days == sorted(days)


def test_every_row_would_pass_the_checks_of_a_form(practice: Office) -> None:
    for record in practice.records.values():
        # Migrations write these by themselves: a renamed field has no choice.
        if record.meta.key == "core.former-name":
            continue
        rows = list(practice.all(record))
        # Of tens of thousands alike, a run checks a sample.
        for each in sampled(rows, 3000):
            problems = [*fields_in_order(practice, each), *each.check(practice)]
            # What a reference leaves out is asked when it is set: an opening closes later.
            assert [problem for problem in problems if "where" not in problem.facts] == []


def test_nothing_was_used_from_a_lot_that_had_ended(practice: Office) -> None:
    late = "SELECT count(*) FROM inventory_move m JOIN inventory_lot l ON l.id = m.lot_id WHERE m.kind = 'use' AND m.day > l.expires_on"
    assert practice.value(late) == 0


def test_barcodes_are_for_use_inside_one_company_and_their_check_digits_are_right(
    practice: Office,
) -> None:
    codes = [
        row[0]
        for row in practice.rows("SELECT barcode FROM inventory_pack WHERE barcode IS NOT NULL")
    ]
    assert len(codes) > 200
    for code in codes:
        assert code.startswith("04")
        weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(code))
        assert (len(code), weighed % 10) == (13, 0)


def test_there_is_something_of_everything(practice: Office) -> None:

    def count(table: str, where: str = "1") -> int:
        return int(practice.value(f"SELECT count(*) FROM {table} WHERE {where}"))

    assert 240 <= count("inventory_item") <= 320
    assert 18 <= count("vendors_vendor") <= 25
    assert count("vendors_vendor", "status = 'on_hold'") == 1
    assert count("core_location") == len(LOCATIONS)
    assert 3 <= count("inventory_item", "discontinued") <= 8
    assert count("inventory_item", "maximum_is_hard") >= 3
    assert count("inventory_item", "reorder_point IS NULL AND order_up_to IS NOT NULL") >= 15
    assert (
        count(
            "inventory_item", "reorder_point IS NULL AND order_up_to IS NULL AND NOT discontinued"
        )
        >= 15
    )
    assert count("inventory_terms", "rank = 2") >= 80
    assert 15 <= int(practice.value("SELECT count(DISTINCT item_id) FROM inventory_level")) <= 20
    assert count("inventory_count_entry") > 1000
    assert count("inventory_move", "kind = 'use'") > 10_000
    states = {row[0] for row in practice.rows("SELECT DISTINCT status FROM inventory_order")}
    assert states == set(practice.record("order").meta.by_name["status"].choices)
    assert {
        row[0]
        for row in practice.rows(
            "SELECT DISTINCT kind FROM vendors_document WHERE expires_on < ?", TODAY
        )
    } & DOCUMENTS
    assert count("inventory_lot", "status <> 'available'") >= 2


def test_a_released_sterilizer_counts_no_test_of_the_weeks_after(
    demo: Demo, practice: Office
) -> None:
    kind = practice.record("sterilizer-failure")
    [failure] = demo.cli("--db", str(demo.home / "a.db"), kind.meta.noun, "list", "--json").json
    assert (failure["state"], failure["passes"], failure["needed"]) == ("released", 3, 3)


def test_two_years_of_maintenance_have_everything_that_can_happen(practice: Office) -> None:
    def states(table: str, column: str = "state", where: str = "1") -> dict[str, int]:
        return dict(
            practice.rows(f"SELECT {column}, count(*) FROM {table} WHERE {where} GROUP BY 1")
        )

    units, kinds = states("maintenance_equipment", "status"), practice.record("equipment").meta
    assert (sum(units.values()), set(units)) == (60, set(kinds.by_name["status"].choices))
    tickets, stages = states("maintenance_ticket"), practice.record("ticket").meta.by_name["state"]
    assert (sum(tickets.values()), set(tickets)) == (80, set(stages.choices))
    modes = set(states("maintenance_plan", "mode"))
    assert modes == set(practice.record("plan").meta.by_name["mode"].choices)
    ended = states("core_task", where=f"plan_key = 'maintenance.plan' AND due_on < '{TODAY}'")
    assert ended["done"] > 1000
    assert min(ended["missed"], ended["skipped"], ended["signed"]) >= 10
    # One miss that nobody explained yet, and whatever the last days have left.
    assert 1 <= ended["open"] <= 3
    shifts = "sign(julianday(date(done_at)) - julianday(due_on))"
    assert min(states("core_task", shifts, "state IN ('done', 'signed')").values()) >= 10
    assert states("maintenance_spore_test")["positive"] == 1
    assert states("maintenance_sterilizer_failure")["released"] == 1
    assert states("maintenance_excursion") == {"closed": 1}
    # Where the rows of the past end, the dates go on without a gap, and none comes twice.
    weeks = "SELECT nominal_on, lag(nominal_on) OVER (ORDER BY nominal_on) AS before FROM core_task WHERE title LIKE 'Eyewash%'"
    apart = f"SELECT DISTINCT julianday(nominal_on) - julianday(before) FROM ({weeks}) WHERE before"
    assert practice.rows(apart) == [(7.0,)]
    why = "state IN ('missed', 'skipped') AND ifnull(reason, '') = ''"
    assert states("core_task", where=why) == {}


def test_people_did_their_work_on_their_days_and_the_history_is_whole(practice: Office) -> None:
    # The older dates of plans are rows, which no action wrote one by one.
    taken = f"(plan_key IS NULL OR due_on > date('{TODAY}', '-9 days'))"
    done = f"SELECT title, due_on, date(done_at), done_by FROM core_task WHERE state = 'done' AND {taken}"
    tasks = practice.rows(done)
    assert len(tasks) >= 10
    assert {row[3] for row in tasks} <= set(PEOPLE)
    for title, _, day, person in tasks:
        assert day <= TODAY
        at = "SELECT count(*) FROM core_action WHERE actor = ? AND date(at) = ?"
        assert practice.value(at, person, day), title
    answers = "SELECT count(*) FROM core_answer WHERE failed"
    assert practice.value(answers) == 1
    assert {note.about.key for note in practice.all(Note)} == {
        "core.location",
        "maintenance.ticket",
    }
    [file, *_] = practice.all(Attachment)
    assert b"alarm" in practice.content(file).read()
    assert verify(practice) == []


def test_the_clock_of_an_office_is_nobodys_to_set(office: Office) -> None:
    demo = MadeUp(office, 1, "test")
    with pytest.raises(Broken, match="only the demo"), demo.at(demo.day(-9), "dana"):
        pass
    assert (office.today, office.actor) == (demo.today, office.actor)


def test_chance_follows_from_the_seed_and_the_word_alone(office: Office) -> None:
    one, same, other = (MadeUp(office, seed, "test").random("gloves") for seed in (1, 1, 2))
    drawn = [one.random(), same.random(), other.random()]
    assert drawn[0] == drawn[1] != drawn[2]
    assert MadeUp(office, 1, "test").random("masks").random() not in drawn


@given(dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_working_day_is_one_and_stays(day: date) -> None:
    before, after = working_before(day), working_again(day)
    assert before <= day <= after
    assert max(before.weekday(), after.weekday()) < 5
    assert (working_before(before), working_again(after)) == (before, after)
    assert (after - before).days in {0, 3}


def test_any_day_and_seed_has_a_sheet_and_a_today_to_look_at(
    demo: Demo, practice: Office, freeze_today: Callable[[str], None]
) -> None:
    for day in sampled(DAYS, 3):
        freeze_today(day)
        other = must_have_much_to_look_at(demo, f"{day}.db", day)
        lots, names = "SELECT number FROM inventory_lot", "SELECT name FROM core_location"
        assert practice.rows(lots) != other.rows(lots)
        assert practice.rows(names) == other.rows(names)


def must_have_much_to_look_at(demo: Demo, name: str, day: str) -> Office:
    # Building takes seconds: another seed and another day are one practice.
    office = demo(name, "--seed", "2", day=day)
    assert in_order(office) == []
    lines = reorder(demo, name)
    vendors = {line["vendor"] for line in lines}
    assert 15 <= len(lines) <= 25
    assert 6 <= len(vendors - {None}) <= 10
    assert None in vendors
    assert len([line for line in lines if line["late"]]) == 1
    assert len([line for line in lines if line["blocked"]]) == 1
    due = [each.due for each in office.due_items()]
    # Four plugins have a day's work: HR alone brings credentials, training, leave, reviews and privacy.
    assert 8 <= len(due) <= 65
    assert {each.severity for each in due} == {"unsafe", "legal", "money", "routine"}
    return office


def test_the_people_have_two_years_of_renewals_and_of_monthly_checks(practice: Office) -> None:
    rows = practice.rows("""
        SELECT new.issued_on > date(old.expires_on, '+1 day') FROM hr_credential new
        JOIN hr_credential old ON old.id = new.replaces_id AND old.expires_on < new.expires_on
    """)
    is_late = [late for (late,) in rows]
    assert len(is_late) >= 12
    assert 1 <= sum(is_late) <= 3
    assert practice.value("SELECT count(*) FROM hr_screening_run") == 24
    days = [day for (day,) in practice.rows("SELECT as_of FROM hr_screening_run ORDER BY id")]
    assert days == sorted(set(days))
    last = practice.value("SELECT max(issued_on) FROM hr_credential WHERE replaces_id IS NOT NULL")
    assert last <= practice.today.isoformat()


def test_drafting_twice_changes_nothing_the_second_time(demo: Demo, practice: Office) -> None:
    drafts = [demo.cli("--db", str(demo.home / "a.db"), "reorder", "draft") for _ in range(2)]
    assert "lines drafted on PO-" in drafts[0].err
    assert drafts[1].err.splitlines()[-1].endswith("2 items left out.")
    assert [ran.code for ran in drafts] == [PARTLY, REFUSED]
    assert [bool(line["blocked"]) or line["vendor"] is None for line in reorder(demo, "a.db")] == [
        True,
        True,
    ]
    assert in_order(practice) == []


@pytest.mark.officeops("vendors")
def test_a_file_is_kept_where_one_is_named_and_never_overwritten(cli: Cli, demo: Demo) -> None:
    assert demo("kept.db").facts.name == NAME
    again = cli("demo", "--keep", str(demo.home / "kept.db"))
    assert (again.code, again.out) == (2, "")
    assert "is there already; name a new file" in again.err
    blank = cli("demo", "--keep", "")
    assert (blank.code, blank.out) == (2, "")


@pytest.mark.officeops("vendors")
def test_what_is_stopped_half_way_leaves_no_file(
    cli: Cli, office: Office, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("officeops.cli.commands.demo.build_core", interrupted)
    before = sorted(officeops_home.iterdir())
    assert cli("demo", "--keep", str(officeops_home / "kept.db")).code == 130
    assert sorted(officeops_home.iterdir()) == before
    assert office.value("SELECT count(*) FROM core_office") == 0


def test_a_plugin_that_fails_is_told_of_and_stops_nothing(cli: Cli, officeops_home: Path) -> None:
    write_plugin(officeops_home, "wobbly", WOBBLY)
    ran = cli("demo", env={"OFFICEOPS_PLUGINS": "vendors,wobbly"})
    assert ran.code == INCOMPLETE
    assert "officeops: plugin wobbly: demo: ValueError: no practice today" in ran.err
    assert "License of Osprey Bend Pharm" in ran.out


@pytest.mark.parametrize("plugins", ["vendors", "inventory"])
def test_without_a_terminal_either_plugin_prints_its_own_and_leaves_nothing(
    cli: Cli, office: Office, officeops_home: Path, monkeypatch: pytest.MonkeyPatch, plugins: str
) -> None:
    scratch = officeops_home / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    ran = cli("demo", env={"OFFICEOPS_PLUGINS": plugins})
    assert (ran.code, ran.err) == (0, "")
    assert list(scratch.iterdir()) == []
    own = [
        office.value(f"SELECT count(*) FROM {table}") for table in ("core_office", "inventory_item")
    ]
    assert own == [0, 0]
    assert ran.out.startswith("Severity")
    assert ("No vendor\n" in ran.out) is (plugins == "inventory")
