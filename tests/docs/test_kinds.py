"""The page of the kinds: each declaration declares its kind, and each reserved word is taken."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.docs import kinds

from officeops import Record, choice, field, ref
from officeops.model.field_facts import FieldFacts
from officeops.model.kinds import KINDS
from officeops.model.settings import Machine
from officeops.office.record_types import records_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.plugins.manager import Plugins

    Write = Callable[..., Path]
    Load = Callable[..., Plugins]

_NAMES = {
    "Record": Record,
    "choice": choice,
    "field": field,
    "ref": ref,
    "date": date,
    "datetime": datetime,
    "Path": Path,
}

#: A plugin with a record for each word.
_TAKEN = """
def taken(word):
    class Taken(Record, key=f"taken.{{word}}"):
        "Taken."
        name: str = field()
    return Taken


@hookimpl
def records():
    return [taken(word) for word in {words}]
"""


@pytest.mark.parametrize("name", KINDS)
def test_a_declaration_of_the_page_declares_its_kind(name: str) -> None:
    source = (
        "from __future__ import annotations\n"
        'class X(Record, key="xs.x"):\n    "An x."\n    ' + kinds.declaration(name)
    )
    declared: dict[str, Any] = dict(_NAMES)
    exec(source, declared)  # noqa: S102 - a line of our own page
    record = declared["X"]
    assert [one.kind.name for one in record.meta.fields] == [name]


def test_no_record_takes_a_word_of_the_page(write: Write, load: Load) -> None:
    page = kinds.page().partition("## Reserved words")[2].partition("No action of")[0]
    table = page.partition("| --- |")[2]
    words = re.findall(r"`([\w-]+)`", table)
    assert {"grant", "today", "set-hours"} < set(words)
    write("taken", _TAKEN.format(words=[*words, "untaken"]))
    plugins = load("taken")
    records = records_of(plugins, Machine())
    assert [key for key in records if key.startswith("taken.")] == ["taken.untaken"]
    assert len(plugins.troubles) == len(words)


def test_every_fact_has_a_meaning() -> None:
    page = kinds.page().partition("## Facts")[2].partition("##")[0]
    explained = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", page, re.MULTILINE))
    assert list(explained) == list(FieldFacts.__annotations__)
    assert explained["hidden"] == "Whether lists leave it out."
    assert len(set(explained.values())) == len(explained)
