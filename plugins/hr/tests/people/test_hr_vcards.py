"""Colleagues go into the address book of a phone and come from one; nothing private goes out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from officeops_hr.people.vcards import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Ran

PHONE = """\
BEGIN:VCARD
VERSION:3.0
N:Van Dyk;Al;;;
FN:Al Van Dyk
ORG:Main Street;Clinical
TITLE:Registered nurse
TEL;type=CELL:202-555-0190
TEL;type=HOME,FAX:202-555-0191
TEL;type=HOME:202-555-0192
ADR;type=HOME:;;5 Elm St;Austin;TX;78701;
BDAY:1980-03-14
EMAIL:al@example.com
END:VCARD
BEGIN:VCARD
VERSION:4.0
KIND:org
FN:Acme
END:VCARD
"""


@pytest.mark.parametrize(
    ("written", "birthday"),
    [
        ("1980-03-14", "03-14"),
        ("19800314T000000Z", "03-14"),
        ("--0314", "03-14"),
        ("1980", None),
        ("in spring", None),
    ],
)
def test_a_birthday_comes_without_its_year(written: str, birthday: str | None) -> None:
    card = f"BEGIN:VCARD\nVERSION:4.0\nFN:Al Roe\nBDAY:{written}\nEND:VCARD\n"
    [(_, row)] = read(io.BytesIO(card.encode()), "file", lambda _: None)
    assert row["birthday"] == birthday


@pytest.mark.usefixtures("office")
def test_an_address_book_becomes_people_with_their_positions(cli: Callable[..., Ran]) -> None:
    ran = cli("person", "import", "-", "--format", "vcard", typed=PHONE)
    assert (ran.code, "Cards of companies are left out: 1" in ran.out + ran.err) == (0, True)
    al = cli("person", "show", "Al Van Dyk", "--json").json
    assert (al["role"], al["department"], al["birthday"]) == ("RN", "Clinical", "03-14")
    assert al["address"] == "5 Elm St\nAustin, TX 78701"
    numbers = [(phone["kind"], phone["number"][-4:]) for phone in al["phones"]]
    assert numbers == [("mobile", "0190"), ("other", "0191"), ("home", "0192")]


@pytest.mark.usefixtures("crew")
def test_the_directory_goes_out_without_private_facts_and_comes_back_the_same(
    cli: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    cli("person", "import", "-", "--format", "vcard", typed=PHONE)
    file = tmp_path / "staff.vcf"
    assert cli("person", "export", str(file)).code == 0
    text = file.read_text()
    assert text.count("BEGIN:VCARD") == 7
    assert "N:Van Dyk;Al;;;" in text
    assert "0190" in text
    for private in ("0191", "0192", "Elm St", "BDAY", "900-00", "021000021"):
        assert private not in text
    again = cli("person", "import", str(file), "--json").json
    assert (again["added"], again["unchanged"]) == (0, 7)
    shown = cli("person", "show", "Al Van Dyk", "--json").json
    cli("person", "import", str(file), "--update")
    assert cli("person", "show", "Al Van Dyk", "--json").json == shown
    # A clerk exports themselves alone.
    own = tmp_path / "own.vcf"
    ran = cli("person", "export", str(own), login="ben")
    assert ran.code != 0 or own.read_text().count("BEGIN:VCARD") == 1
