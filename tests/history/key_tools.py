"""Shared by the tests of the chain: an office whose key is lost, or was replaced."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from officeops.history.verify import verify
from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


def lose(office: Office) -> bytes:
    """Take the key away, as a forgotten disk does."""
    with open(f"{office.path}.key", "rb") as file:
        secret = file.read()
    os.unlink(f"{office.path}.key")
    return secret


def replaced(office_factory: OfficeFactory) -> tuple[Office, str, int]:
    """An office that lost its key and wrote three times with a new one; the lost key's name, and its last action."""
    office = office_factory()
    add_record(office, Vendor, {"name": "Acme"})
    [(old, last)] = office.rows("SELECT key_id, id FROM core_action ORDER BY id DESC LIMIT 1")
    lose(office)
    office = office_factory()
    for name in ("Beta", "Gamma", "Delta"):
        add_record(office, Vendor, {"name": name})
    return office, old, last


def told(office: Office) -> list[str]:
    return [str(each) for each in verify(office)]
