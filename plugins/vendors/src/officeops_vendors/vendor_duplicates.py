"""Vendors that may be one: alike in name, phone, mail or website."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from officeops import Duplicate, folded
from officeops.values import FEWEST_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from officeops import Office

_VENDORS = (
    "SELECT id, name, email, website FROM vendors_vendor WHERE archived_at IS NULL ORDER BY id"
)
#: The numbers of vendors and of people there, several in one text.
_NUMBERS = """
SELECT vendor_id, digits FROM vendors_phone WHERE archived_at IS NULL
UNION SELECT vendor_id, digits FROM vendors_contact WHERE archived_at IS NULL ORDER BY 1
"""
#: Words for a company's legal form, which some write and others leave out.
_FORMS: Final = frozenset(
    {"co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc"}
    | {"llp", "ltd", "lp", "plc", "the"}
)
#: So many vendors with one value are a value that was typed for want of one.
_MOST: Final = 6
#: Hosts of mail and pages that many companies share.
_SHARED: Final = frozenset({"facebook.com", "linkedin.com", "instagram.com", "sites.google.com"})


def pairs(office: Office) -> Iterator[Duplicate]:
    """Yield each pair of live vendors that is alike, once for each reason."""
    vendors = office.rows(_VENDORS)
    reasons: tuple[tuple[int, Callable[[str], str], str], ...] = (
        (1, spelling, "same name"),
        (2, folded, "same email"),
        (3, host, "same website"),
    )
    for column, compared, why in reasons:
        values = [(vendor[0], compared(vendor[column] or "")) for vendor in vendors]
        yield from _alike(values, why)
    numbers: list[tuple[int, str]] = []
    for vendor, digits in office.rows(_NUMBERS):
        numbers += [
            (vendor, number) for number in (digits or "").split() if len(number) >= FEWEST_DIGITS
        ]
    yield from _alike(dict.fromkeys(numbers), "same phone")


def _alike(values: Iterable[tuple[int, str]], why: str) -> Iterator[Duplicate]:
    """Yield the pairs of vendors with one value that is not blank."""
    alike: dict[str, list[int]] = {}
    for vendor, value in values:
        if value:
            alike.setdefault(value, []).append(vendor)
    for ids in alike.values():
        if len(ids) <= _MOST:
            for one, other in combinations(ids, 2):
                yield Duplicate("vendors.vendor", one, other, why)


def spelling(name: str) -> str:
    """Reduce a company's name to its letters and digits, without its legal form.

    `The Medline Industries, Inc.` is `medlineindustries`; of a name that is all legal form, all
    remains.
    """
    words = re.findall(r"\w+", folded(name).replace("'", "").replace(".", ""))
    telling = [word for word in words if word not in _FORMS]
    return "".join(telling or words)


def host(website: str) -> str:
    """Reduce a website to its host, without `www`; blank for a host that many companies share."""
    _, _, rest = folded(website).rpartition("://")
    name = re.split(r"[/?#:]", rest)[0].removeprefix("www.")
    return "" if name in _SHARED else name
