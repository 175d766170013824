"""The file formats of vendors: vCards, read in every version and written in two."""

from __future__ import annotations

from typing import Final

from officeops import Format

_FIELDS: Final = (
    "name",
    "email",
    "website",
    "note",
    "card",
    "phones",
    "addresses",
    "contacts",
)
_READ: Final = "officeops_vendors.vcards:read"

FORMATS: Final = [
    Format(
        "vcard",
        (".vcf", ".vcard"),
        ("vendors.vendor",),
        _FIELDS,
        _READ,
        "officeops_vendors.vcards:write_3",
    ),
    Format(
        "vcard4",
        (),
        ("vendors.vendor",),
        _FIELDS,
        _READ,
        "officeops_vendors.vcards:write_4",
    ),
]
