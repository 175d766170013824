"""A number with a word beside it is refused wherever a quantity is typed, and the sentence says how to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal
from officeops.values.quantities import read_whole

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

TYPED = ["3 cases", "12 boxes of 100", "5ea", "1,000 pcs", "2 x 50", "-4 bags", "3 Kartons", "7 箱"]


@pytest.mark.parametrize("typed", TYPED)
def test_a_word_beside_the_number_is_refused_with_the_cure(typed: str) -> None:
    with pytest.raises(
        ValueError, match="write the number alone, in the smallest unit: 3 boxes of 100 are 300"
    ):
        read_whole(typed)


@pytest.mark.parametrize("typed", ["3", " 1,000 ", "12.0", "+4", "-4"])
def test_a_number_alone_is_read(typed: str) -> None:
    assert read_whole(typed) == int(float(typed.replace(",", "")))


@pytest.mark.parametrize("typed", ["many", "1e5", "3-4", "1 000 000 000 000 000 000 000"])
def test_what_is_no_number_is_not_taken_for_one_with_a_word(typed: str) -> None:
    with pytest.raises(ValueError, match=r"number|large") as why:
        read_whole(typed)
    assert "boxes" not in str(why.value)


def test_the_command_and_the_form_say_it(cli: Cli, office: Office) -> None:
    assert cli("item", "add", "--sku", "A", "--name", "Gloves").code == 0
    ran = cli("item", "receive", "A", "--quantity", "3 cases")
    assert ran.code in {1, 2}
    assert "3 boxes of 100 are 300" in ran.err
    with Terminal(office) as terminal:
        terminal.press(":").type("item").press("enter", ":").type("receive").press("enter").type(
            "3 cases"
        ).press("ctrl+s")
        assert "smallest unit" in terminal.text.replace("\n", " ")
