"""What a kind shows it reads back, and facts that say nothing of a kind are refused with the cure."""

from __future__ import annotations

import inspect
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.model.kinds.kind_tools import fields, values

import officeops
from officeops.model.field_facts import FieldFacts
from officeops.model.fields import Field, choice, computed, field, ref
from officeops.values.conventions import Conventions
from officeops.values.convert import plain, reader, show
from officeops.values.field_rules import wrong_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

#: A record whose age SQL computes as a float.
AGES = """
class Age(Record, key="ages.age"):
    "An age."

    name: str = field()
    computed = (computed("age", "julianday('2026-01-02') - julianday('2026-01-02')", kind="number"),)


@hookimpl
def records():
    return [Age]


@hookimpl
def migrations():
    return [Migration("0001_start", '''
CREATE TABLE ages_age (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL
) STRICT;
''')]
"""
TODAY = date(2026, 1, 31)
WAYS = st.builds(
    lambda currency, order, zone: Conventions(currency, order, TODAY, zone),
    st.sampled_from(["USD", "JPY", "KWD"]),
    st.sampled_from(["mdy", "dmy"]),
    st.sampled_from(["America/Chicago", "Europe/Zurich", "Asia/Kathmandu", "UTC"]),
)
#: A duration below zero is computed, and never typed.
READ = [f for f in fields() if not f.target and not (f.kind.name == "duration" and f.minimum != 0)]


@settings(max_examples=examples(900))
@given(st.sampled_from(READ).flatmap(lambda f: st.tuples(st.just(f), values(f))), WAYS)
def test_what_is_shown_typed_or_written_is_read_back(
    drawn: tuple[Field, Any], ways: Conventions
) -> None:
    declared, value = drawn
    assume(not wrong_with(declared, value))
    read = reader(declared, ways)
    if declared.kind.is_text or declared.kind.name == "file":
        try:
            value = read(value)
        except ValueError:
            return  # a text that no field keeps
        assume(value is not None)
    if declared.kind.annotation == "int":
        assume(abs(value) < 10**15)
    if declared.kind.name == "instant":
        shown = read(show(declared, value, ways))
        # To the minute, as people read it.
        assert shown.replace(second=0) == value.replace(second=0)
    elif declared.kind.editor != "text":
        assert read(show(declared, value, ways)) == value
    if declared.kind.name != "instant":
        assert read(declared.kind.typed(value, declared, ways)) == value
    assert read(plain(declared, value, ways)) == value or declared.kind.name == "decimal"


def test_a_kind_that_keeps_a_tidy_text_in_another_spelling_says_so() -> None:
    """An import reads each cell of such a kind, and takes tidy texts of others as they are."""
    ways = Conventions("USD", "mdy", TODAY, "UTC")
    for declared in READ:
        if not declared.kind.is_text or declared.kind.is_item_code:
            continue
        texts = ("Ann", "A-1", "202-555-0111", "1/2")
        with suppress(ValueError):
            respells = any(reader(declared, ways)(text) != text for text in texts)
            assert respells == declared.kind.respells, declared.kind.name


ODD: list[tuple[Callable[[], Field], str]] = [
    (lambda: field(kind="number", choices=("a", "b")), "choice("),
    (lambda: field(minimum=3), "limits are for numbers"),
    (lambda: field(kind="money", scale=2), 'kind="decimal"'),
    (lambda: field(kind="date", unit="mm"), "a unit belongs to"),
    (lambda: field(kind="number", month_end=True), "dates"),
    (lambda: field(kind="yes_no", search=True), "texts"),
    (lambda: choice("a", "b", maximum=3), "limits are for numbers"),
    (lambda: ref("core.location", choices=("a",)), "choice("),
    (lambda: field(kind="text", where="a=b"), "ref(...)"),
]


@pytest.mark.parametrize(("declare", "cure"), ODD)
def test_a_fact_that_says_nothing_of_a_kind_is_refused_with_the_cure(
    declare: Callable[[], Field], cure: str
) -> None:
    with pytest.raises(TypeError) as refused:
        declare().named("x_id", "")
    assert "x_id" in str(refused.value)
    assert cure in str(refused.value)
    with pytest.raises(TypeError, match="limits"):
        computed("x", "1", kind="text", minimum=1)


def test_a_fact_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="no fact maximun"):
        field(kind="number", maximun=3)  # type: ignore[call-arg]


def test_help_shows_every_fact_of_everything_that_declares() -> None:
    facts = [*FieldFacts.__annotations__]
    for declare, own in (
        (officeops.field, []),
        (officeops.param, []),
        (officeops.choice, ["choices"]),
        (officeops.ref, ["target"]),
        (officeops.computed, ["default", "managed", "sql"]),
        (Field, []),
    ):
        parameters = inspect.signature(declare).parameters
        assert {*facts} - {*own} <= {*parameters}
        assert all(p.kind is not p.VAR_KEYWORD for p in parameters.values())
        assert parameters["minimum"].default is None


@pytest.mark.parametrize(
    ("kind", "kept", "shown"),
    [
        ("number", 0.0, "0"),
        ("number", 3.5, "3.5"),
        ("quantity", 1200.0, "1200"),
        ("money", 1250.0, "12.50"),
        ("money", 1250.4, "1250.4 (not whole)"),
        ("duration", 90.0, "1:30"),
        ("yes_no", 1.0, "yes"),
    ],
)
def test_a_whole_number_that_sql_computes_as_a_float_is_whole(
    kind: str, kept: float, shown: str
) -> None:
    declared = computed("worth", "1.0", kind=kind)
    whole = int(kept) if kept.is_integer() else kept
    ways = Conventions()
    assert show(declared, kept, ways) == shown
    if isinstance(whole, int):
        assert repr(plain(declared, kept, ways)) == repr(plain(declared, whole, ways))


def test_lists_json_and_exports_have_whole_numbers(write: Write, cli: Cli) -> None:
    write("ages", AGES)
    cli("plugins", "enable", "ages")
    cli("age", "add", "--name", "A")
    columns = ("--columns", "age")
    assert cli("age", "list", *columns).out.split()[-1] == "0"
    for words in (("list", *columns, "--json"), ("export", "-", *columns, "--format", "json")):
        assert re.search(r'"age": 0\b(?!\.)', cli("age", *words).out), words
    assert re.search(r"\bAge +0$", cli("age", "show", "A").out, re.MULTILINE)
