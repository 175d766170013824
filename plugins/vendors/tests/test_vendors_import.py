"""Vendors from a stock sheet: each once, by its own code, and the names that look alike are said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from officeops.testing import Cli


def names(cli: Cli) -> list[str]:
    """Return the vendors on record."""
    return [vendor["name"] for vendor in cli("vendor", "list", "--json").json]


def test_a_stock_sheet_names_each_vendor_many_times(cli: Cli) -> None:
    text = "vendor,phone\nOsprey,555-0100\nHeron,\nOsprey,555-0100\nOsprey,\n"
    ran = cli("vendor", "import", "-", typed=text)
    assert ran.code == 0, ran.err
    assert sorted(names(cli)) == ["Heron", "Osprey"]


def test_a_row_that_says_less_of_a_vendor_may_bring_more_of_its_people(cli: Cli) -> None:
    text = "vendor,website,contact name\nOsprey,o.example,Ann\nOsprey,,Bob\n"
    assert cli("vendor", "import", "-", typed=text).code == 0
    contacts = cli("vendor", "show", "Osprey", "--json").json["contacts"]
    assert [contact["name"] for contact in contacts] == ["Ann", "Bob"]


def test_the_codes_of_items_make_no_vendors(cli: Cli) -> None:
    text = "vendor code,vendor\n485073,Osprey\n485074,Osprey\n485075,OSPREY\n"
    ran = cli("vendor", "import", "-", typed=text)
    assert (ran.code, names(cli)) == (1, [])
    assert "second code of Osprey" in ran.err
    assert (
        cli(
            "vendor",
            "import",
            "-",
            "--map",
            "vendor=name",
            "--map",
            "vendor code=",
            typed=text.replace("OSPREY", "Osprey"),
        ).code
        == 0
    )
    assert names(cli) == ["Osprey"]


def test_names_that_go_on_where_others_end_are_said(cli: Cli) -> None:
    ran = cli("vendor", "import", "-", typed="name\nOsprey\nOsprey Medical-Surgical\nOspreys\n")
    assert "Osprey Medical-Surgical and Osprey." in ran.err
