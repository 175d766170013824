"""The reference for authors names every block, and every member of an office says what it does."""

from __future__ import annotations

import re

from tests.docs.blocks import BLOCKS, HOMES, MEMBERS, offered
from tests.docs.pages import ROOT
from tests.docs.tables import commented

from officeops import Record


def test_every_block_is_a_public_name_with_a_page_that_shows_it() -> None:
    for where, names in BLOCKS.values():
        page = where.partition("#")[0].removeprefix("../")
        assert (ROOT / "docs" / page).exists() or (ROOT / "docs/reference" / page).exists(), where
        assert set(names) <= {name for home in HOMES for name in home.__all__}


def test_every_word_of_a_class_of_records_is_explained() -> None:
    declared = {name for name, hint in Record.__annotations__.items() if "ClassVar" in hint}
    explained = dict(commented(Record))
    assert set(explained) == declared - {"meta"}
    assert explained["children"].startswith("Rows of other kinds")


def test_every_member_of_an_office_is_explained() -> None:
    members = offered()
    assert {"today", "now()"} <= set(members)
    assert not [name for name, text in members.items() if not text]
    known = {head.partition("(")[0] for head in members}
    assert {name for words in MEMBERS.values() for name in words.split()} <= known


def test_every_call_of_an_office_on_the_pages_is_one_that_plugins_have() -> None:
    known = {head.partition("(")[0] for head in offered()}
    for page in (ROOT / "docs").rglob("*.md"):
        called = set(re.findall(r"\boffice\.(\w+)\(", page.read_text(encoding="utf-8")))
        assert called <= known, (page.name, called - known)
