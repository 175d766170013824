"""Any text, and anything a spreadsheet or JSON cell may hold, is a value or a sentence; never a crash, never a long wait."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.fuzz.fuzz_child import Thing, things
from tests.fuzz.fuzz_tools import confined, sentence

from officeops.model.declarations import Query
from officeops.model.errors import UsageProblem
from officeops.model.sql_values import LARGEST, to_sql
from officeops.values.conventions import Conventions
from officeops.values.convert import plain, reader, show

if TYPE_CHECKING:
    from officeops.office.office import Office

FIELDS = {str(f.kind): f for f in Thing.meta.fields}
ALMOST = st.text(st.sampled_from("0123456789+-., '\u00a0()$€USDdhm:/TZ today٣²½①\t\n"), max_size=40)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=-(10**5000), max_value=10**5000),
    st.sampled_from([10**5000, -(10**5000), 2**63, -(2**63) - 1]),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(),
    ALMOST,
    st.dates().map(str),
    st.datetimes().map(str),
    st.decimals(allow_nan=True).map(str),
)
WAYS = st.builds(
    Conventions,
    st.sampled_from(["USD", "EUR", "JPY", "KWD", "CHF"]),
    st.sampled_from(["mdy", "dmy"]),
    st.dates(),
)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_any_cell_is_read_or_refused_with_a_sentence(kind: str) -> None:
    field = FIELDS[kind]

    @tried(100)
    @given(CELLS, WAYS)
    def read(cell: object, ways: Conventions) -> None:
        value, said = None, "read"
        try:
            value = reader(field, ways)(cell)
        except ValueError as why:
            said = str(why)
        assert 0 < len(said) < 3000
        assert "Exceeds the limit" not in said
        if value is None:
            return
        if isinstance(value, int):
            assert -LARGEST <= value <= LARGEST
        kept = to_sql(value)
        assert isinstance(kept, (int, str))
        assert "\x1b" not in show(field, value, ways)
        # What is written out is read back as the same.
        written = plain(field, value, ways)
        if not isinstance(value, (date, datetime)) and kind != "duration":
            assert (
                reader(field, ways)(str(written) if kind in {"money", "price"} else written)
                == value
            )

    read()


WORD = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ["name", "number", "money", "day", "yes", "took", "moment", "quantity", "text"]
    ),
    st.sampled_from(
        [
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "~",
            "-",
            '"',
            ",",
            " ",
            "  ",
            "\\",
            "%",
            "'",
            "NEAR(",
            "AND",
        ]
    ),
    ALMOST,
)


@tried(250)
@given(st.lists(WORD, max_size=12).map("".join), st.lists(WORD, max_size=4).map("".join))
def test_any_filter_and_order_is_a_query_or_a_sentence(
    database: Office, where: str, sort: str
) -> None:
    select = things(Conventions(today=date(2026, 3, 2)))
    try:
        sql, values = select.sql(Query(where, sort), Thing.meta.fields)
    except UsageProblem as why:
        sentence(str(why).encode("unicode_escape").decode())
    else:
        database.rows(sql, *values)


@pytest.fixture
def database(office: Office) -> Office:
    columns = ", ".join(f.name for f in Thing.meta.fields)
    db = office.store.db
    with db.writable():
        db.execute(
            f"CREATE TEMP TABLE fuzz_thing (id INTEGER PRIMARY KEY, version, archived_at, {columns})"
        )
        db.execute(f"INSERT INTO fuzz_thing ({columns}) VALUES ({', '.join(['1'] * len(FIELDS))})")
        db.execute(
            "CREATE VIRTUAL TABLE temp.fuzz_thing_search USING fts5(name, tokenize='trigram')"
        )
        db.execute("CREATE TEMP TABLE fuzz_thing_same (identity, folded, id)")
    return office


@pytest.mark.parametrize("group", ["values", "filters"])
def test_no_run_of_anything_takes_long(group: str) -> None:
    for case in confined(group):
        assert case["seconds"] < 10, case
        assert case["peak"] < 256, case
        sentence(case["said"].encode("unicode_escape").decode())
