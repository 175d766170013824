"""Text is tidied once, has a length, and drives no terminal."""

from __future__ import annotations

from unicodedata import category, is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officeops.values.text import line, paragraph, safe


@given(st.text())
def test_text_is_kept_once_tidied(text: str) -> None:
    for tidy in (line, paragraph):
        try:
            once = tidy(text)
        except ValueError:
            hidden = {category(each) for each in text} & {"Cc", "Cf", "Cs"}
            assert hidden
            continue
        assert tidy(once) == once
        if once is not None:
            assert once == once.strip()
            assert is_normalized("NFC", once)
            assert all(
                category(each) not in {"Cc", "Cs"} or (each == "\n" and tidy is paragraph)
                for each in once
            )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Gloves   M ", "Gloves M"),
        ("Gloves\tM\n", "Gloves M"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("\ufeffGloves", "Gloves"),
        ("non\u00a0breaking", "non breaking"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\u0928\u0940\u200d\u0930", "\u0928\u0940\u200d\u0930"),
        ("   ", None),
        ("", None),
    ],
)
def test_a_line_is_tidied(text: str, kept: str | None) -> None:
    assert line(text) == kept


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1b",
        "\x07",
        "\x1d",
        "\x7f",
        "\x9b",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ud800",
        "\U000e0041",
    ],
)
def test_what_commands_or_hides_is_refused_by_name(character: str) -> None:
    for tidy in (line, paragraph):
        with pytest.raises(
            ValueError, match=f"U\\+{ord(character):04X}, which cannot be shown; take it out"
        ):
            tidy(f"a{character}b")


def test_text_has_a_length() -> None:
    assert line("x" * 1000)
    with pytest.raises(ValueError, match="1,001 characters long; 1,000 is the most"):
        line("x" * 1001)


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_drawn_drives_no_terminal(text: str) -> None:
    assert all(ord(each) >= 32 and not 0x7F <= ord(each) <= 0x9F for each in safe(text))
