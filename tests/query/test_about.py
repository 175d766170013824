"""The record that a row is about is one column: to filter, to sort, to show, to type, and in files that come back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from officeops.core.note_record import Note
from officeops.core.tag_record import Tag
from officeops.core.task_record import Task
from officeops.office.office import open_office
from officeops.testing import Cli

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office

#: Each kind of record that people put on others, with what one of them needs.
ON_OTHERS = {
    "note": ("note", "add", "--text", "Rep called back"),
    "tag": ("tag", "add", "--word", "urgent"),
    "task": ("task", "add", "Call them", "--due", "2026-12-01"),
}
SUBJECTS = ("vendor:Acme", "vendor:Bolt, Nut & Co", "location:Shelf", "item:GLV-M")


def furnish(cli: Cli) -> None:
    """Add the records that others are about; in another order, so that numbers differ."""
    for name in ("Acme", "Bolt, Nut & Co"):
        assert cli("vendor", "add", "--name", name).code == 0
    assert cli("location", "add", "--name", "Shelf").code == 0
    assert cli("item", "add", "--sku", "GLV-M", "--name", "Gloves").code == 0


@pytest.fixture
def noted(office: Office, cli: Cli) -> Cli:
    assert office.path == str(cli.path)
    furnish(cli)
    for line in ON_OTHERS.values():
        for subject in SUBJECTS:
            assert cli(*line, "--about", subject).code == 0, (line, subject)
    return cli


@pytest.mark.parametrize("noun", ON_OTHERS)
def test_a_filter_finds_what_is_about_a_record_by_its_name_code_or_number(
    noted: Cli, noun: str
) -> None:
    def found(where: str) -> list[str]:
        return [row["about"] for row in noted(noun, "list", "--where", where, "--json").json]

    assert found("about=vendor:Acme") == found("about=vendor:#1") == ["vendor:Acme"]
    assert (
        found("about=item:glv-m") == found("about=vendor:1,item:GLV-M about=item") == ["item:GLV-M"]
    )
    assert found('about="vendor:Bolt, Nut & Co"') == ["vendor:Bolt, Nut & Co"]
    assert sorted(found("about=vendor")) == ["vendor:Acme", "vendor:Bolt, Nut & Co"]
    assert sorted(found("about!=vendor")) == ["item:GLV-M", "location:Shelf"]
    assert found("-about=vendor:Acme about!=location,item") == ["vendor:Bolt, Nut & Co"]
    assert found("about=") == []
    for where, code in (
        ("about=vendor:Nobody", "not-found"),
        ("about=thing:1", "not-found"),
        ("about=:1", "malformed"),
        ("about~acme", "malformed"),
    ):
        ran = noted(noun, "list", where, "--json")
        assert ran.code in {1, 2}
        assert json.loads(ran.err)["error"]["problems"][0]["code"] == code


@pytest.mark.parametrize("noun", ON_OTHERS)
def test_a_list_and_a_record_name_it(noted: Cli, noun: str) -> None:
    table = noted(noun, "list", "--columns", "about", "--sort", "about").out
    assert [line.split("  ", 1)[1].strip() for line in table.splitlines()[1:]] == [
        "Location Shelf",
        "Item Gloves",
        "Vendor Acme",
        "Vendor Bolt, Nut & Co",
    ]
    first = noted(noun, "list", "--json").json[0]
    key = first.get("key", first.get("id"))
    shown = noted(noun, "show", str(key), "--json").json
    assert shown["about"] in SUBJECTS
    assert {"about_key", "about_id"} <= shown.keys()
    assert "About" in noted(noun, "show", str(key)).out


@pytest.mark.parametrize("noun", ON_OTHERS)
def test_an_export_comes_back_to_its_office_and_into_an_empty_one(
    noted: Cli, noun: str, tmp_path: Path
) -> None:
    exported = noted(noun, "export", "-").out
    assert "about_key" not in exported
    again = noted(noun, "import", "-", typed=exported)
    assert (again.code, "4 unchanged" in again.err) == (0, True)
    with open_office(tmp_path / "other.db", create=True, actor="tester"):
        other = Cli(tmp_path / "other.db")
        assert other("vendor", "add", "--name", "First").code == 0
        lost = other(noun, "import", "-", "--json", typed=exported).json
        assert {bad["column"] for bad in lost["bad"]} == {"about"}
        furnish(other)
        assert other(noun, "import", "-", typed=exported).code == 0
        assert sorted(other(noun, "export", "-").out.splitlines()) == sorted(exported.splitlines())
        rows = other(noun, "list", "about=vendor:Acme", "--json").json
        assert [row["about_id"] for row in rows] == [2]


def test_what_is_about_a_record_without_a_name_is_never_put_on_another(
    noted: Cli, tmp_path: Path
) -> None:
    document = ("vendor-document", "add", "--kind", "insurance", "--vendor")
    for name in ("Acme", "Bolt, Nut & Co"):
        assert noted(*document, name).code == 0
    assert noted("vendor-document", "note", "#2", "Ask for more cover").code == 0
    exported = noted("note", "export", "-", "--where", "text~cover").out
    assert "vendor-document:#2 insurance of Bolt, Nut & Co" in exported
    again = noted("note", "import", "-", typed=exported)
    assert "1 unchanged" in again.err
    with open_office(tmp_path / "other.db", create=True, actor="tester"):
        other = Cli(tmp_path / "other.db")
        furnish(other)
        for name in ("Bolt, Nut & Co", "Acme"):
            assert other(*document, name).code == 0
        assert other("note", "import", "-", typed=exported).code == 0
        [row] = other("note", "list", "--json").json
        assert row["about_id"] == 1
        # Two that the words fit, and none of them with the number: nobody guesses.
        other("undo")
        assert other("vendor-document", "add", *document[2:], "Bolt, Nut & Co").code == 0
        bad = other("note", "import", "-", "--json", typed=exported).json["bad"]
        assert [(row["column"], row["code"]) for row in bad] == [("about", "not-found")]


def test_a_cell_that_names_no_record_is_named_with_the_cure(noted: Cli) -> None:
    rows = "about,text\nAcme,x\nthing:1,y\nvendor:Nobody,z\n,w\nvendor:1,v\n"
    bad = noted("note", "import", "-", "--json", typed=rows).json["bad"]
    assert [row["column"] for row in bad] == ["about"] * 5
    assert [row["code"] for row in bad] == [
        "malformed",
        "not-found",
        "not-found",
        "needed",
        "not-found",
    ]
    lacking = noted("note", "import", "-", typed="text\nx\n")
    assert "No column of the file fills about," in lacking.err


def test_equal_texts_about_two_records_are_two_notes(noted: Cli, office: Office) -> None:
    rows = "about,text\nvendor:Acme,Equal\nitem:GLV-M,Equal\nvendor:Acme,Equal\n"
    noted("note", "import", "-", typed=rows)
    assert len(list(office.all(Note, "text = 'Equal'"))) == 2


@pytest.fixture
def few(office: Office, cli: Cli) -> Cli:
    """Return a command line with the notes of one vendor: two alike, and one for another day."""
    assert office.path == str(cli.path)
    furnish(cli)
    for day in ("2027-01-01", "2027-01-01", "2027-02-01"):
        line = ("note", "add", "--text", "Call", "--about", "vendor:Acme", "--follow-up-on", day)
        assert cli(*line).code == 0
    return cli


def test_equal_notes_on_one_record_come_back_and_into_an_empty_office(
    few: Cli, tmp_path: Path
) -> None:
    exported = few("note", "export", "-").out
    assert few("note", "edit", "#2", "--text", "Call again").code == 0
    outcome = few("note", "import", "-", "--json", typed=exported).json
    assert (outcome["added"], outcome["unchanged"]) == (0, 2)
    assert [row["columns"] for row in outcome["differing"]] == [["text"]]
    with open_office(tmp_path / "other.db", create=True, actor="tester"):
        other = Cli(tmp_path / "other.db")
        furnish(other)
        assert other("note", "import", "-", typed=exported).code == 0
        assert other("note", "export", "-").out == exported
        # Another remark that has the number is not the one of the file.
        assert other("note", "edit", "#3", "--about", "item:GLV-M").code == 0
        bad = other("note", "import", "-", "--json", typed=exported).json["bad"]
        assert [(row["column"], row["code"]) for row in bad] == [("own_number", "taken")]


def test_about_is_read_in_any_case_and_refused_by_its_own_name(few: Cli) -> None:
    for noun in ("VENDOR", "Vendor", "Vendors.Vendor"):
        about = f"{noun}:Acme"
        assert few("note", "edit", "#1", "--about", about).code == 0
        assert len(few("note", "list", f"about={about}", "--json").json) == 3
    brought = few("tag", "import", "-", "--json", typed="about,word\nVENDOR:Acme,new\n").json
    assert (brought["added"], brought["bad"]) == (1, [])
    for where in ("about='vendor:Bolt, Nut & Co'", "about=vendor:'Acme'", "-about='vendor'"):
        ran = few("note", "list", "--where", where)
        assert (ran.code, 'about="vendor:Acme Medical"' in ran.err) == (2, True), ran
    for words in (("edit", "#1"), ("add", "--text", "x")):
        ran = few("note", *words, "--about", "", "--json")
        [problem] = json.loads(ran.err)["error"]["problems"]
        assert (problem["field"], problem["code"]) == ("about", "needed")
        assert problem["message"] == "is needed: the record that it is about, such as vendor:Acme"


def test_a_blank_about_blanks_where_it_may(noted: Cli, office: Office) -> None:
    assert noted("task", "edit", "T-1", "--about", "").code == 0
    assert office.get(Task, 1).about is None
    assert noted("task", "list", "about=", "--json").json[0]["key"] == "T-1"
    assert noted("task", "edit", "T-1", "--about", "vendor:Acme").code == 0
    refused = noted("tag", "edit", "#1", "--about", "")
    assert (refused.code, "needed" in refused.err) == (1, True)
    assert office.get(Tag, 1).about is not None
