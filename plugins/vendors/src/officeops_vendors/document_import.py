"""Documents from a file: a vendor has one of a kind for each term.

Its number or its day of issue tells the terms apart.
"""

from __future__ import annotations

from officeops.exchange import ExpiringDocumentImport


class DocumentImport(ExpiringDocumentImport):
    """Recognizes the documents that the office has; a renewal is another one."""

    # From the surest to the weakest: a file need not have every column.
    keys = (
        ("vendor_id", "kind", "number", "issued_on"),
        ("vendor_id", "kind", "issued_on"),
        ("vendor_id", "kind", "number"),
        ("vendor_id", "kind", "expires_on"),
        ("vendor_id", "kind"),
    )
