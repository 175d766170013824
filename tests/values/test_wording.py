"""Numbers, nouns and units agree, for the nouns and units an office uses."""

from __future__ import annotations

import pytest

from officeops.values import wording


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("line", "lines"),
        ("box", "boxes"),
        ("dose", "doses"),
        ("patch", "patches"),
        ("entry", "entries"),
        ("tray", "trays"),
        ("knife", "knives"),
        ("shelf", "shelves"),
        ("cuff", "cuffs"),
        ("glass", "glasses"),
        ("tablets", "tablets"),
        ("each", "each"),
        ("mL", "mL"),
        ("g", "g"),
        ("kg", "kg"),
        ("btl", "btl"),
        ("EA", "EA"),
        ("box of 100", "boxes of 100"),
        ("roll (5 m)", "rolls (5 m)"),
        ("purchase order", "purchase orders"),
    ],
)
def test_a_noun_has_its_plural(noun: str, many: str) -> None:
    assert wording.count(1, noun) == f"1 {noun}"
    assert wording.count(2, noun) == f"2 {many}"
    assert wording.count(0, noun) == f"0 {many}"
    assert wording.plural(wording.plural(noun)) == many


def test_packs_say_their_size_once() -> None:
    assert wording.packs(5, "box", 100) == "5 boxes of 100"
    assert wording.packs(1, "case", 1000) == "1 case of 1,000"
    assert wording.packs(2, "box of 500", 500) == "2 boxes of 500"
    assert wording.packs(3, "dose", 1) == "3 doses"
    assert wording.packs(1, "", 12) == "1 pack of 12"


def test_what_is_counted_one_by_one_has_no_unit() -> None:
    assert wording.units(5, "each") == "5"
    assert wording.units(1, "dose") == "1 dose"
    assert wording.units(-4876, "test") == "-4,876 tests"
    assert wording.listing(["a", "b", "c"]) == "a, b and c"


def test_an_article_goes_by_the_sound_of_its_noun() -> None:
    an = "item|autoclave|hour|honest answer|unimportant note|NPI|X-ray|SSH key|EIN|umbrella|RN"
    a = "vendor|unit|user|urine cup|one-time key|SKU|UPC|HIPAA form|U-bolt|European form|house"
    assert [wording.article(noun) for noun in an.split("|")] == [
        f"an {noun}" for noun in an.split("|")
    ]
    assert [wording.article(noun) for noun in a.split("|")] == [
        f"a {noun}" for noun in a.split("|")
    ]
