"""When two texts are the same to people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

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


@pytest.mark.parametrize(("one", "other"), [("и", "й"), ("か", "が"), ("A-1", "A1"), ("007", "7"), ("", "-")])
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
