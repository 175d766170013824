"""Vendors from every kind of vCard, and back: nothing that a card says is lost on the way."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.exchange import Card, CardProperty, read_cards, write_cards
from officeops_vendors.vcards import read

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors")

#: Outlook 2003's own ways in a few lines: version 2.1, soft breaks, a character set, a picture.
OUTLOOK = b"""BEGIN:VCARD\r
VERSION:2.1\r
N:Doe;John;;Mr.\r
ORG;CHARSET=Windows-1252:Caf\xe9 Supplies\\; Inc.;Sales\r
NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Line one=0D=0A=\r
line =C3=A9 two, and=20=\r
more\r
TEL;HOME;FAX:(202) 555-0199\r
TEL;WORK;VOICE:(202) 555-0111\r
ADR;WORK;PREF:;Suite 2;1 Main St;Austin;TX;12345;USA\r
X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="x">a,b</card>\r
PHOTO;TYPE=JPEG;ENCODING=BASE64:\r
 /9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRof\r
 Hh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/\r
\r
REV:20120305T133254Z\r
END:VCARD\r
"""
#: A Mac's: groups, folded lines, lone carriage returns, no END.
MAC = (
    b"BEGIN:VCARD\rVERSION:3.0\rFN:Medline\ritem1.TEL;type=pref:tel:+1-202-555-0111\r"
    b'item1.X-ABLabel:_$!<Order desk>!$_\ritem2.URL;TYPE="work,x":https\\://medline.exam\r\n ple\r\n'
    b"NOTE:a\\, b\\nc\r"
)
SECOND = (
    b"begin:vcard\nVERSION:4.0\nKIND:org\nFN:Second\nEMAIL;PREF=1:a@b.example\n"
    b"EMAIL:c@d.example\nCATEGORIES:one,two\nno colon here\nend:vcard\n"
)


def rows(content: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    notes: list[str] = []
    return [row for _, row in read(io.BytesIO(content), "file", notes.append)], notes


def test_an_old_card_is_read() -> None:
    [row], notes = rows(OUTLOOK)
    assert row["name"] == "Café Supplies; Inc."
    assert row["email"] is None
    assert row["phones"] == [
        {"kind": "fax", "number": "(202) 555-0199"},
        {"kind": "work", "number": "(202) 555-0111"},
    ]
    lines = "1 Main St\nSuite 2\nAustin, TX 12345\nUSA"
    assert row["addresses"] == [{"kind": "main", "address": lines}]
    assert row["note"] == "Line one\nline é two, and more"
    assert "X-MS-OL-DESIGN" in str(row["card"])
    assert [note.split(":")[0] for note in notes] == ["Pictures, sounds and keys are left out"]


def test_several_cards_a_missing_end_and_groups_are_read() -> None:
    found, notes = rows(b"some text\n\n" + MAC + SECOND)
    assert [row["name"] for row in found] == ["Medline", "Second"]
    assert found[0]["phones"] == [{"kind": "work", "number": "(202) 555-0111"}]
    assert (found[0]["website"], found[0]["note"]) == ("https://medline.example", "a, b\nc")
    assert found[1]["email"] == "a@b.example"
    assert len(notes) == 2


@pytest.mark.parametrize("form", ["vcard", "vcard4"])
def test_a_vendor_goes_out_and_comes_back_with_all_its_card_said(
    cli: Cli, tmp_path: Path, form: str
) -> None:
    assert cli("vendor", "import", "-", "--format", "vcard", typed=MAC + SECOND).code == 0
    file = tmp_path / "out.vcf"
    assert cli("vendor", "add", "--name", "Plain; Co", "--phone", "555").code == 0
    assert cli("vendor", "edit", "Second", "--email", "new@b.example").code == 0
    assert cli("vendor", "export", str(file), "--format", form).code == 0
    text = file.read_bytes().replace(b"\r\n ", b"")
    assert b"item1.X-ABLabel:_$!<Order desk>!$_" in text
    assert b"new@b.example" in text
    assert b"EMAIL:c@d.example" in text
    assert b"a@b.example" not in text
    assert (b"VERSION:4.0" in text) == (form == "vcard4")
    back = cli("vendor", "import", str(file), "--json", "--update").json
    assert back["added"] == 0
    assert cli("vendor", "import", str(file), "--json").json["unchanged"] == 3
    assert "--format" in cli("vendor", "import", "--help").out
    assert form in cli("vendor", "export", "--help").out


#: Spellings of numbers that the office writes in another way, with what hangs on each.
ODD_PHONES = (
    "BEGIN:VCARD\nVERSION:4.0\nFN:Acme\nORG:Acme\n"
    'item1.TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+1-202-555-0143;ext=77\n'
    "item1.X-ABLabel:Orders\nTEL;TYPE=cell;X-DAYS=mo:+49 (0)170 / 123 45 67\n"
    "ADR;LABEL=\"5 Main St^nDenver, ^'x^'\":;;5 Main St;Denver;;;\n"
    "RELATED;TYPE=contact:urn:uuid:f81d4fae\nEND:VCARD\n"
)


def test_a_number_in_another_spelling_keeps_what_hangs_on_it(cli: Cli) -> None:
    cli("vendor", "import", "-", "--format", "vcard", typed=ODD_PHONES)
    shown = cli("vendor", "show", "Acme", "--json").json
    numbers = [phone["number"] for phone in shown["phones"]]
    assert numbers == ["(202) 555-0143 ext. 77", "+49 170 1234567"]
    assert shown["contacts"] == []
    out = cli("vendor", "export", "-", "--format", "vcard4").out.replace("\r\n ", "")
    lines = set(ODD_PHONES.replace('"voice,work"', "voice,work").splitlines())
    assert lines <= set(out.splitlines())


def test_what_the_office_typed_comes_back_from_a_card(cli: Cli, tmp_path: Path) -> None:
    typed = ["--phone", "other=202-555-0101; note=ask for Bob", "--phone", "fax=202-555-0102"]
    people = ["--contact", "Ann Lee; role=Sales, East; phone=202-555-0177", "--contact", "Bo"]
    cli("vendor", "add", "--name", "Rich", *typed, *people, "--address", "remit_to=PO Box 5")
    before = cli("vendor", "show", "Rich", "--json").json
    for form in ("vcard", "vcard4"):
        file = tmp_path / f"{form}.vcf"
        said = cli("vendor", "export", str(file), "--format", form, "--where", "name=Rich")
        assert "1 vendor written" in said.err
        again = file.read_text().replace(":Rich", f":{form}")
        assert cli("vendor", "import", "-", "--format", "vcard", typed=again).code == 0
        after = cli("vendor", "show", form, "--json").json
        for rows_of in ("phones", "contacts", "addresses"):
            assert [plain(row) for row in after[rows_of]] == [plain(row) for row in before[rows_of]]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def test_sixteen_bits_without_a_mark_and_a_soft_break_before_a_property_are_read() -> None:
    card = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Sixteen\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\r\n"
    card += "b=0D=0A=\r\nTEL: below=\r\nTEL;CELL:202-555-0101\r\nEND:VCARD\r\n"
    for codec in ("utf-16-le", "utf-16-be", "utf-8"):
        [row], _ = rows(card.encode(codec))
        assert row["note"] == "ab\nTEL: below"
        assert row["phones"] == [{"kind": "mobile", "number": "(202) 555-0101"}]


def test_what_is_no_card_is_refused_with_its_line(cli: Cli) -> None:
    refused = cli("vendor", "import", "-", "--format", "vcard", typed="FN:x\n")
    assert refused.code == 1
    nameless = "BEGIN:VCARD\nVERSION:3.0\nFN:A\nEND:VCARD\nBEGIN:VCARD\nROLE:x\nEND:VCARD\n"
    bad = cli("vendor", "import", "-", "--format", "vcard", "--json", typed=nameless).json["bad"]
    assert [(row["line"], row["column"]) for row in bad] == [(5, "name")]
    assert cli("vendor", "import", "-", "--format", "vcrd", typed="").code == 2


NAMES = st.sampled_from(["FN", "ORG", "TEL", "EMAIL", "ADR", "NOTE", "X-THING", "CATEGORIES"])
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1)
PROPERTIES = st.builds(
    CardProperty,
    NAMES,
    WORDS.map(lambda text: text.strip(" \t").replace("\\", "\\\\") or "x"),
    st.sampled_from([(), (("TYPE", ("work", "pref")),), (("X-A", ("a:b;c,d^e",)),)]),
    st.sampled_from(["", "item1"]),
)


@tried(60)
@given(st.lists(st.lists(PROPERTIES, min_size=1, max_size=6), min_size=1, max_size=3))
def test_what_was_written_reads_back_equal(cards: list[list[CardProperty]]) -> None:
    back = written(cards, "4.0")
    assert [sorted_(card.properties) for card in back] == [sorted_(card) for card in cards]
    assert len(written(cards, "3.0")) == len(cards)


def written(cards: list[list[CardProperty]], version: str) -> list[Card]:
    out = io.BytesIO()
    write_cards(out, cards, "4.0" if version == "4.0" else "3.0")
    assert max(map(len, out.getvalue().split(b"\r\n"))) <= 76
    return list(read_cards(io.BytesIO(out.getvalue()), "file", pytest.fail))


def sorted_(properties: object) -> list[tuple[object, ...]]:
    assert isinstance(properties, (list, tuple))
    return [
        (one.name, one.group, one.value, one.types, [p for p in one.params if p[0] != "TYPE"])
        for one in properties
    ]


@tried(100)
@given(st.binary() | st.text('BEGIN:VCARD\nEND;=\t ,\\"').map(str.encode))
def test_any_bytes_are_cards_or_a_refusal(content: bytes) -> None:
    from officeops.exchange import Unreadable

    try:
        found, _ = rows(b"BEGIN:VCARD\n" + content)
    except Unreadable:
        return
    assert found
