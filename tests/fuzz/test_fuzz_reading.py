"""Any bytes are a table or a refusal with a sentence, in bounded memory; and so is their import."""

from __future__ import annotations

import io
import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from tests.effort import tried
from tests.fuzz.fuzz_tools import confined, sentence

from officeops.exchange.formats.reading import FORMATS, Unreadable, open_table
from officeops.exchange.imports.outcome import BAD_LIMIT

if TYPE_CHECKING:
    from officeops.testing import Cli

CSV = 'sku,name,on_hand,expires_on,lot,vendor,price,on_order\nA1,"Gloves, M",10,2027-01-31,L1,Acme,12.50,\nB2,Täpe,1e3,,,,,5\n'
ROWS = [
    {"sku": "A", "name": "Gloves", "on_hand": 3},
    {"sku": "B", "name": None, "on_hand": 1.5, "lot": True},
]
CODECS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp1252",
    "cp850",
    "mac_roman",
    "shift_jis",
    "utf-7",
    "cp037",
)
NASTY = (
    b"\0",
    b'"',
    b"'",
    b"\r",
    b"\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b",",
    b";",
    b"\t",
    b"\x1b[31m",
    b"\xc3",
    b"\xed\xa0\x80",
    b"{",
    b"[",
    b"]",
    b"}",
    b"sep=;\n",
    b"PK\x03\x04",
    b"=1+1",
)


@cache
def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(
            (["sku", "name", "on_hand"], ["A", "Gloves", 3], ["B", "Masks", 1.5])
        ):
            sheet.write_row(n, 0, row)
    return out.getvalue()


@st.composite
def mutated(draw: st.DrawFn, seeds: st.SearchStrategy[bytes]) -> bytes:
    """A good file with some of it cut, doubled, overwritten or put elsewhere."""
    made = draw(seeds)
    for _ in range(draw(st.integers(0, 4))):
        at, length = draw(st.integers(0, len(made))), draw(st.integers(0, 40))
        piece = draw(
            st.one_of(
                st.binary(max_size=12), st.sampled_from(NASTY), st.just(made[at : at + length] * 2)
            )
        )
        made = made[:at] + piece + made[at + length * draw(st.booleans()) :]
    return made


TEXTS = st.one_of(
    st.sampled_from(CODECS).map(lambda codec: CSV.encode(codec, "replace")),
    st.just(json.dumps(ROWS).encode()),
    st.just("\n".join(map(json.dumps, ROWS)).encode("utf-16")),
    st.lists(st.lists(st.text(max_size=8), max_size=4), max_size=5).map(lambda rows: "\n".join(",".join(row) for row in rows).encode(errors="replace")),
    st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=6), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)).map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=200),
)  # fmt: skip
HOW = st.fixed_dictionaries(
    {},
    optional={
        "format": st.sampled_from([*FORMATS, "tsv", "nonsense", ""]),
        "encoding": st.sampled_from([*CODECS, "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "rot13", "zlib", "hz", "", "\0", "x" * 5000, "../x"]),
        "delimiter": st.sampled_from([",", ";", "\t", "tab", "\\t", "", "||", '"', "\n", " ", "\0", "\udcff", "é", "'"]),
        "sheet": st.sampled_from(["", "Sheet1", "\0", "\udcff", "x" * 5000]),
    },
)  # fmt: skip


def read(content: bytes, name: str, **how: str) -> None:
    try:
        with open_table(None, stream=io.BytesIO(content), name=name, **how) as table:
            rows = list(table.rows())
            assert len(set(table.columns)) == len(table.columns)
            assert all(len(row) >= len(table.columns) for _, row in rows)
    except Unreadable as why:
        said = why.message
    else:
        said = "."
    assert said.endswith((".", "?"))
    assert len(said) < 6000


@pytest.mark.filterwarnings(
    "ignore::DeprecationWarning"
)  # unicode_escape tells of escapes it does not know
@tried(200)
@given(
    mutated(TEXTS), st.sampled_from(["t.csv", "t.json", "t.tsv", "t.xls", "t", "t\x1b.csv"]), HOW
)
@example(b"a,b\n1,2\n", "t.csv", {"delimiter": " "})
def test_any_text_is_a_table_or_a_refusal(content: bytes, name: str, how: dict[str, str]) -> None:
    if how.get("format") not in {"xls", "xlsx"}:  # each of these costs a process
        read(content, name, **how)


@tried(15)
@given(
    mutated(st.builds(workbook)),
    st.sampled_from([{}, {"sheet": "Sheet1"}, {"sheet": "no\0ne"}, {"format": "xls"}]),
)
def test_any_workbook_is_a_table_or_a_refusal(content: bytes, how: dict[str, str]) -> None:
    read(content, "t.xlsx", **how)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@tried(60)
@given(
    mutated(TEXTS),
    st.lists(
        st.sampled_from(["--skip-bad", "--update", "--dry-run", "--json"]), max_size=3, unique=True
    ),
)
def test_any_text_is_imported_or_refused(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, content: bytes, words: list[str]
) -> None:
    monkeypatch.chdir(cli.path.parent)
    ran = cli("item", "import", "-", *words, typed=content)
    assert ran.code in {0, 1, 2, 5}
    sentence(ran.err + ran.out)
    for file in cli.path.parent.glob("import.bad*.csv"):
        file.unlink()


@pytest.mark.parametrize("group", ["texts", "sparse", "workbooks"])
def test_no_file_takes_more_than_there_is(group: str) -> None:
    for case in confined(group):
        assert case["seconds"] < 40, case
        assert case["peak"] < 600, case
        sentence(case["said"])


def test_an_endless_run_of_bad_rows_ends(cli: Cli) -> None:
    row = b"," + b"x" * 100_000 + b"\n"
    ran = cli("item", "import", "-", typed=b"sku,name\n" + row * (BAD_LIMIT // len(row) + 10))
    assert ran.code == 1
    assert "with no end in sight; is it the right file" in ran.err
    assert cli("item", "list", "--json").json == []


def test_a_file_of_other_columns_is_refused_in_a_sentence(cli: Cli) -> None:
    for words in ((), ("--map", "x=sku")):
        ran = cli(
            "item",
            "import",
            "-",
            *words,
            typed=",".join(f"{'c' * 200}{n}" for n in range(5000)) + "\n1\n",
        )
        assert ran.code == 2
        assert "and 4,940 more" in ran.err
        sentence(ran.err.replace("c" * 20, ""))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_an_encoding_that_is_named_needs_no_mark(codec: str) -> None:
    content = "sku,name\nA,Gloves\n".encode(codec)
    with open_table(None, stream=io.BytesIO(content), encoding=codec[:6]) as table:
        assert [row for _, row in table.rows()] == [["A", "Gloves"]]
