"""The records of the vendors plugin: vendors, and the documents they keep current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import ExpiringDocument, ExpiryRules, Record, Retention, choice, field, ref
from officeops_vendors.contacts import CHILDREN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class Vendor(Record, key="vendors.vendor", also=("contractor", "supplier"), display="name"):
    """A company the office buys from or calls."""

    merges = True
    children = CHILDREN

    code: str | None = field(
        default=None,
        unique=True,
        search=True,
        list_rank=3,
        also=(
            "vendor code",
            "supplier code",
            "vendor id",
            "supplier id",
            "vendor number",
            "supplier number",
            "id",
            "key",
        ),
        help="The office's short name or number for the vendor",
    )
    name: str = field(
        example="Medline",
        unique=True,
        search=True,
        list_rank=1,
        also=(
            "vendor",
            "supplier",
            "vendor name",
            "supplier name",
            "company",
            "company name",
            "organization",
        ),
    )
    order_method: str = choice(
        "portal",
        "email",
        "phone",
        "fax",
        "edi",
        default="phone",
        list_rank=5,
        also=("ordering method",),
    )
    email: str | None = field(default=None, list_rank=7, also=("e-mail", "email address", "mail"))
    website: str | None = field(
        default=None, list_rank=9, also=("web", "home page", "homepage", "web page", "url")
    )
    lead_days: int | None = field(
        default=None,
        minimum=0,
        maximum=3650,
        unit="days",
        list_rank=7,
        also=("lead time", "lead time days"),
        help="Days from order to receipt",
    )
    minimum_order: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        list_rank=8,
        also=("minimum order value",),
        help="Smallest order value that the vendor takes",
    )
    free_freight: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        list_rank=8,
        help="Order value from which freight is free",
    )
    status: str = choice(
        "active",
        "on_hold",
        "inactive",
        default="active",
        managed=True,
        list_rank=2,
    )
    hold_reason: str | None = field(default=None, managed=True, list_rank=9)
    note: str | None = field(
        kind="long_text", default=None, hidden=True, also=("notes", "comment", "comments")
    )
    # The properties of the vCard that it came from, as JSON: an export writes back those that no
    # field has.
    card: str | None = field(
        kind="long_text",
        default=None,
        managed=True,
        hidden=True,
        label="vCard",
        help="Everything that its vCard said",
    )

    importer = "officeops_vendors.vendor_import:VendorImport"

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Find a vendor by a phone number of its own, or of a person there, in any spelling."""
        from officeops_vendors.callers import vendors_called

        return vendors_called(office, text)


class Document(
    ExpiringDocument,
    key="vendors.document",
    noun="vendor-document",
    former_nouns=("document",),
    also=("certificate", "contract", "insurance", "license"),
    label="Vendor document",
    display="kind",
    sort="expires_on",
):
    """A document a vendor keeps current, such as insurance."""

    vendor_id: int = ref(
        "vendors.vendor", list_rank=1, also=("supplier", "vendor name", "supplier name")
    )
    kind: str = choice(
        "insurance",
        "license",
        "baa",
        "w9",
        "contract",
        "quote",
        "other",
        list_rank=2,
        also=("type", "document type"),
    )
    note: str | None = field(kind="long_text", default=None, hidden=True)

    of = "vendor_id"
    terms = ExpiryRules(leads=(60,))
    importer = "officeops_vendors.document_import:DocumentImport"
    # Agreements with business associates are HIPAA documentation; the other documents go by the
    # same term, the longest.
    retention = Retention(years=6, after="expires_on", why="45 CFR 164.316(b)(2)(i)")

    def __str__(self) -> str:
        return {"baa": "BAA", "w9": "W-9"}.get(self.kind, self.kind)
