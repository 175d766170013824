"""Shared by the tests of undo and redo: a vendor, and how the office looks after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office


def vendor(office: Office, name: str = "Acme", **given: str) -> Vendor:
    return add_record(office, Vendor, {"name": name, **given})


def names(office: Office) -> list[str]:
    return [each.name for each in office.all(Vendor)]


def last(office: Office) -> int:
    return int(office.value("SELECT max(id) FROM core_action"))
