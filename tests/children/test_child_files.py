"""Children in files: columns of a table, nested lists of JSON, and the same rows whichever way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.children.children_tools import content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office

    Person = Callable[..., Any]

ANN = {
    "name": "Ann",
    "phones": [
        {"kind": "work", "number": "555-0101"},
        {"kind": "mobile", "number": "555-0102", "note": "ask for Dana"},
    ],
    "addresses": [{"place": "12 Elm Street"}],
}
TABLES = [
    "name,phone,phone 2,address\nAnn,555-0101,mobile=555-0102; note=ask for Dana,12 Elm Street\n",
    (
        "name,phone:work,Phone 2:number,Phone 2:kind,phone 2:note,address\n"
        "Ann,555-0101,555-0102,mobile,ask for Dana,12 Elm Street\n"
    ),
    (
        "name,phone,phone 2:number,phone 2:kind,phone 2:note,address\n"
        "Ann,555-0101,,,,12 Elm Street\nAnn,,555-0102,mobile,ask for Dana,\n"
    ),
]


def test_a_command_json_and_tables_write_the_same_rows(
    ann: Person, books: Office, tmp_path: Path
) -> None:
    by_command = content(books)
    ann("undo")

    def rows() -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows without their numbers, which go on from what was undone."""
        named = {"books_person": 1, "books_phone": 2, "books_address": 2}
        return {
            table: [row[named[table] :] for row in found] for table, found in content(books).items()
        }

    expected = {
        "books_person": [("Ann", None)],
        "books_phone": [row[2:] for row in by_command["books_phone"]],
        "books_address": [row[2:] for row in by_command["books_address"]],
    }
    (tmp_path / "a.json").write_text(json.dumps([ANN]))
    ann("import", str(tmp_path / "a.json"))
    assert rows() == expected
    for number, text in enumerate(TABLES):
        ann("undo")
        file = tmp_path / f"{number}.csv"
        file.write_text(text)
        ann("import", str(file))
        assert rows() == expected, text


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.xlsx"])
def test_an_export_comes_back_as_it_was_and_changes_nothing_twice(
    ann: Person, books: Office, tmp_path: Path, name: str
) -> None:
    ann(
        "edit", "Ann", "--address", "shipping=Dock 4; ask first\nBack door", "--phone", "fax=a=b; c"
    )
    before = content(books)
    ann("export", str(tmp_path / name))
    ann("import", str(tmp_path / name))
    ann("import", str(tmp_path / name), "--update")
    assert content(books) == before
    if name.endswith("json"):
        [row] = json.loads((tmp_path / name).read_text())
        assert row["phones"][2] == {"kind": "fax", "number": "a=b; c", "note": None}


def test_an_update_adds_what_is_not_there_and_takes_nothing_away(
    ann: Person, books: Office, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("name,fax\nAnn,555-0109\n")
    left = ann("import", str(tmp_path / "a.csv"), code=5)
    assert "Ann differs in fax" in left.out + left.err
    assert len(content(books)["books_phone"]) == 2
    ann("import", str(tmp_path / "a.csv"), "--update")
    ann("import", str(tmp_path / "a.csv"), "--update")
    assert [row[2:4] for row in content(books)["books_phone"]] == [
        ("work", "555-0101"),
        ("mobile", "555-0102"),
        ("fax", "555-0109"),
    ]
    ann("undo")
    assert len(content(books)["books_phone"]) == 2


def test_further_rows_of_a_record_bring_more_of_its_children(
    ann: Person, books: Office, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name,phone\nBob,1\nBob,2\nBob,2\nAnn,555-0101\nAnn,3\n")
    left = ann("import", str(file), code=5)
    assert "line 6: Ann differs in phone" in left.out + left.err
    assert [row[1:4] for row in content(books)["books_phone"][2:]] == [
        (2, "work", "1"),
        (2, "work", "2"),
    ]
    ann("import", str(file), "--update")
    ann("import", str(file), "--update")
    assert [row[1:4] for row in content(books)["books_phone"][4:]] == [(1, "work", "3")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,phone\nBob,car=1\n", "line 2, phone 'car=1': 'car' is none of work, mobile, fax"),
        ("name,phone:note\nBob,x\n", "number is needed"),
        ("name,phone:size\nBob,9\n", "'size' is none of kind, number, note"),
        ("name,phone,phone 2,phone 3,phone 4\nBob,1,2,3,4\n", "4 are more than there may be: 3"),
    ],
)
def test_a_row_with_a_child_out_of_order_is_named_and_nothing_is_imported(
    ann: Person, books: Office, tmp_path: Path, text: str, said: str
) -> None:
    before = content(books)
    (tmp_path / "a.csv").write_text(
        text + "Cid" + "," * (text.partition("\n")[0].count(",")) + "\n"
    )
    ran = ann("import", str(tmp_path / "a.csv"), code=1)
    assert said in ran.out + ran.err
    assert content(books) == before


def test_a_person_says_which_column_is_which(ann: Person, books: Office, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,bell\nBob,555-0107\n")
    ann("import", str(tmp_path / "a.csv"), "--map", "bell=phone:mobile")
    assert content(books)["books_phone"][-1][2:4] == ("mobile", "555-0107")
