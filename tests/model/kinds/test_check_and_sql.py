"""What a field takes in Python it takes in SQL, and the reverse: for every kind, by values of all sorts."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.model.kinds.kind_tools import LEFT, fields, values

from officeops.model.kinds import KINDS
from officeops.model.sql_values import to_sql
from officeops.values.conventions import Conventions
from officeops.values.field_rules import unfit, wrong_with, wrong_with_kept
from officeops.values.text import is_untidy

if TYPE_CHECKING:
    from officeops.model.fields import Field

FIELDS = fields()
DB = sqlite3.connect(":memory:")
DB.create_function("officeops_untidy", 2, is_untidy)


def taken_in_sql(declared: Field, stored: object) -> bool:
    """Whether the trigger's rule lets a value through that SQLite keeps."""
    kind = declared.kind
    rules = [rule for rule in (kind.unfit_sql("t.x", declared), kind.untidy_sql("t.x")) if rule]
    sql = f"SELECT ({') OR ('.join(rules) or 0}) FROM (SELECT ? AS x) t"
    (is_unfit,) = DB.execute(sql, (stored,)).fetchone()
    return not is_unfit


def test_every_kind_is_tried() -> None:
    assert {declared.kind.name for declared in FIELDS} == {*KINDS}


@settings(max_examples=examples(900))
@given(st.sampled_from(FIELDS).flatmap(lambda f: st.tuples(st.just(f), values(f))))
def test_a_value_is_taken_in_both_or_in_neither(drawn: tuple[Field, Any]) -> None:
    declared, value = drawn
    fault = wrong_with(declared, value)
    try:
        stored = to_sql(value)
    except ValueError:
        assert fault
        return
    if stored != "":
        assert taken_in_sql(declared, stored) == (not fault), fault
        assert taken_in_sql(declared, stored) == (not wrong_with_kept(declared, stored))
    assert [place for place, _ in unfit(declared, [stored], Conventions)] == [0] * bool(
        fault and stored != ""
    )


@settings(max_examples=examples(600))
@given(st.sampled_from([f for f in FIELDS if f.kind.name in {"date", "instant"}]), LEFT)
def test_so_is_a_text_that_a_foreign_program_left(declared: Field, stored: str) -> None:
    if stored:
        assert taken_in_sql(declared, stored) == (not wrong_with_kept(declared, stored)), stored


@pytest.mark.parametrize("declared", FIELDS, ids=lambda f: f.kind.name)
def test_no_rule_refuses_a_blank(declared: Field) -> None:
    assert taken_in_sql(declared, None)
    assert declared.is_integer or taken_in_sql(declared, "")
