"""People, typed phones, addresses and account numbers of a vendor, found by a caller's number."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.errors import OfficeError
from officeops.office.crud import add_record
from officeops.office.merge_action import merge_action
from officeops.values import is_called, phone_digits, phone_text
from officeops_vendors.callers import vendors_called
from officeops_vendors.contacts import Account, Address, Contact, Phone
from officeops_vendors.directory import Directory
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

HARROWGATE = (
    *("vendor", "add", "--name", "Harrowgate", "--phone", "555.010.1234 ext 4"),
    *("--phone", "fax=(555) 010-9999", "--phone", "ask at the desk", "--account", "4411-2"),
    *("--contact", "Dana Ortiz; role=Sales; call_for=orders; mobile=+1 202 555 0111"),
    *("--address", "remit_to=PO Box 12", "--address", "12 Elm Street\nSpringfield"),
)


@pytest.fixture
def harrowgate(office: Office, cli: Cli) -> Cli:
    """The commands, with a vendor of that name."""
    assert office
    ran = cli(*HARROWGATE)
    assert ran.code == 0, ran.err
    return cli


def numbers(cli: Cli) -> list[tuple[str, str]]:
    """Return the kind and the number of each phone of Harrowgate."""
    phones = cli("vendor", "show", "Harrowgate", "--json").json["phones"]
    return [(phone["kind"], phone["number"]) for phone in phones]


@pytest.mark.parametrize(
    "typed",
    [
        *("(555) 010-1234", "+1 555 010 1234", "555.010.1234 ext 4", "5550101234", "0101234"),
        *("1-555-010-1234", "555 010 1234", "555/010/1234", "202-555-0111"),
    ],
)
def test_a_vendor_is_found_by_a_callers_number_in_any_spelling(harrowgate: Cli, typed: str) -> None:
    for line in (
        ("vendor", "search", typed),
        ("search", typed),
        ("vendor", "list", *typed.split()),
    ):
        found = harrowgate(*line, "--json").json
        assert [row.get("name") for row in found] == ["Harrowgate"], line
    assert harrowgate("vendor", "show", typed).code == 0


@pytest.mark.parametrize("typed", ["(555) 010-1235", "+44 555 010 1234", "1234", "010-123"])
def test_another_number_finds_nobody(harrowgate: Cli, typed: str, office: Office) -> None:
    assert vendors_called(office, typed) == []
    assert harrowgate("vendor", "show", typed).code != 0


def test_a_number_is_kept_as_people_dial_it_and_other_texts_as_typed(harrowgate: Cli) -> None:
    assert numbers(harrowgate) == [
        ("work", "(555) 010-1234 ext. 4"),
        ("fax", "(555) 010-9999"),
        ("work", "ask at the desk"),
    ]
    assert harrowgate("vendor", "list", "--json").json[0]["phone"] == "(555) 010-1234 ext. 4"


@pytest.mark.parametrize(
    ("typed", "kept", "dialed"),
    [
        ("+49 30 901820", "+49 30 901820", "4930901820"),
        ("1-800-MEDLINE", "1-800-MEDLINE", "18006335463"),
        ("555-0101", "555-0101", "5550101"),
        ("202-555-0111 (ask for Bob)", "202-555-0111 (ask for Bob)", "12025550111"),
        ("202-555-0111 / 202-555-0112", "202-555-0111 / 202-555-0112", "12025550111 12025550112"),
        ("ask at the desk", "ask at the desk", ""),
        ("4711", "4711", "4711"),
    ],
)
def test_what_says_more_than_a_number_loses_nothing(typed: str, kept: str, dialed: str) -> None:
    assert (phone_text(typed), phone_digits(typed)) == (kept, dialed)


HOSTILE = st.text(max_size=60) | st.text("0123456789+()-. x#;=/ext٣５", max_size=40)


@tried(150)
@given(HOSTILE)
def test_any_text_is_kept_and_formats_once(text: str) -> None:
    once = phone_text(text)
    assert phone_text(once) == once
    assert set(phone_digits(text)) <= set("0123456789 ")
    # Formatting never loses a digit that is dialed.
    assert phone_digits(once) == phone_digits(text)


@settings(tried(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HOSTILE)
def test_any_text_is_looked_for_or_refused_with_a_sentence(office: Office, text: str) -> None:
    assert vendors_called(office, text) == []
    try:
        office.find_ids(Vendor, text, by_id=False)
    except OfficeError as error:
        assert str(error)  # noqa: PT017 - either answer is right


def test_numbers_match_by_their_end() -> None:
    assert is_called("5550111", "12025550111")
    assert is_called("12025550111", "5550111")
    assert is_called("30901820", "18006335463 4930901820")
    assert not is_called("550111", "12025550111")
    assert not is_called("13025550111", "12025550111")


def test_a_list_imports_no_library_of_numbers(harrowgate: Cli) -> None:
    code = (
        "import sys; from officeops.cli import main; sys.argv = ['officeops', '--db', "
        f"{str(harrowgate.path)!r}, 'vendor', 'list'];\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print('phonenumbers' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Harrowgate" in ran.stdout
    assert ran.stdout.endswith("False\n")


def test_everyday_heads_of_files_come_to_their_new_places(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "vendors.csv"
    file.write_text(
        "Vendor,Telephone,Fax Number,Cell,Contact Name,Contact Title,Contact Email,Remit To,Customer No\n"
        "Osprey,202-555-0111,202-555-0112,202-555-0113,Dana,Sales,d@o.example,PO Box 3,77\n"
    )
    assert cli("vendor", "import", str(file)).code == 0
    assert cli("vendor", "import", str(file), "--update", "--json").json["unchanged"] == 1
    shown = cli("vendor", "show", "Osprey", "--json").json
    assert [(row["kind"], row["number"]) for row in shown["phones"]] == [
        ("work", "(202) 555-0111"),
        ("fax", "(202) 555-0112"),
        ("mobile", "(202) 555-0113"),
    ]
    [contact] = shown["contacts"]
    assert (contact["name"], contact["role"], contact["email"]) == ("Dana", "Sales", "d@o.example")
    assert [row["kind"] for row in shown["addresses"]] == ["remit_to"]
    assert [row["number"] for row in shown["accounts"]] == ["77"]


@pytest.mark.parametrize("name", ["out.json", "out.csv", "out.vcf"])
def test_a_vendor_goes_out_and_comes_back_with_all_its_rows(
    harrowgate: Cli, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    before = harrowgate("vendor", "show", "Harrowgate", "--json").json
    assert harrowgate("vendor", "export", str(file)).code == 0
    harrowgate("undo")
    assert harrowgate("vendor", "import", str(file)).code == 0, file.read_text()
    after = harrowgate("vendor", "show", "Harrowgate", "--json").json

    def rows(vendor: dict[str, Any], options: str) -> list[dict[str, Any]]:
        return [
            {key: value for key, value in row.items() if key not in {"id", "vendor_id"}}
            for row in vendor[options]
        ]

    # A card has no place for our account numbers.
    kinds = ("phones", "contacts", "addresses", *(() if name.endswith("vcf") else ("accounts",)))
    for options in kinds:
        assert rows(after, options) == rows(before, options), options


def test_a_merge_takes_the_rows_along_and_folds_the_same_ones(office: Office) -> None:
    keep = add_record(office, Vendor, {"name": "Acme"})
    gone = add_record(office, Vendor, {"name": "ACME Inc"})
    with office.acting("test.setup"):
        for vendor in (keep, gone):
            office.add(Phone(vendor_id=vendor.id, number="(202) 555-0111"))
        office.add(Contact(vendor_id=gone.id, name="Dana", phone="(202) 555-0112"))
        office.add(Account(vendor_id=gone.id, number="7"))
        office.add(Address(vendor_id=gone.id, address="12 Elm"))
    office.do(merge_action(Vendor), gone, into=keep.id)
    assert [row.vendor_id for row in office.all(Phone)] == [keep.id]
    for table in ("contact", "account", "address"):
        rows = office.rows(f"SELECT vendor_id FROM vendors_{table} WHERE archived_at IS NULL")
        assert [row[0] for row in rows] == [keep.id], table
    assert vendors_called(office, "202-555-0112") == [keep.id]


def test_other_plugins_are_given_the_rows(harrowgate: Cli, office: Office) -> None:
    north = harrowgate("location", "add", "--name", "North", "--json").json["id"]
    harrowgate("vendor", "edit", "Harrowgate", "--account", "4411-7; location=North")
    directory = Directory()
    facts = directory.find(office, "Harrowgate")
    assert (facts.phone, facts.fax) == ("(555) 010-1234 ext. 4", "(555) 010-9999")
    assert (facts.contact, facts.address) == ("Dana Ortiz", "12 Elm Street\nSpringfield")
    assert (facts.account_at(north), facts.account_at(None)) == ("4411-7", "4411-2")


@pytest.mark.usefixtures("harrowgate")
def test_an_edit_of_a_number_is_found_by_the_new_one_alone(office: Office) -> None:
    with office.acting("test.edit"):
        office.edit(office.get(Phone, 1), number="202 555 0177")
    assert office.get(Phone, 1).digits == "12025550177"
    assert vendors_called(office, "(202) 555-0177") == [1]
    assert vendors_called(office, "(555) 010-1234") == []
