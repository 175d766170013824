"""What a code says is read back from every spelling of it, and nothing is read in silence."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.values.scanned.codes import (
    GTINS,
    PREFIXES,
    TODAY,
    brackets,
    digits,
    element_string,
    goods,
    hibc,
    link,
    with_check,
    with_hibc_check,
)

from officeops import ScannedCode, item_number, scan_readings, scanned_code
from officeops.model.errors import Refused

SEPARATORS = ["\x1d", "\u241d", "^]", "{GS}", "<GS>", "~d029", "|"]


def says(code: ScannedCode) -> dict[str, Any]:
    """Return the parts that a code has."""
    names = ("item", "lot", "expires_on", "serial", "quantity", "made_on", "link")
    return {name: getattr(code, name) for name in names if getattr(code, name) is not None}


@tried(60)
@given(goods(), st.sampled_from(PREFIXES), st.sampled_from(SEPARATORS))
def test_gs1_is_read_back(label: dict[str, Any], prefix: str, separator: str) -> None:
    for code in (
        element_string(label, prefix),
        element_string(label, separator=separator),
        "\x1d" + element_string(label),
        brackets(label),
        link(label),
    ):
        assert says(scanned_code(code, TODAY)) == label, code


@tried(60)
@given(goods())
def test_a_lost_separator_is_asked_about(label: dict[str, Any]) -> None:
    """Whatever it is, the item is sure, and what was meant is among what is asked."""
    code = element_string(label, separator="")
    found = scan_readings(code, TODAY)
    assert {reading.item for reading in found} == {label["item"]}
    if len(found) == 1 and len(code) < 50:
        assert says(found[0]) == label


def test_a_lot_with_a_serial_number_behind_it_may_be_one_lot() -> None:
    code = "]d201003123456789061727123110ABC21XYZ"
    with pytest.raises(Refused) as refused:
        scanned_code(code, TODAY)
    assert refused.value.problems[0].code == "ambiguous"
    assert {reading.lot for reading in scan_readings(code, TODAY)} == {"ABC", "ABC21XYZ"}
    assert scanned_code(f"\x1d{code[3:]}", TODAY).lot == "ABC21XYZ"


@tried(100)
@given(hibc())
def test_hibc_is_read_back(drawn: tuple[str, dict[str, Any]]) -> None:
    code, label = drawn
    for text in (code, f"*{code}*"):
        assert says(scanned_code(text, TODAY)) == label, text
    if list(label) == ["item"]:
        assert item_number(code) == item_number(code.lower()) == label["item"]


@tried(60)
@given(GTINS)
def test_a_gtin_is_one_number_however_it_is_written(gtin: str) -> None:
    assert scanned_code(gtin, TODAY).item == gtin
    bare = gtin.lstrip("0")
    for length in (8, 12, 13):
        if len(bare) <= length and len(bare) > 8:
            assert item_number(gtin[-length:]) == item_number(bare) == gtin
            assert gtin in [reading.item for reading in scan_readings(gtin[-length:], TODAY)]


@pytest.mark.parametrize(
    ("short", "upc"),
    [
        ("04252614", "042100005264"),
        ("01234505", "012000003455"),
        ("01234531", "012300000451"),
        ("01234543", "012340000053"),
        ("01234558", "012345000058"),
        ("01234596", "012345000096"),
    ],
)
def test_a_upc_e_is_its_upc_a(short: str, upc: str) -> None:
    assert upc == with_check(upc[:-1])
    number = upc.zfill(14)
    assert number in [reading.item for reading in scan_readings(short, TODAY)]
    assert number in [reading.item for reading in scan_readings(short[1:7], TODAY)]


@tried(60)
@given(digits(10))
def test_a_drugs_package_is_one_number(package: str) -> None:
    number = with_check(f"003{package}")
    forms = [(4, 4, 2), (5, 3, 2), (5, 4, 1)]
    for labeler, product, last in forms:
        parts = package[:labeler], package[labeler : labeler + product], package[-last:]
        assert [code.item for code in scan_readings("-".join(parts), TODAY)] == [number]
        of_claims = f"{parts[0]:0>5}-{parts[1]:0>4}-{parts[2]:0>2}"
        if labeler == 4 or not parts[0].startswith("0"):
            for text in (of_claims, of_claims.replace("-", "")):
                assert number in [code.item for code in scan_readings(text, TODAY)]
    assert scanned_code(number[2:], TODAY).ndc == package
    assert number in [code.item for code in scan_readings(package, TODAY)]


def test_published_examples_of_hibc_have_their_check_characters() -> None:
    assert with_hibc_check("+A123BJC5D6E71") == "+A123BJC5D6E71G"
    both = scanned_code("*+A99912345/$$52001510X3/16D20111212/S77DEFG457*", TODAY)
    assert says(both) == {
        "item": with_hibc_check("+A99912345"),
        "lot": "10X3",
        "expires_on": date(2020, 1, 15),
        "serial": "77DEFG45",
        "made_on": date(2011, 12, 12),
    }
    counted = scanned_code("+A99912349/$10X3/16D20111231/14D20200131/Q500Z", TODAY)
    assert (counted.quantity, counted.expires_on) == (500, date(2020, 1, 31))


@pytest.mark.parametrize(
    ("digits", "day"),
    [
        ("271200", date(2027, 12, 31)),
        ("280200", date(2028, 2, 29)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
        ("000229", date(2000, 2, 29)),
    ],
)
def test_dates_of_two_digits(digits: str, day: date) -> None:
    assert scanned_code(f"(01)00312345678906(17){digits}", TODAY).expires_on == day


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("036000291453", "wrong-check-digit"),
        ("(01)00312345678905", "wrong-check-digit"),
        ("]d20100312345678905", "wrong-check-digit"),
        ("+A123BJC5D6E71H", "wrong-check-digit"),
        ("]E00036000291453", "wrong-check-digit"),
        ("(01)00312345678906(17)271332", "malformed"),
        ("(01)00312345678906(99999)1", "malformed"),
        ("(01)00312345678906(17)270230", "malformed"),
        ("0100312345678906\x1d05X", "malformed"),
        ("https://example.com/price/list", "malformed"),
        ("+/EO5232013", "malformed"),
        ("", "malformed"),
        ("1" * 500, "too-long"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(code: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        scan_readings(code, TODAY)
    assert refused.value.problems[0].code == problem


@pytest.mark.parametrize("code", ["GLV-001", "U12345", "shelf 3", "ä-1", "12345"])
def test_an_offices_own_code_is_itself(code: str) -> None:
    [reading] = scan_readings(code, TODAY)
    assert (reading.scheme, reading.item) == ("own", item_number(code))


NOISE = st.text() | st.text("01(7)21+$/*]dC\x1dAB93 ", max_size=60) | st.binary().map(repr)


@tried(200)
@given(NOISE)
def test_anything_ends_in_an_answer_or_a_refusal(text: str) -> None:
    item_number(text)
    with suppress(Refused):
        assert scan_readings(text, TODAY)
