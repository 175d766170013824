"""A vendor has a document of a kind for each term: its number or the day it was issued tells which."""

from __future__ import annotations

from officeops.exchange.importer import Importer


class DocumentImport(Importer):
    """Tells documents apart; a renewal is another one."""

    keys = (
        ("vendor_id", "kind", "number", "issued_on"),
        ("vendor_id", "kind", "issued_on"),
        ("vendor_id", "kind", "number"),
        ("vendor_id", "kind", "expires_on"),
        ("vendor_id", "kind"),
    )
