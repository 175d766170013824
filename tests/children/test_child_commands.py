"""Children are added, removed and shown by their parent's commands, in one action."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.children.children_tools import content
from tests.cli.test_cli_lists import completed

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli

    Person = Callable[..., Any]


def test_options_add_and_never_replace(ann: Person, books: Office) -> None:
    ann("edit", "Ann", "--phone", "555-0103")
    assert [row[2:] for row in content(books)["books_phone"]] == [
        ("work", "555-0101", None),
        ("mobile", "555-0102", "ask for Dana"),
        ("work", "555-0103", None),
    ]


def test_one_undo_takes_back_parent_and_children(ann: Person, books: Office) -> None:
    before = content(books)
    ann(
        "edit",
        "Ann",
        "--note",
        "left",
        "--phone",
        "fax=1",
        "--remove-phone",
        "#1",
        "--addresses",
        "none",
    )
    assert content(books) != before
    ann("undo")
    assert content(books) == before


def test_the_children_of_an_added_record_go_with_it(ann: Person, books: Office) -> None:
    ann("undo")
    assert content(books) == {table: [] for table in content(books)}
    ann("redo")
    assert len(content(books)["books_phone"]) == 2


def test_an_archived_record_takes_its_children_along_and_brings_them_back(
    ann: Person, books: Office
) -> None:
    ann("edit", "Ann", "--remove-phone", "555-0101")
    before = content(books)
    ann("archive", "Ann")
    assert not any(content(books).values())
    ann("unarchive", "Ann")
    # The phone that was removed before stays removed.
    assert content(books) == before
    ann("archive", "Ann")
    ann("undo")
    assert content(books) == before


def test_show_has_them_as_tables_and_as_nested_lists(ann: Person) -> None:
    shown = ann("show", "Ann").out
    assert "Phones\n" in shown
    assert "ask for Dana" in shown
    answer = ann("show", "Ann", "--json").json
    assert [phone["number"] for phone in answer["phones"]] == ["555-0101", "555-0102"]
    assert answer["addresses"][0]["place"] == "12 Elm Street"


def test_lists_show_and_find_the_first_one(ann: Person) -> None:
    assert ann("list", "--json").json[0]["phone"] == "555-0101"
    assert ann("list", "--where", "phone=555-0101", "--json").json
    assert not ann("list", "--where", "phone=555-0102", "--json").json


def test_the_history_of_a_record_has_its_children(ann: Person) -> None:
    ann("edit", "Ann", "--phone", "fax=555-0109")
    assert ann("undo").err.startswith("Undone: edit person Ann, of")
    ann("redo")
    changes = ann("history", "--json").json
    assert {change["record"] for change in changes} >= {"book-phone", "person"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--phone", "car=1"), 2, "'car' is none of work, mobile, fax; or write number=car=1"),
        (("--phone", "1; number=2"), 2, "says number twice"),
        (("--address", "Dock\x07"), 2, "--address place: has the character U+0007"),
        (("--phone", "note=x"), 1, "phone: number is needed"),
        (("--phone", "1", "--phone", "2"), 1, "4 book phones are more than one person may have: 3"),
        (("--remove-phone", "9"), 1, "has no phone '9'. It has #1 work=555-0101, #2"),
        (("--remove-phone", "#9"), 1, "has no phone '#9'"),
        (("--phones", "all"), 2, "none"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cure(
    ann: Person, books: Office, words: tuple[str, ...], code: int, said: str
) -> None:
    before = content(books)
    assert said in ann("edit", "Ann", *words, code=code).err
    assert content(books) == before


def test_a_removal_that_fits_several_asks_for_the_number(ann: Person) -> None:
    ann("edit", "Ann", "--phone", "fax=555-0101")
    refused = ann("edit", "Ann", "--remove-phone", "555-0101", code=2).err
    assert "is #1 work=555-0101, #3 fax=555-0101; name one by its number" in refused
    ann("edit", "Ann", "--remove-phone", "fax=555-0101")


@pytest.mark.usefixtures("ann")
def test_a_child_has_no_command_and_is_not_edited_by_itself(books: Office) -> None:
    from officeops.model.errors import Refused
    from officeops.office.crud import edit_record

    phone = books.get(books.records["books.phone"], 1)
    with pytest.raises(Refused, match="edited with the record that they belong to"):
        edit_record(books, phone, {"number": "1"})


@pytest.mark.usefixtures("ann")
def test_a_request_that_comes_again_does_nothing_twice(books: Office, cli: Cli) -> None:
    words = ("--request-id", "r1", "person", "edit", "Ann", "--phone", "555-0107")
    on = {"OFFICEOPS_PLUGINS": "books"}
    assert cli(*words, env=on).code == 0
    assert cli(*words, env=on).code == 0
    assert len(content(books)["books_phone"]) == 3
    other = cli(*words[:-1], "555-0108", env=on)
    assert "was given to something else before" in other.err


def test_a_shell_offers_the_children_to_take_away(
    ann: Person, books: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann("edit", "Ann", "--phone", "fax=555-0101")
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "books")
    monkeypatch.setenv("OFFICEOPS_DB", books.path)
    # Two have one text, so each is offered by its number.
    offered = completed("officeops person edit Ann --remove-phone ")
    assert offered == {"\\#1", "555-0102", "\\#3"}
    assert completed("officeops person edit Ann --remove-phone 5") == {"555-0102"}
    assert completed("officeops person edit Nobody --remove-phone ") == {""}
