"""Matching with an exclusion list: names as people and lists write them, and the tiers."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from officeops_hr.people.npi import is_npi
from officeops_hr.screened import Screened
from officeops_hr.screening.matching import given_names
from officeops_hr.screening.matching.exclusions import Match, compare, tier_of
from officeops_hr.screening.matching.names import business_name, family_keys, person_name, plain
from officeops_hr.screening.matching.subject import ListEntry, subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

BORN = date(1961, 7, 4)
FAMILIES = (
    "SMITH;SMYTH;MSITH;SMITHE;GARCIA;GARCIA-LOPEZ;LOPEZ;O'NEIL;ONEIL;NEIL;CHRISTOFFERSON;"
    "KRISTOFFERSON;ALLEN;HALLEN;DE LEON;VAN DER BERG;X"
).split(";")
GIVEN = "ROBERT;BOB;ROB;R;ANA;ANNA;MARIA;BILL;WILLIAM".split(";")
MIDDLE = ("", "BOB", "MARIA")
DAYS = ("19610704", "", "00000000", "19610705", "07/04/1961")
#: One draw for each entry: many draws are slow.
_ROWS = st.sampled_from(list(product(FAMILIES, ["", *GIVEN], MIDDLE, DAYS)))
_NAMES = st.sampled_from(list(product(GIVEN, FAMILIES)))


def entry(
    row: int = 1,
    family: str = "",
    first: str = "",
    middle: str = "",
    business: str = "",
    npi: str = "0000000000",
    born_on: str = "",
) -> ListEntry:
    return ListEntry(row, family, first, middle, business, npi, born_on)


class ListInMemory:
    """A list of entries, for `compare`."""

    def __init__(self, entries: Iterable[ListEntry]) -> None:
        self._entries = list(entries)

    def families(self) -> set[str]:
        return {one.family.lower() for one in self._entries if one.family}

    def businesses(self) -> set[str]:
        return {one.business for one in self._entries if one.business}

    def of_families(self, names: Collection[str]) -> list[ListEntry]:
        return [one for one in self._entries if one.family.lower() in names]

    def of_businesses(self, names: Collection[str]) -> list[ListEntry]:
        return [one for one in self._entries if one.business in names]

    def of_npis(self, npis: Collection[str]) -> list[ListEntry]:
        return [one for one in self._entries if one.npi in npis]


def matches(screened: Screened, entries: Iterable[ListEntry]) -> list[Match]:
    (ones,) = compare(ListInMemory(entries), [subject_of(screened)])
    return ones


def tiers(screened: Screened, *entries: ListEntry) -> list[str]:
    return [match.tier for match in matches(screened, entries)]


def person(*names: str, born_on: date | None = None, npi: str = "", family: str = "") -> Screened:
    return Screened(record="hr.person", id=1, names=names, born_on=born_on, npi=npi, family=family)


@pytest.mark.parametrize(
    ("written", "given_names_read", "family"),
    [
        ("Ana Alvarez", ("ANA",), ("ALVAREZ",)),
        ("Alvarez, Ana M.", ("ANA", "M"), ("ALVAREZ",)),
        ("Dr. Núñez-O'Brien, José", ("JOSE",), ("DR", "NUNEZ", "OBRIEN")),
        ("Robert Smith Jr., MD", ("ROBERT",), ("SMITH",)),
        ("Maria Garcia Lopez", ("MARIA",), ("GARCIA", "LOPEZ")),
    ],
)
def test_a_name_is_read_as_people_write_it(
    written: str, given_names_read: tuple[str, ...], family: tuple[str, ...]
) -> None:
    name = person_name(written)
    assert name is not None
    assert (name.given, name.family) == (given_names_read, family)


def test_one_word_is_nobodys_whole_name() -> None:
    assert person_name("Cher") is None
    assert person_name("MD") is None


def test_the_tiers() -> None:
    smith = person("Robert Smith", born_on=BORN)
    listed = entry(family="SMITH", first="ROBERT", born_on="19610704")
    assert tiers(smith, listed) == ["B"]
    assert tiers(person("Robert Smith"), listed) == ["C"]
    assert tiers(smith, listed._replace(born_on="00000000")) == ["C"]
    assert tiers(smith, listed._replace(born_on="19610705")) == ["D"]
    assert tiers(person("Zoe Quist", npi="1234567893"), listed._replace(npi="1234567893")) == ["A"]
    assert tiers(person("Zoe Quist"), listed) == []


def test_a_date_that_nobody_can_read_clears_nobody() -> None:
    assert tier_of(BORN, "July 1961") == "C"
    assert tier_of(BORN, "07/04/1961") == "B"
    assert tier_of(BORN, "1961-07-05") == "D"


def test_a_blank_npi_is_nobodys() -> None:
    assert tiers(person("Zoe Quist", npi=""), entry(family="AB", first="C")) == []


@pytest.mark.parametrize(
    "names",
    [
        ("Bob Smith",),
        ("R. Smith",),
        ("Lee Jones", "Robert Smith"),
        ("Robert Smith-Jones",),
        ("Robert Smithe",),
        ("ROBERT  SMITH",),
    ],
)
def test_nicknames_initials_former_and_double_names_are_found(names: tuple[str, ...]) -> None:
    assert tiers(person(*names), entry(family="SMITH", first="ROBERT", middle="LEE")) == ["C"]


def test_people_who_go_by_their_middle_name_are_found() -> None:
    assert tiers(person("Lee Smith"), entry(family="SMITH", first="ROBERT", middle="LEE")) == ["C"]


def test_a_vendor_is_found_as_a_business_and_as_one_person() -> None:
    acme = Screened(record="vendors.vendor", id=1, names=("Acme Medical Supply",), is_business=True)
    assert tiers(acme, entry(business="ACME MEDICAL SUPPLY, INC.")) == ["C"]
    assert tiers(acme, entry(business="ACE DENTAL")) == []
    one = Screened(record="vendors.vendor", id=2, names=("John Smith DDS",), is_business=True)
    assert tiers(one, entry(family="SMITH", first="JOHN")) == ["C"]


def test_a_business_of_nothing_but_its_form_keeps_its_words() -> None:
    assert business_name("The Company, Inc.") == "THE COMPANY INC"
    assert business_name("The Acme Company, Inc.") == "ACME"


def test_each_entry_is_one_match_the_surest_first() -> None:
    twice = person("Robert Smith", "Bob Smith", born_on=BORN, npi="1234567893")
    ones = matches(
        twice,
        [
            entry(1, "SMITH", "ROBERT", born_on=""),
            entry(2, "SMITH", "ROBERT", born_on="19610704"),
            entry(3, "SMITH", "ROBERT", npi="1234567893", born_on="19610704"),
        ],
    )
    assert [(match.tier, match.entry.row) for match in ones] == [("A", 3), ("B", 2), ("C", 1)]


@given(rows=st.lists(_ROWS, max_size=8), name=_NAMES, known=st.booleans())
def test_the_index_finds_exactly_what_a_look_at_every_entry_finds(
    rows: list[tuple[str, str, str, str]],
    name: tuple[str, str],
    *,
    known: bool,
) -> None:
    first, family = name
    entries = [entry(number, *row[:3], born_on=row[3]) for number, row in enumerate(rows)]
    screened = person(f"{first} {family}", born_on=BORN if known else None, family=family)
    expected = {}
    for one in entries:
        if _agrees(first, family, one):
            expected[one.row] = tier_of(screened.born_on, one.born_on)
    assert {match.entry.row: match.tier for match in matches(screened, entries)} == expected


def _agrees(first: str, family: str, one: ListEntry) -> bool:
    ours, theirs = family_keys(plain(family)), family_keys(plain(one.family))
    is_alike = any(
        (left[:2] == right[:2] or left[-3:] == right[-3:])
        and JaroWinkler.similarity(left, right) >= 0.92
        for left in ours
        for right in theirs
    )
    return is_alike and given_names.agree((first,), one.first, one.middle)


@given(st.integers(0, 10**9 - 1))
def test_one_digit_in_ten_completes_an_npi(body: int) -> None:
    stem = f"1{body:09}"[:9]
    assert sum(is_npi(f"{stem}{digit}") for digit in range(10)) == 1


def test_npis_of_the_standard() -> None:
    # The example of CMS's description of the check digit.
    assert is_npi("1234567893")
    assert not is_npi("1234567890")
    assert not is_npi("3234567893")
    assert not is_npi("")
