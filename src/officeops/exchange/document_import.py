"""Documents that end, from a file: what people noted of each comes with an office's own export."""

from __future__ import annotations

from officeops.exchange.importer import Importer


class ExpiringDocumentImport(Importer):
    """Brings what actions wrote of a document; only its renewal is not known there."""

    restores = (
        "verified_on",
        "verified_by",
        "verified_source",
        "renewal_filed_on",
        "not_required_because",
        "held_because",
    )


class PracticeDocumentImport(ExpiringDocumentImport):
    """Recognizes the practice's documents; a renewal has the same name, and is another one."""

    # From the surest to the weakest: a file need not have every column.
    keys = (
        ("name", "number", "issued_on"),
        ("name", "issued_on"),
        ("name", "number"),
        ("name", "expires_on"),
        ("name",),
    )
