"""A typed code of an item that cannot be right is refused with its cure; a house's own code passes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.effort import tried
from tests.values.scanned.codes import with_check, with_hibc_check

from officeops import scan_readings
from officeops.model.kinds.item_code import _read as read


@tried(200)
@given(st.sampled_from([8, 12, 13, 14]), st.data())
def test_a_number_with_its_check_digit_is_kept_and_any_other_last_digit_names_it(
    length: int, data: st.DataObject
) -> None:
    # Eight digits that begin with 0 or 1 may be a UPC-E, which has another check digit.
    digits = data.draw(st.from_regex(rf"[2-9][0-9]{{{length - 2}}}", fullmatch=True))
    right = with_check(digits)
    assert read(right) == right
    assert read(f" {right[:3]} {right[3:]} ") == f"{right[:3]} {right[3:]}"
    wrong = f"{digits}{(int(right[-1]) + data.draw(st.integers(1, 9))) % 10}"
    with pytest.raises(ValueError, match=f"its check digit is {right[-1]}"):
        read(wrong)


@tried(100)
@given(st.from_regex(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]", fullmatch=True), st.integers(1, 42))
def test_hibc_is_kept_with_its_check_character_or_none(labeler: str, off: int) -> None:
    code = f"+{labeler}"
    right = with_hibc_check(code)
    # A blank check character is lost in text: below.
    assume(not right.endswith(" "))
    assert (read(code), read(right)) == (code, right)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
    wrong = letters[(letters.find(right[-1]) + off) % len(letters)]
    if wrong not in (right[-1], " ") and not with_hibc_check(code + wrong).endswith(" "):
        with pytest.raises(ValueError, match="check character"):
            read(code + wrong)


def test_a_blank_check_character_is_known_where_the_text_lost_it() -> None:
    whole = with_hibc_check("+E03N00")
    assert whole == "+E03N00 "
    assert read(whole) == "+E03N00"
    for code in (whole, "+E03N00", "+E03N00_"):
        assert [reading.item for reading in scan_readings(code, date(2026, 3, 2))] == [whole]


@pytest.mark.parametrize(
    "code",
    ["1", "1234567", "123456789", "1234567890", "12345678901", "10002345-A", "GLV-M", "04252614"],
)
def test_a_code_of_ones_own_passes(code: str) -> None:
    assert read(code) == code
