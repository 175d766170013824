"""The letters of a text file arrive as they were written, in each encoding; two encodings in one file are refused by their lines."""

from __future__ import annotations

import pytest
from tests.exchange.reading_tools import cells, read, refusal


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_each_encoding_is_recognised(encoding: str) -> None:
    text = "Größe\tPreis\nÄrmel\t3 €\nCafé crème\t“5”\n" * 3
    with read(text.encode(encoding)) as table:
        assert table.columns == ["Größe", "Preis"]
        assert next(table.rows()) == (2, ["Ärmel", "3 €"])
        shown = (
            "Windows-1252" if encoding == "cp1252" else encoding.removesuffix("-sig")[:6].upper()
        )
        assert table.notes[0] == f"Read as {shown}, tab-separated."
        assert ("guess" in " ".join(table.notes)) == (encoding == "cp1252")


def test_an_old_encoding_is_noticed_however_late() -> None:
    filler = b"a,b\n" + b"1,2\n" * 400_000
    rows = cells(filler + "é,ü\n".encode("cp1252"))
    assert rows[-1] == ["é", "ü"]


def test_a_byte_order_mark_is_no_part_of_a_quoted_header() -> None:
    assert cells('\ufeff"a","b"\n1,2\n'.encode(), encoding="utf-8")[0] == ["a", "b"]
    assert cells("\ufeffa,b\n".encode("utf-16-le"), encoding="utf-16-le")[0] == ["a", "b"]


def test_damaged_utf8_is_not_turned_into_other_letters() -> None:
    error = refusal("a,b\né,ü\nö,ä\n".encode() + b"\xff,1\n")
    assert (error.line, "UTF-8" in error.message) == (4, True)


def test_two_encodings_in_one_file_are_refused_by_their_first_lines() -> None:
    good, bad = "Müller,1\n".encode(), "Weiß,2\n".encode("cp1252")
    for content, line in (
        (good + bad, 3),
        (bad + good, 2),
        (b"x,1\r\n" * 400_000 + bad + good, 400_002),
    ):
        error = refusal(b"name,n\n" + content)
        assert error.line == line
        which = {
            line: "is not",
            line + (1 if content.startswith(bad) or line > 3 else -1): "is UTF-8",
        }
        assert all(f"line {number} {what}" in error.message for number, what in which.items())
        assert "--encoding cp1252" in error.message
    assert cells(b"name,n\n" + good + bad, encoding="cp1252")[2] == ["Weiß", "2"]
    assert cells(b"\xef\xbb\xbfname,n\n" + bad, encoding="cp1252")[1] == ["Weiß", "2"]


def test_an_encoding_that_is_given_is_kept_to() -> None:
    assert cells("a\né\n".encode("cp850"), encoding="cp850") == [["a"], ["é"]]
    assert refusal(b"a\n1\n\xe9\n", encoding="utf-8").line == 3
    for unknown in ("klingon", "base64", "\0"):
        assert "no encoding" in refusal(b"a\n", encoding=unknown).message


@pytest.mark.parametrize(
    "name", ["Mac Roman", "mac_roman", "macintosh", "x-mac-roman", "Western (Macintosh)"]
)
def test_an_encoding_goes_by_the_name_that_messages_give_it(name: str) -> None:
    assert cells("naïve\nCafé\n".encode("mac_roman"), encoding=name) == [["naïve"], ["Café"]]
