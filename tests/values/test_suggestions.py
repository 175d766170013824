"""Suggestions: a slip finds its word alone, a word of the same meaning finds what it means, and what is far finds nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeops.values.suggestions import did_you_mean, nearest

VERBS = ["archive", "edit", "export", "import", "list", "receive", "return", "show", "unarchive"]
MEANINGS = {"delete": ["archive"], "document": ["vendor-document"], "put": ["edit", "import"]}


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("recieve", ["receive"]),
        ("lits", ["list"]),
        ("Show", ["show"]),
        ("DELETE", ["archive"]),
        ("documnt", ["vendor-document"]),
        ("put", ["edit", "import"]),
        ("xyzzy", []),
        ("", []),
    ],
)
def test_what_is_suggested(word: str, near: list[str]) -> None:
    assert nearest(word, VERBS, MEANINGS) == near


@given(st.sampled_from(VERBS), st.data())
def test_two_letters_in_the_wrong_order_suggest_the_word_first(
    verb: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(verb) - 2))
    slip = verb[:at] + verb[at + 1] + verb[at] + verb[at + 2 :]
    assert nearest(slip, VERBS)[0] == verb


def test_the_question() -> None:
    assert did_you_mean([]) == ""
    assert did_you_mean(["a", "b"]) == "Did you mean a or b?"
