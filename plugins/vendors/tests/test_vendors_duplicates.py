"""Vendors that may be one are found by name, phone, mail and website, and a person's no is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.office.crud import add_record
from officeops.office.duplicates import duplicates
from officeops.values import phone_digits
from officeops_vendors.contacts import Contact, Phone
from officeops_vendors.model import Vendor
from officeops_vendors.vendor_duplicates import host, spelling

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Medline Industries, Inc.", "MEDLINE INDUSTRIES"),
        ("The Wäsche Co.", "wasche company"),
        ("A.B.C. Supply L.L.C.", "ABC Supply"),
        ("Grainger's", "Graingers Ltd"),
    ],
)
def test_names_are_compared_without_the_legal_form(one: str, other: str) -> None:
    assert spelling(one) == spelling(other)


def test_names_that_differ_are_not_one() -> None:
    spellings = {spelling(name) for name in ("Medline", "Medline Canada", "Co", "The Company")}
    assert len(spellings) == 4


@pytest.mark.parametrize(
    "phone",
    ["(202) 555-0111", "+1 202.555.0111", "1-202-555-0111", "202 555 0111 ext. 7", "2025550111x12"],
)
def test_a_phone_number_is_its_digits(phone: str) -> None:
    assert phone_digits(phone) == "12025550111"


def test_shared_hosts_say_nothing() -> None:
    assert host("https://www.facebook.com/acme") == ""
    assert host("HTTPS://www.Acme.example/shop?x=1") == host("acme.example") == "acme.example"


def test_each_pair_has_its_reasons(office: Office, acme: Vendor) -> None:
    twin = add_record(office, Vendor, {"name": "ACME, Inc."})
    far = add_record(office, Vendor, {"name": "Zeta", "email": "a@b.c"})
    with office.acting("test.setup"):
        for vendor in (acme, twin, far):
            # A switchboard's own extension tells no two vendors apart, or alike.
            office.add(Phone(vendor_id=vendor.id, number="4711"))
        office.add(Phone(vendor_id=twin.id, number="(202) 555-0111"))
        office.add(Contact(vendor_id=far.id, name="Dana", mobile="+1 202 555 0111"))
    mail = add_record(office, Vendor, {"name": "Theta", "email": "A@B.C"})
    assert duplicates(office) == {
        ("vendors.vendor", acme.id, twin.id): "same name",
        ("vendors.vendor", twin.id, far.id): "same phone",
        ("vendors.vendor", far.id, mail.id): "same email",
    }


@pytest.mark.officeops("vendors")
def test_a_no_is_kept_until_it_is_undone(cli: Cli) -> None:
    for name in ("Acme", "ACME Inc", "Beta"):
        cli("vendor", "add", "--name", name)
    [pair] = cli("duplicates", "vendor", "--json").json
    assert (pair["id"], pair["other_id"], pair["why"]) == (1, 2, "same name")
    assert cli("duplicates", "vendor", "--different", "ACME Inc", "Acme").code == 0
    assert cli("duplicates", "--json").json == []
    again = cli("duplicates", "vendor", "--different", "Acme", "ACME Inc")
    assert again.code == 1
    assert cli("undo").code == 0
    assert len(cli("duplicates", "vendor", "--json").json) == 1
    cli("vendor", "merge", "ACME Inc", "--into", "Acme")
    assert cli("duplicates", "vendor", "--json").json == []
