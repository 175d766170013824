"""What an import says of a column of sealed dates shows none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.testing import Cli

#: Dates of birth, what the import says of their order, and the code that it ends with.
COLUMNS = {
    "proven": (("13/04/1981",), "is read with the day first: line 2 has ••••.", 0),
    "in doubt": (("03/04/1981",), "•••• in line 2 is read with the month first", 0),
    "two orders": (("13/04/1981", "04/13/1981"), "line 2 has ••••, day first", 1),
    "year first": (("26-04-03",), "may have the year first: line 2 has ••••.", 1),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_note_on_dates_of_birth_shows_none(crew: object, cli: Cli, name: str) -> None:
    del crew
    days, sentence, code = COLUMNS[name]
    rows = "".join(f"Person {line},{day},20/12/2020\n" for line, day in enumerate(days))
    typed = f"Name,Date of birth,Hire date\n{rows}"
    ran = cli("person", "import", "-", "--dry-run", typed=typed)
    said = " ".join((ran.out + ran.err).split())
    assert (ran.code, sentence in said) == (code, True), said
    assert not [day for day in (*days, "1981-04", "1981-03") if day in said]
