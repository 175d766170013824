"""A word of a record's class line or body that is of another type is named, with its record."""

from __future__ import annotations

import re
from typing import Any

import pytest

from officeops import Record
from officeops.model.errors import Broken
from officeops.plugins.registered_checks import check_record

#: Values of several types; no word takes all of them.
VALUES = (
    6,
    "tag",
    ("tag",),
    (("tag",),),
    {"tag": "tag"},
    object(),
)
#: The words of the class line. A base is no kind, and its own words are read with its kinds'.
LINE = [*Record.__init_subclass__.__annotations__.keys() - {"key", "base", "return"}]
#: Those of the body, but one that the core makes.
BODY = [*Record.__annotations__.keys() - {"base_fields"}]


def declare(word: str, value: object) -> None:
    """Declare a record with a word, as a plugin of another author does."""
    line: dict[str, Any] = {}
    body: dict[str, Any] = {}
    (line if word in LINE else body)[word] = value
    body["__annotations__"] = {"tag": "str"}
    body["__doc__"] = "A key."
    record = type("Key", (Record,), body, key="keys.key", **line)
    check_record(record)


def refusals(word: str) -> list[str]:
    """Return the sentences that a word has for the values; no other error leaves a declaration."""
    sentences = []
    for value in VALUES:
        try:
            declare(word, value)
        except (TypeError, Broken) as error:
            sentences.append(str(error))
    return sentences


def test_no_value_of_a_word_fails_without_its_name() -> None:
    for word in (*LINE, *BODY):
        sentences = refusals(word)
        # The core reads yes or no from any value of these.
        assert sentences or word in {"child", "commandless"}
        for sentence in sentences:
            assert word in sentence
            assert "Key" in sentence or "keys.key" in sentence


@pytest.mark.parametrize(
    ("word", "value", "why"),
    [
        ("sort", ("tag",), "Key: its sort is ('tag',); it takes a text"),
        ("triggers", "CREATE", "its triggers is 'CREATE'; it takes a tuple of texts"),
        ("indexes", ("tag", "tag"), 'it takes a tuple of tuples, such as (("tag"'),
        ("scope", "PEOPLE", 'it takes PEOPLE.by("person_id") of a Scope'),
        ("noun", "desk lamp", "a noun is small letters, digits and hyphens"),
        ("retention", 6, "its retention is 6; it takes Retention"),
        ("parts", ("keys.copy",), "it takes a tuple, such as (Part"),
        ("lists", "nope", "its lists names 'nope', which is no field of it"),
    ],
)
def test_the_sentence_says_what_the_word_takes(
    word: str,
    value: object,
    why: str,
) -> None:
    with pytest.raises((TypeError, Broken), match=re.escape(why)):
        declare(word, value)
