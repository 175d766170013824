"""Values: read, written and shown so that each comes back as it was."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.values.value_tools import CELLS, FIELDS, US, WAYS, read

from officeops.model.fields import Field
from officeops.model.sealed_value import MASK
from officeops.model.sql_values import LARGEST, to_sql
from officeops.values.convert import plain, reader, show

if TYPE_CHECKING:
    from officeops.values.conventions import Conventions


@given(field=st.sampled_from(FIELDS), cell=CELLS, ways=WAYS)
def test_a_reader_reads_or_says_in_a_sentence_why_not(
    field: Field, cell: object, ways: Conventions
) -> None:
    try:
        value = reader(field, ways)(cell)
    except ValueError as refused:
        sentence = str(refused)
    else:
        sentence = "read"
        kept = to_sql(value)
        assert kept is None or isinstance(kept, (str, int))
        assert not isinstance(kept, int) or abs(kept) <= LARGEST
    assert 0 < len(sentence) < 200


@given(field=st.sampled_from(FIELDS), cell=CELLS, ways=WAYS)
def test_what_is_written_plainly_reads_back(field: Field, cell: object, ways: Conventions) -> None:
    try:
        value = reader(field, ways)(cell)
    except ValueError:
        return
    written = plain(field, value, ways)
    assert reader(field, ways)(written) == value
    if written is not None and not (
        field.kind.name == "duration" and isinstance(value, int) and value > 10**14
    ):
        assert reader(field, ways)(str(written)) == value


@given(
    field=st.sampled_from([f for f in FIELDS if f.kind.name not in {"long_text", "file"}]),
    cell=CELLS,
    ways=WAYS,
)
def test_what_is_shown_reads_back(field: Field, cell: object, ways: Conventions) -> None:
    try:
        value = reader(field, ways)(cell)
    except ValueError:
        return
    assert reader(field, ways)(show(field, value, ways)) == value


def test_choices_and_yes_no_take_the_words_people_use() -> None:
    assert [read("choice", word) for word in ("on_hold", "On hold", " ON_HOLD ")] == ["on_hold"] * 3
    with pytest.raises(ValueError, match="'gone' is none of on_hold, active"):
        read("choice", "gone")
    assert [read("yes_no", cell) for cell in ("yes", "TRUE", "1", 1, 1.0, "x", True)] == [True] * 7
    assert [read("yes_no", cell) for cell in ("no", "False", "0", 0, "-", False)] == [False] * 6
    with pytest.raises(ValueError, match="neither yes nor no"):
        read("yes_no", "maybe")


def test_bounds_of_a_field_are_kept() -> None:
    few = reader(Field("quantity", minimum=0, maximum=9).named("few", "int"), US)
    assert few("9") == 9
    with pytest.raises(ValueError, match="too large"):
        few("10")
    with pytest.raises(ValueError, match="too small"):
        few("-1")
    assert sys.maxsize == LARGEST


def test_a_sealed_value_that_cannot_be_read_is_refused_without_it() -> None:
    pay = Field("money", default=None, sealed=True).named("pay", "int")
    read_pay = reader(pay, US)
    assert read_pay("12.34").typed == 1234
    for text in ("twelve", "1.2.3"):
        with pytest.raises(
            ValueError, match="cannot be read as money; the value is not shown"
        ) as no:
            read_pay(text)
        assert text not in str(no.value)
    with pytest.raises(ValueError, match="only the mask"):
        read_pay(MASK)
