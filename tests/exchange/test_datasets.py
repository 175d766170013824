"""Datasets: a file replaces a big list whole, with a proof of it, and nothing else writes there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.core.dataset_load import DatasetLoad
from officeops.exchange import Unreadable
from officeops.exchange.datasets.loading import load
from officeops.exchange.datasets.stored import dataset_called, rows_of
from officeops.exchange.formats.source import from_path
from officeops.model.errors import (
    Forbidden,
    NotFound,
    OfficeError,
    PluginFault,
    Refused,
    UsageProblem,
)
from officeops.office.office import Office
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli, OfficeFactory

PLUGIN = """
from officeops import Dataset, Plugin, hookimpl

PLUGIN = Plugin("lists", "Lists", api=2)


@hookimpl
def datasets():
    return [
        Dataset(
            "lists.people",
            "Excluded people",
            ("npi", "lastname", "firstname"),
            index=("npi", "lastname"),
            stale_days=30,
        ),
        Dataset("lists.own", "Own reader", ("a", "b"), read="lists:own"),
    ]


def own(stream, name):
    yield from eval(stream.read().decode())
"""


@pytest.fixture
def office(office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-02")
    office = office_factory(files={"lists": PLUGIN}, actor="ann")
    assert not office.plugins.troubles
    return office


def write(folder: Path, rows: int, name: str = "list.csv", first: str = "Smith") -> Path:
    """Write a list whose header has another order and other letters than the columns."""
    lines = ["LASTNAME,Other,firstname,NPI", f"{first},x,Ann,1"]
    lines += [f"Name{number},x,Jo,{number}" for number in range(2, rows + 1)]
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def loaded(
    office: Office,
    path: Path,
    as_of: date | None = None,
    *,
    name: str = "people",
    fewer: bool = False,
) -> tuple[int, int | None, bool]:
    source = from_path(path, path.name)
    try:
        done = load(office, dataset_called(office, name), source, as_of, fewer=fewer)
    finally:
        source.close()
    return done.rows, done.before, done.is_same


def found(office: Office, where: str = "") -> list[tuple[str, ...]]:
    return rows_of(office, dataset_called(office, "lists.people"), where)


def test_a_file_replaces_the_rows_and_is_on_the_books(office: Office, tmp_path: Path) -> None:
    assert loaded(office, write(tmp_path, 10)) == (10, None, False)
    assert found(office, "lastname=SMITH") == [("1", "Smith", "Ann")]
    assert loaded(office, write(tmp_path, 10)) == (10, 10, True)
    assert loaded(office, write(tmp_path, 9, first="Jones")) == (9, 10, False)
    assert found(office, "lastname=smith") == []
    assert [row[1] for row in found(office, "lastname~jon firstname=ann")] == ["Jones"]
    loads = list(office.all(DatasetLoad))
    assert [(one.row_count, one.file, len(one.digest)) for one in loads] == [
        (10, "list.csv", 64),
        (10, "list.csv", 64),
        (9, "list.csv", 64),
    ]
    plan = office.rows(
        "EXPLAIN QUERY PLAN SELECT * FROM dataset_lists_people WHERE lower(lastname) IN (lower(?))",
        "x",
    )
    assert "USING INDEX" in plan[0][3]


def test_a_plugin_looks_rows_up_by_name(office: Office, tmp_path: Path) -> None:
    people = dataset_called(office, "people")
    with pytest.raises(NotFound, match="never loaded"):
        people.look_up(office, npi="1")
    loaded(office, write(tmp_path, 3))
    [row] = people.look_up(office, lastname="SMITH", firstname="ann")
    assert row == {"npi": "1", "lastname": "Smith", "firstname": "Ann"}
    assert people.look_up(office, lastname="Nobody") == []
    with pytest.raises(ValueError, match="no column ssn"):
        people.look_up(office, ssn="1")


def test_the_commands_list_load_and_show(
    office: Office, cli: Cli, tmp_path: Path, officeops_home: Path
) -> None:
    loaded(office, write(tmp_path, 1200))
    write_plugin(officeops_home, "lists", PLUGIN)
    assert cli("--db", office.path, "plugins", "enable", "lists").code == 0
    line = ("--db", office.path, "dataset")
    assert cli(*line, "list").out.count("1200") == 1
    assert cli(*line, "list", "--loads").out.count("1200") == 1
    shown = cli(*line, "show", "people")
    assert ("There are more than 100 rows" in shown.err, len(shown.out.splitlines())) == (True, 101)
    pages = tmp_path / "people.csv"
    assert cli(*line, "show", "people", "--output", str(pages)).code == 0
    assert len(pages.read_text().splitlines()) == 1201
    [never] = [row for row in cli(*line, "list", "--json").json if row["key"] == "lists.own"]
    assert (never["rows"], never["as_of"]) == (None, None)
    file = write(tmp_path, 1100, "new.csv", "Jones")
    assert cli(*line, "load", "people", "-", typed=file.read_text()).code == 0
    assert "Jones" in cli(*line, "show", "people", "--where", "npi=1").out
    [row] = cli(*line, "show", "lists.people", "--where", "npi=1", "--json").json
    assert row["lastname"] == "Jones"


def test_a_word_of_two_lists_is_refused_with_both_keys(office_factory: OfficeFactory) -> None:
    office = office_factory(files={"lists": PLUGIN, "rolls": PLUGIN.replace("lists", "rolls")})
    with pytest.raises(NotFound, match=r"'people' is lists\.people or rolls\.people"):
        dataset_called(office, "people")


def test_a_much_smaller_or_a_broken_file_leaves_everything(office: Office, tmp_path: Path) -> None:
    loaded(office, write(tmp_path, 10))
    with pytest.raises(Refused) as smaller:
        loaded(office, write(tmp_path, 7, "small.csv"))
    assert smaller.value.problems[0].code == "needs-consent"
    broken = write(tmp_path, 20, "broken.csv")
    broken.write_text(broken.read_text() + "one,two\n")
    with pytest.raises(Unreadable) as unreadable:
        loaded(office, broken)
    assert unreadable.value.line == 22
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(Unreadable):
        loaded(office, other)
    assert (len(found(office)), office.value("SELECT count(*) FROM core_dataset_load")) == (10, 1)
    assert loaded(office, tmp_path / "small.csv", fewer=True) == (7, 10, False)


@pytest.mark.parametrize(
    "text", ["NPI,lastname,firstname\n", "npi,NPI,lastname,firstname\n1,2,a,b\n"]
)
def test_a_first_list_without_rows_or_with_a_column_twice_is_not_taken(
    office: Office, tmp_path: Path, text: str
) -> None:
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(OfficeError, match=r"no rows|twice"):
        loaded(office, tmp_path / "list.csv")
    assert office.value("SELECT count(*) FROM core_dataset_load") == 0


def test_a_file_that_was_cut_off_inside_quotes_is_refused(office: Office, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text('npi,lastname,firstname\n1,Smith,"Ann\n2,Jones,Jo\n')
    with pytest.raises(Unreadable, match="Line 3"):
        loaded(office, tmp_path / "list.csv")


def test_no_list_is_of_a_day_to_come(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="future"):
        loaded(office, write(tmp_path, 3), date(2026, 3, 3))


def test_letters_beyond_ascii_are_found_in_any_case(office: Office, tmp_path: Path) -> None:
    loaded(office, write(tmp_path, 3, first="MÜLLER"))
    for where in ("lastname=müller", "lastname=Müller", "lastname~üll", "lastname=MÜLLER"):
        assert len(found(office, where)) == 1, where


@pytest.mark.parametrize(
    "rows",
    [
        "[(1, ('x',))]",
        "[(1, (b'x', 'y'))]",
        "[('a', 'b')]",
        "[1 / 0]",
        "['ab']",
        "[(1, (object(), 1))]",
    ],
)
def test_a_fault_of_a_reader_is_its_plugins(office: Office, tmp_path: Path, rows: str) -> None:
    (tmp_path / "list.txt").write_text(rows)
    with pytest.raises(PluginFault, match="lists failed in the reader of the dataset own"):
        loaded(office, tmp_path / "list.txt", name="own")
    assert office.value("SELECT count(*) FROM core_dataset_load") == 0


def test_a_load_leaves_the_history_in_order(office: Office, tmp_path: Path) -> None:
    from officeops.history.verify import verify
    from officeops.selfcheck.repairs import _triggers

    loaded(office, write(tmp_path, 3))
    assert list(verify(office)) == []
    with closing(sqlite3.connect(office.path)) as other:
        other.execute("DROP TRIGGER dataset_lists_people_update")
    [missing] = verify(office)
    assert (missing.code, missing.record) == ("trigger-missing", "dataset_lists_people")
    assert [*_triggers(office)] == ["the trigger dataset_lists_people_update is there again"]
    assert list(verify(office)) == []


def test_nobody_else_writes(office: Office, tmp_path: Path) -> None:
    loaded(office, write(tmp_path, 3))
    for sql in (
        "INSERT INTO dataset_lists_people VALUES ('9', 'a', 'b')",
        "UPDATE dataset_lists_people SET npi = '9'",
        "DELETE FROM dataset_lists_people",
        "DROP TABLE dataset_lists_people",
    ):
        with pytest.raises((sqlite3.Error, OfficeError)), office.acting("test.write"):
            office.store.db.execute(sql)
    assert len(found(office)) == 3


def test_a_reader_sees_the_old_rows_or_the_new_ones(office: Office, tmp_path: Path) -> None:
    loaded(office, write(tmp_path, 300))
    with closing(sqlite3.connect(office.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        sql = "SELECT count(*), max(lastname = 'Jones') FROM dataset_lists_people"
        assert reader.execute(sql).fetchone() == (300, 0)
        loaded(office, write(tmp_path, 400, "new.csv", "Jones"))
        assert reader.execute(sql).fetchone() == (300, 0)
        reader.execute("COMMIT")
        assert reader.execute(sql).fetchone() == (400, 1)


def test_an_old_list_is_due_until_a_new_one_comes(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def due() -> list[str]:
        return [noted.due.key for noted in office.due_items()]

    assert due() == ["lists.people:stale:2026-03-02"]
    loaded(office, write(tmp_path, 3))
    assert due() == []
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-04-02")
    assert due() == ["lists.people:stale:2026-04-01"]
    loaded(office, write(tmp_path, 3))
    assert due() == []


def test_it_has_a_permission_of_its_own(office: Office, tmp_path: Path) -> None:
    from officeops.access.actions import admit

    loaded(office, write(tmp_path, 3))
    admit(office, "rita", ["clerk"])
    rita = Office(office.path, office.plugins, office.machine, user="rita")
    assert rita.may("lists.people.view") == (
        len(rows_of(rita, dataset_called(rita, "people"))) == 3
    )
    with pytest.raises(Forbidden):
        loaded(rita, write(tmp_path, 5))
