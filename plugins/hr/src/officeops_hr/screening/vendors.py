"""The vendors whom an exclusion check compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.services import VendorDirectory
from officeops_hr.screened import Screened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def vendors(office: Office) -> Iterator[Screened]:
    """Yield the vendors that the office may order from, if a plugin keeps vendors."""
    directory = office.service(VendorDirectory)
    if directory is None:
        return
    former = directory.former_names(office)
    for vendor in directory.vendors(office).values():
        if vendor.status != "inactive":
            yield Screened(
                record="vendors.vendor",
                id=vendor.id,
                names=(vendor.name, *former.get(vendor.id, ())),
                is_business=True,
            )
