"""JSON that is a table is read as one; other JSON is refused by its record."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.exchange.reading_tools import cells, read, refusal

from officeops.exchange.formats import json_table


def test_json_arrays_and_lines_are_read_alike() -> None:
    expected = [["a", "b", "c"], [1, "x", None], [2.5, None, True]]
    assert cells(b'[{"a": 1, "b": "x"},\n {}, {"a": 2.5, "c": true}]', "t.json") == expected
    assert cells(b'\xef\xbb\xbf{"a":1,"b":"x"}\n\n{"a":2.5,"c":true}', "t.jsonl") == expected
    with read(b'[{"a": 1}, {"a": null}, {"a": 3}]', "no-extension") as table:
        assert list(table.rows()) == [(1, [1]), (3, [3])]
    assert cells(b"[]", "t.json") == cells(b"", "t.json") == [[]]


@tried(100)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("abc"), st.none() | st.booleans() | st.integers() | st.text('xé"\\{}')
        )
    )
)
def test_any_flat_json_is_read_whatever_the_size_of_its_pieces(
    records: list[dict[str, object]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_table, "CHUNK", 3)
        with read(json.dumps(records, indent=1).encode(), "t.json") as table:
            found = [dict(zip(table.columns, row, strict=True)) for _, row in table.rows()]
    kept = [
        record for record in records if any(value not in (None, "") for value in record.values())
    ]
    names = {name for record in records for name in record}
    assert found == [{name: record.get(name) for name in names} for record in kept]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (
            '[{"a": 1}, {"b": {"c": 1}}]',
            2,
            'nested value, where only text, numbers, true, false and null can be read, under "b"',
        ),
        ('[{"a": [1]}]', 1, "nested"),
        ('[{"a": 1, "a": 2}]', 1, '"a" twice'),
        ('[{"a": NaN}]', 1, "NaN"),
        ('[{"a": -Infinity}]', 1, "Infinity"),
        ('[{"a": 1e999}]', 1, "too large"),
        ('[{"a": ' + "9" * 5000 + "}]", 1, "too long"),
        ('[{"a": "\\ud800"}]', 1, "no text"),
        ('[{"\\u0000": 1}]', 1, "no text"),
        ('[{"a": 1}, 2]', 2, "not an object"),
        ('[{"a": 1} {"a": 2}]', 1, "comma"),
        ('[{"a": 1}', 1, "comma"),
        ('[{"a": 1}, ', 2, "not valid JSON"),
        ('[{"a": 1}] x', 1, "goes on"),
        ('[{"a": ' + "[" * 100_000, 1, "nested too deeply"),
        ("nonsense", 1, "not valid JSON"),
    ],
)
def test_json_that_is_no_table_is_refused_by_record(text: str, line: int, word: str) -> None:
    error = refusal(text.encode(), "t.json")
    assert error.line == line
    assert word in error.message


def test_json_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_table, "FILE_LIMIT", 1)
    assert "larger" in refusal(b"[]", "t.json").message
