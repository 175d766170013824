"""Credentials from a file: a person has one of a type for each term, state and number."""

from __future__ import annotations

from officeops.exchange import ExpiringDocumentImport


class CredentialImport(ExpiringDocumentImport):
    """Recognizes the credentials that the office has; a renewal is another one."""

    # From the surest to the weakest: a file need not have every column.
    keys = (
        ("person_id", "type_id", "number", "issued_on"),
        ("person_id", "type_id", "issued_on"),
        ("person_id", "type_id", "number"),
        ("person_id", "type_id", "expires_on"),
        ("person_id", "type_id"),
    )
