"""When two texts are the same to people."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.identity import bulk_folded_sql, fold, folded_sql
from officeops.model.text_folding import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "ACME"),
        (" Acme ", "Acme"),
        ("GAZE STÉRILE", "gaze stérile"),
        ("Müll", "mull"),
        ("Mu\u0308ll", "Müll"),
        ("Ann\u00a0 Ortiz", "Ann Ortiz"),
        ("Ann Ortiz\u3164", "Ann Ortiz"),
        ("Ann\u2800Ortiz", "Ann Ortiz"),
        ("Ann Ortiz\ufe0f", "Ann Ortiz"),
        ("Straße", "STRASSE"),
        ("ﬁlter", "Filter"),
        ("Ａ１", "a1"),
        ("ΑΘΗΝΆ", "αθηνα"),
    ],
)
def test_these_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("и", "й"), ("か", "が"), ("A-1", "A1"), ("007", "7"), ("", "-")]
)
def test_these_are_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@tried(300)
@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@tried(300)
@given(st.text())
def test_blanks_at_the_edges_and_twice_count_for_nothing(text: str) -> None:
    assert folded(f"  {text}\u00a0") == folded(text)


@given(st.one_of(st.text(), st.text(alphabet="aB \t-é\u00a0\x1f~")))
@example("Plain  twice")
@example(" edge")
@example("\u00c9dge")
def test_the_quick_way_over_many_folds_alike(text: str) -> None:
    db = sqlite3.connect(":memory:")
    db.create_function("officeops_fold", 1, fold, deterministic=True)
    stored = text.replace("\0", "")
    [(quick, slow)] = db.execute(
        f"SELECT {bulk_folded_sql('t')}, {folded_sql('t')} FROM (SELECT ? AS t)", (stored,)
    )
    db.close()
    assert quick == slow == folded(stored)


def test_plain_texts_are_folded_without_python() -> None:
    db = sqlite3.connect(":memory:")
    calls: list[bytes] = []

    def noted(value: bytes) -> str | None:
        calls.append(value)
        return fold(value)

    db.create_function("officeops_fold", 1, noted)
    rows = [("Nitrile glove 12",), ("Gaze st\u00e9rile",)]
    db.execute("CREATE TABLE t (name TEXT)")
    db.executemany("INSERT INTO t VALUES (?)", rows)
    assert [name for (name,) in db.execute(f"SELECT {bulk_folded_sql('name')} FROM t")] == [
        folded(n) for (n,) in rows
    ]
    db.close()
    assert len(calls) == 1
