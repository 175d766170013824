"""State lists: the files of states, whose headers and columns differ from one to the other.

A state's file has a name and a day, and rarely the eighteen columns of the OIG's: what it lacks is
blank. Several states are one file with a column `STATE`, or their rows one after another.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops import Refused, folded
from officeops_hr.screening.lists import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Other headers of a column, without blanks and marks: `Last Name` is `lastname` itself.
_HEADERS: Final = {
    "lastname": ("last", "surname", "familyname", "providerlastname", "individuallastname"),
    "firstname": ("first", "givenname", "providerfirstname", "individualfirstname"),
    "midname": ("middle", "middlename", "mi", "middleinitial"),
    "busname": (
        "business",
        "businessname",
        "organization",
        "organizationname",
        "company",
        "companyname",
        "entity",
        "entityname",
        "facility",
        "facilityname",
    ),
    "general": ("providertype", "type", "occupation"),
    "npi": ("npinumber", "npino"),
    "dob": ("dateofbirth", "birthdate"),
    "address": ("street", "streetaddress", "address1"),
    "zip": ("zipcode", "postalcode"),
    "excltype": ("exclusiontype", "action", "reason", "authority", "sanction", "sanctiontype"),
    "excldate": (
        "exclusiondate",
        "excludeddate",
        "dateexcluded",
        "effectivedate",
        "exclusioneffectivedate",
        "startdate",
        "sanctiondate",
        "actiondate",
    ),
    "reindate": ("reinstatementdate", "reinstateddate", "datereinstated"),
}
#: Of these a list has one at least: nobody is found by anything else.
_NAMES: Final = ("lastname", "busname")


def read_state_list(stream: BinaryIO, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the line and values of each entry, in the order of the OIG's columns.

    Raises Refused for a file without a column of names, with a column twice, with a row of another
    width than its header, or that is no whole CSV.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    # Without `strict` a file that ends inside quotes would be a shorter list.
    reader = csv.reader(text, strict=True)
    try:
        header = next(reader, [])
        places = _places(header, name)
        for row in filter(None, reader):
            if len(row) != len(header):
                why = f"line {reader.line_num:,} has not as many values as the header has columns"
                raise Refused(f"{why}, {len(header):,}", name, code="malformed")
            yield reader.line_num, [row[place] if place is not None else "" for place in places]
    except csv.Error as error:
        why = f"line {reader.line_num:,} cannot be read: {error}"
        raise Refused(why, name, code="malformed") from None


def _places(header: Sequence[str], name: str) -> list[int | None]:
    """Return where each column of the OIG is in a file; None where it is not."""
    heads = [_plain(head) for head in header]
    found: dict[str, int] = {}
    for column in COLUMNS:
        # The column's own header goes before others that mean the same.
        for word in (column, *_HEADERS.get(column, ())):
            if heads.count(word) > 1:
                why = f"has the column {header[heads.index(word)]!r} twice; take one of them out"
                raise Refused(why, name, code="given-twice")
            if column not in found and word in heads:
                found[column] = heads.index(word)
    if not any(column in found for column in _NAMES):
        why = (
            "has no column of names: rename the one with the family names to LASTNAME, "
            "or the one with the businesses to BUSNAME"
        )
        raise Refused(why, name, code="needed")
    return [found.get(column) for column in COLUMNS]


def _plain(head: str) -> str:
    return "".join(letter for letter in folded(head) if letter.isalnum())
