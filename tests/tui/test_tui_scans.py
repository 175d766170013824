"""Scans differ from keys by their arrival, on a clock of the test's own, and no key of one acts."""

from __future__ import annotations

import random
from datetime import date
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import pytest

from officeops.tui.terminal.arrivals import ESCAPE, Stream
from officeops.tui.terminal.scans import ALONE, WITHIN, Pressed, Scan, scan_at_head

if TYPE_CHECKING:
    from collections.abc import Iterable


def packet(text: str, at: float = 0.0, apart: float = 0.0) -> list[Pressed]:
    return [Pressed(character, at + place * apart) for place, character in enumerate(text)]


def verdict(*packets: Iterable[Pressed]) -> Scan | float | None:
    return scan_at_head(list(chain(*packets)))


@pytest.mark.parametrize(
    ("text", "code", "prefix"),
    [
        ("0400021013704\r", "0400021013704", ""),
        ("U12345\r", "U12345", ""),
        ("ab1234\r", "ab1234", ""),
        ("]C10104000210\r", "0104000210", "]C1"),
        ("]E0400\r", "400", "]E0"),
        ("]d201004\x1d10A 7\r", "01004\x1d10A 7", "]d2"),
        ("0100400021000308\x1d10A-7\r", "0100400021000308\x1d10A-7", ""),
        ("+A123BJC5D6E71/$$52001510X3C\r", "+A123BJC5D6E71/$$52001510X3C", ""),
        ("(01)00400021000308(10)A 7\r", "(01)00400021000308(10)A 7", ""),
        ("https://id.gs1.org/01/400021000308\r", "https://id.gs1.org/01/400021000308", ""),
    ],
)
def test_a_scan_is_a_code_that_arrives_at_once(text: str, code: str, prefix: str) -> None:
    scan = Scan(code, prefix, len(text))
    assert verdict(packet(text)) == scan
    # The keys behind it are no part of it.
    assert verdict(packet(text), packet("jjj\r")) == scan


@pytest.mark.parametrize(
    "text",
    [
        "12345\r",
        "abc123\r",
        "abcdef\r",
        "j\r",
        "12 345 6\r",
        "123-456\r",
        "\r",
        "]C1\r",
        "]1C0400\r",
        "]]C1400\r",
        "é12345\r",
    ],
)
def test_every_other_burst_is_keys(text: str) -> None:
    assert verdict(packet(text)) is None


def test_a_code_that_comes_in_two_packets_is_one_scan() -> None:
    for cut in range(1, 14):
        code = "0400021013704\r"
        first, second = packet(code[:cut]), packet(code[cut:], WITHIN * 0.9)
        until = verdict(first)
        assert isinstance(until, float)
        assert until >= WITHIN
        assert verdict(first, second) == Scan(code[:-1], "", 14)
        assert verdict(first, packet(code[cut:], WITHIN * 1.1)) is None


def test_a_long_code_with_a_prefix_may_take_its_time() -> None:
    code = "]C1" + "0100400021013704" * 3 + "\r"
    assert verdict(packet(code, apart=0.03)) == Scan(code[3:-1], "]C1", len(code))
    assert verdict(packet(code[:20], apart=0.03), packet(code[20:], 0.6 + WITHIN + 0.02)) is None


def test_a_person_types_slower_than_a_scanner() -> None:
    assert verdict(packet("0400021013704\r", apart=0.12)) is None
    assert verdict(packet("040002\r", apart=0.02)) is None


def test_keys_that_move_are_held_back_for_less() -> None:
    assert verdict(packet("j")) == ALONE
    assert verdict(packet("]")) == ALONE
    assert verdict(packet("G")) == verdict(packet("4")) == verdict(packet("jj")) == WITHIN


def test_a_scan_is_read_with_its_prefix() -> None:
    scan = Scan("0100400021000308\x1d10A7", "]C1", 27)
    assert [reading.item for reading in scan.readings(date(2026, 1, 1))] == ["00400021000308"]
    assert scan.shown == "0100400021000308\u241d10A7"


# -- bytes -----------------------------------------------------------------------------------------


def test_escape_is_a_key_of_its_own_however_the_packets_fall() -> None:
    stream = Stream()
    assert list(stream.take("\x1bj\x1b\r\x1b[Bk")) == [ESCAPE, "j", ESCAPE, "\r\x1b[Bk"]
    assert list(stream.take("\x1b")) == []
    assert list(stream.take("[B")) == ["\x1b[B"]
    assert list(stream.take("\x1b")) == []
    assert list(stream.pause()) == [ESCAPE]
    assert list(stream.pause()) == []
    # Alt and Backspace deletes a word, as everywhere.
    assert list(stream.take("\x1b\x7f")) == ["\x1b\x7f"]


def test_nothing_in_what_is_pasted_is_the_escape_key() -> None:
    whole = "a\x1b[200~text \x1bj more\x1b[201~\x1bj"
    for seed in range(200):
        chance = random.Random(seed)  # noqa: S311 - chance, not a secret
        cuts = sorted(chance.sample(range(1, len(whole)), 4))
        stream = Stream()
        pieces: list[str] = []
        for start, end in pairwise([0, *cuts, len(whole)]):
            pieces += stream.take(whole[start:end])
        assert "".join(pieces) == whole
        assert pieces[-2:] == [ESCAPE, "j"]
        assert not stream.is_pasting
