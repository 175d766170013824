"""Certificates: validations and service contracts, with a last good day."""

from __future__ import annotations

from officeops import ExpiringDocument, ExpiryRules, field, ref


class Certificate(ExpiringDocument, key="sterilizer.certificate", display="title"):
    """A certificate or contract of a machine, good through its last day."""

    title: str = field(search=True, example="Yearly validation")
    sterilizer_id: int = ref("sterilizer.sterilizer")
    of, terms = "sterilizer_id", ExpiryRules(leads=(60, 14))
