"""Vendors that may be one: alike in name, phone, mail or website."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Final

from officeops import Duplicate, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops import Office

_VENDORS = (
    "SELECT id, name, phone, email, website FROM vendors_vendor WHERE archived_at IS NULL "
    "ORDER BY id"
)
#: Words for a company's legal form, which some write and others leave out.
_FORMS: Final = frozenset(
    {"co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc"}
    | {"llp", "ltd", "lp", "plc", "the"}
)
#: A number of a switchboard or an extension says little; one of an area has ten digits.
_DIGITS: Final = 7
#: So many vendors with one value are a value that was typed for want of one.
_MOST: Final = 6
#: Hosts of mail and pages that many companies share.
_SHARED: Final = frozenset({"facebook.com", "linkedin.com", "instagram.com", "sites.google.com"})


def pairs(office: Office) -> Iterator[Duplicate]:
    """Yield each pair of live vendors that is alike, once for each reason."""
    vendors = office.rows(_VENDORS)
    reasons: tuple[tuple[int, Callable[[str], str], str], ...] = (
        (1, spelling, "same name"),
        (2, digits, "same phone"),
        (3, folded, "same email"),
        (4, host, "same website"),
    )
    for column, compared, why in reasons:
        alike: dict[str, list[int]] = {}
        for vendor in vendors:
            value = compared(vendor[column] or "")
            if value:
                alike.setdefault(value, []).append(vendor[0])
        for ids in alike.values():
            if len(ids) <= _MOST:
                for one, other in combinations(ids, 2):
                    yield Duplicate(
                        "vendors.vendor",
                        one,
                        other,
                        why,
                    )


def spelling(name: str) -> str:
    """Reduce a company's name to its letters and digits, without its legal form.

    `The Medline Industries, Inc.` is `medlineindustries`; of a name that is all legal form, all
    remains.
    """
    words = re.findall(r"\w+", folded(name).replace("'", "").replace(".", ""))
    telling = [word for word in words if word not in _FORMS]
    return "".join(telling or words)


def digits(phone: str) -> str:
    """Reduce a phone number to its digits, without the 1 of North America and an extension."""
    # What follows ext or x is dialed after the call is answered.
    number = re.split(r"(?i)\s*(?:ext|x)\.?\s*\d+\s*$", phone)[0]
    plain = re.sub(
        r"\D",
        "",
        number,
    )
    if len(plain) == 11 and plain.startswith("1"):
        plain = plain[1:]
    return plain if len(plain) >= _DIGITS else ""


def host(website: str) -> str:
    """Reduce a website to its host, without `www`; blank for a host that many companies share."""
    _, _, rest = folded(website).rpartition("://")
    name = re.split(r"[/?#:]", rest)[0].removeprefix("www.")
    return "" if name in _SHARED else name
