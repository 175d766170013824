"""Datasets that are searched: by words of their columns, for those who may look into the list."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from officeops.exchange.datasets.loading import load
from officeops.exchange.datasets.stored import dataset_called
from officeops.exchange.formats.source import from_path
from officeops.history.undo import undo
from officeops.model.errors import Forbidden, NotFound, OfficeError, UsageProblem
from officeops.office.office import Office
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli, OfficeFactory

PLUGIN = """
from officeops import Dataset, Plugin, hookimpl

PLUGIN = Plugin("lists", "Lists", api=2)
PEOPLE = Dataset(
    "lists.people", "Excluded people", ("npi", "lastname", "busname"), SEARCH
)


@hookimpl
def datasets():
    return [PEOPLE]
"""
SEARCHED = PLUGIN.replace("SEARCH", 'search=("lastname", "busname")')
ROWS = """NPI,lastname,busname
1,SMITH-JONES,
2,O'Brien,
3,Müller,Arztpraxis Müller
4,,Jones Clinic of Ohio
5,Jonas,"Clinic ""North"" OR West"
"""


def loaded(
    office: Office,
    folder: Path,
    text: str = ROWS,
) -> bool:
    """Load a list, and return whether it was the same file as before."""
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    source = from_path(path, path.name)
    try:
        return load(office, dataset_called(office, "people"), source).is_same
    finally:
        source.close()


def numbers(office: Office, text: str) -> str:
    """Return the numbers of the rows that a search finds, in their order."""
    rows = dataset_called(office, "people").find(office, text)
    return "".join(row["npi"] for row in rows)


def assert_searches_in_order(office: Office) -> None:
    from officeops.selfcheck.content import search_findings

    for full in (False, True):
        [finding] = search_findings(office, full=full)
        assert finding.severity == "ok", finding.what


@pytest.fixture
def office(office_factory: OfficeFactory, tmp_path: Path) -> Office:
    office = office_factory(files={"lists": SEARCHED}, actor="ann")
    assert not office.plugins.troubles
    loaded(office, tmp_path)
    return office


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jones", "14"),
        ("JON", "145"),
        ("jones smith", "1"),
        ("clinic jones", "4"),
        ("smith-jones", "1"),
        ("o'brien", "2"),
        ("muller", "3"),
        ("MÜLLER", "3"),
        ("ones", ""),
        ("1", ""),
        ("OR", "5"),
        ('"north"', "5"),
        ("lastname:jonas", ""),
        ("jones - clinic", "4"),
    ],
)
def test_words_find_the_rows_whose_words_begin_so(office: Office, text: str, found: str) -> None:
    assert numbers(office, text) == found


def test_a_search_without_a_word_or_of_a_list_without_search_is_refused(
    office: Office, office_factory: OfficeFactory, tmp_path: Path
) -> None:
    for text in ("", "  ", "-", '"'):
        with pytest.raises(UsageProblem, match="Say what to look for"):
            numbers(office, text)
    files = {"lists": PLUGIN.replace("SEARCH", "")}
    plain = office_factory(files=files, file="plain.db", actor="ann")
    loaded(plain, tmp_path)
    with pytest.raises(UsageProblem, match="compare a column: --where npi=TEXT"):
        numbers(plain, "jones")
    # A list that is not searched has no index to fill.
    assert plain.value("SELECT count(*) FROM sqlite_master WHERE name LIKE '%\\_\\_search%'") == 0


def test_a_new_file_replaces_what_is_found_and_a_failing_one_nothing(
    office: Office, tmp_path: Path
) -> None:
    with pytest.raises(OfficeError):
        loaded(office, tmp_path, f"{ROWS}6,Jones\n")
    assert numbers(office, "jones") == "14"
    assert not loaded(office, tmp_path, f"{ROWS}6,Jones,\n".replace("SMITH-JONES", "Smith"))
    assert numbers(office, "jones") == "46"


def test_a_search_that_is_declared_later_asks_for_the_file_again(
    office_factory: OfficeFactory, tmp_path: Path
) -> None:
    files = {"lists": PLUGIN.replace("SEARCH", "")}
    before = office_factory(files=files, actor="ann")
    loaded(before, tmp_path)
    before.close()
    later = office_factory(files={"lists": SEARCHED}, actor="ann")
    with pytest.raises(NotFound, match="before its words were indexed"):
        numbers(later, "jones")
    # The same file is loaded whole, where it would only be noted otherwise.
    assert not loaded(later, tmp_path)
    assert numbers(later, "jones") == "14"
    assert loaded(later, tmp_path)


def test_who_may_not_look_into_the_list_does_not_search_it(office: Office) -> None:
    from officeops.access.actions import admit

    admit(office, "rita", [])
    rita = Office(office.path, office.plugins, office.machine, user="rita")
    with pytest.raises(Forbidden):
        numbers(rita, "jones")
    # A word that nobody has is refused alike.
    with pytest.raises(Forbidden):
        numbers(rita, "nobody")
    index = dataset_called(office, "people").search_table
    for table in (index, f"{index}_data"):
        with pytest.raises(OfficeError):
            rita.rows(f"SELECT * FROM {table}")


def test_only_a_load_writes_the_index(office: Office) -> None:
    index = dataset_called(office, "people").search_table
    for sql in (
        f"INSERT INTO {index} ({index}) VALUES ('delete-all')",
        f"DELETE FROM {index}_data",
        f"DROP TABLE {index}",
    ):
        with pytest.raises((sqlite3.Error, OfficeError)), office.acting("test.write"):
            office.store.db.execute(sql)
    assert numbers(office, "jones") == "14"


def test_an_index_that_another_program_emptied_is_seen_and_made_again(office: Office) -> None:
    from officeops.selfcheck.content import search_findings
    from officeops.selfcheck.repairs import _search

    index = dataset_called(office, "people").search_table
    with closing(sqlite3.connect(office.path, isolation_level=None)) as other:
        other.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    for full in (False, True):
        [finding] = search_findings(office, full=full)
        assert finding.severity == "problem"
        assert "Excluded people" in finding.what
    list(_search(office))
    assert numbers(office, "jones") == "14"
    assert_searches_in_order(office)


def test_selfcheck_finds_the_words_of_each_load_in_order(office: Office, tmp_path: Path) -> None:
    assert_searches_in_order(office)
    assert not loaded(office, tmp_path, f"{ROWS}6,,\n7,Jones,\n")
    assert_searches_in_order(office)
    assert loaded(office, tmp_path, f"{ROWS}6,,\n7,Jones,\n")
    with pytest.raises(OfficeError, match="cannot be undone"):
        undo(office)
    assert_searches_in_order(office)


def test_the_command_searches_and_the_percent_is_a_setting(
    office: Office, cli: Cli, officeops_home: Path
) -> None:
    write_plugin(officeops_home, "lists", SEARCHED)
    assert cli("--db", office.path, "plugins", "enable", "lists").code == 0
    line = ("--db", office.path, "dataset")
    shown = cli(*line, "show", "people", "--search", "jon", "--where", "busname~clinic", "--json")
    assert [row["npi"] for row in shown.json] == ["4", "5"]
    assert cli(*line, "show", "people", "--search", "-").code == 2
    fewer = ROWS.rpartition("5,")[0]
    smaller = fewer.rpartition("4,")[0]
    assert cli(*line, "load", "people", "-", typed=fewer).code == 0
    assert cli(*line, "load", "people", "-", typed=smaller).code == 1
    settings = officeops_home / "config" / "officeops" / "officeops.toml"
    settings.write_text("[datasets]\nfewer = 25\n")
    assert cli(*line, "load", "people", "-", typed=smaller).code == 0
    settings.write_text("[datasets]\nfewer = 0\n")
    refused = cli(*line, "load", "people", "-", typed=smaller.rpartition("3,")[0])
    assert (refused.code, "repeat the command with --fewer" in refused.err) == (1, True)
    settings.write_text("[datasets]\nfewer = 101\n")
    assert "100 or less" in cli(*line, "load", "people", "-", typed=smaller).err


@pytest.mark.parametrize(
    "search", ["search=('ssn',)", "search=('npi', 'npi')", "search='npi'", "search=('rank',)"]
)
def test_a_search_of_no_column_is_refused_when_the_plugin_loads(
    office_factory: OfficeFactory, search: str
) -> None:
    text = PLUGIN.replace("SEARCH", search).replace('"busname")', '"rank")')
    office = office_factory(file="odd.db", files={"lists": text}, actor="ann")
    assert office.plugins.registered("datasets") == []
    [trouble] = office.plugins.troubles
    assert "search" in str(trouble)
