"""What belongs to a vendor and is edited with it: contacts, phones, addresses and account numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, Record, choice, field, ref

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office

CHILDREN: Final = (
    Child(
        "vendors.phone",
        by="vendor_id",
        option="phone",
        form="kind number note",
        most=20,
        first="number",
        # A list shows the number to call; a fax is that of nobody.
        first_by="c.kind = 'fax', c.id",
        example="work=202-555-0111",
        words={
            "telephone": "phone",
            "business phone": "phone",
            "phone number": "phone",
            "tel": "phone",
            "office phone": "phone:work",
            "work phone": "phone:work",
            "mobile": "phone:mobile",
            "mobile phone": "phone:mobile",
            "cell": "phone:mobile",
            "cell phone": "phone:mobile",
            "fax": "phone:fax",
            "fax number": "phone:fax",
            "fax phone": "phone:fax",
            "after hours": "phone:after_hours",
            "after hours phone": "phone:after_hours",
            "emergency phone": "phone:after_hours",
        },
    ),
    Child(
        "vendors.contact",
        by="vendor_id",
        option="contact",
        form="name role call_for phone mobile email note",
        most=50,
        example="Dana Ortiz; role=Sales; call_for=orders; phone=202-555-0112",
        words={
            "contact name": "contact",
            "contact person": "contact",
            "primary contact": "contact",
            "representative": "contact",
            "sales rep": "contact",
            "rep": "contact",
            "rep name": "contact",
            "attention": "contact",
            "contact title": "contact:role",
            "contact role": "contact:role",
            "contact phone": "contact:phone",
            "rep phone": "contact:phone",
            "contact mobile": "contact:mobile",
            "contact email": "contact:email",
            "contact e-mail": "contact:email",
            "rep email": "contact:email",
        },
    ),
    Child(
        "vendors.address",
        by="vendor_id",
        option="address",
        form="kind address",
        most=20,
        first="address",
        # An order names where the vendor is, not where its money goes.
        first_by="c.kind IN ('billing', 'remit_to'), c.id",
        example="remit_to=PO Box 12, Atlanta, GA 30301",
        words={
            "street address": "address",
            "mailing address": "address",
            "postal address": "address",
            "business address": "address",
            "billing address": "address:billing",
            "bill to": "address:billing",
            "shipping address": "address:shipping",
            "remit to": "address:remit_to",
            "remittance address": "address:remit_to",
        },
    ),
    Child(
        "vendors.account",
        by="vendor_id",
        option="account",
        form="number location note",
        most=50,
        first="number",
        # The number for all locations goes before that of one.
        first_by="c.location_id IS NOT NULL, c.id",
        example="4411-2; location=Main",
        # Scripts of earlier versions give it so.
        former=("account-number",),
        words={
            "account no": "account",
            "account number": "account",
            "customer number": "account",
            "customer no": "account",
            "our account": "account",
        },
    ),
)


class Phone(
    Record,
    key="vendors.phone",
    child=True,
    label="Vendor phone",
    display="number",
    sort="id",
):
    """A number of a vendor's, with its kind: work, mobile, fax, after hours."""

    identity = (("vendor_id", "kind", "number"),)

    vendor_id: int = ref("vendors.vendor", list_rank=1)
    kind: str = choice("work", "mobile", "fax", "after_hours", "other", default="work", list_rank=2)
    number: str = field(kind="phone", search=True, list_rank=3)
    note: str | None = field(default=None, list_rank=4)
    digits: str | None = field(default=None, managed=True, hidden=True, search=True)

    def filled(self, office: Office) -> Mapping[str, object]:  # noqa: ARG002 - the hook's signature
        """Return the digits by which the number is found."""
        from officeops.values import phone_digits

        return {"digits": phone_digits(self.number or "") or None}


class Contact(
    Record,
    key="vendors.contact",
    child=True,
    label="Vendor contact",
    display="name",
    sort="id",
):
    """A person at a vendor, and what to call them for."""

    identity = (("vendor_id", "name"),)

    vendor_id: int = ref("vendors.vendor", list_rank=1)
    name: str = field(search=True, list_rank=2)
    role: str | None = field(default=None, list_rank=3)
    call_for: str | None = field(
        default=None, search=True, list_rank=4, help="What to call them for: orders, billing"
    )
    phone: str | None = field(kind="phone", default=None, list_rank=5)
    mobile: str | None = field(kind="phone", default=None, list_rank=6)
    email: str | None = field(default=None, search=True, list_rank=7)
    note: str | None = field(default=None, list_rank=8)
    digits: str | None = field(default=None, managed=True, hidden=True, search=True)

    def filled(self, office: Office) -> Mapping[str, object]:  # noqa: ARG002 - the hook's signature
        """Return the digits by which the person's numbers are found."""
        numbers = list(filter(None, (self.phone, self.mobile)))
        if not numbers:
            return {"digits": None}
        from officeops.values import phone_digits

        return {"digits": " ".join(map(phone_digits, numbers)) or None}


class Address(
    Record,
    key="vendors.address",
    child=True,
    label="Vendor address",
    plural="Vendor addresses",
    display="address",
    sort="id",
):
    """An address of a vendor's: where it is, ships from, or wants its money."""

    identity = (("vendor_id", "kind", "address"),)

    vendor_id: int = ref("vendors.vendor", list_rank=1)
    kind: str = choice("main", "billing", "shipping", "remit_to", default="main", list_rank=2)
    address: str = field(kind="long_text", list_rank=3, help="As on an envelope; printed on orders")


class Account(
    Record,
    key="vendors.account",
    child=True,
    label="Vendor account",
    display="number",
    sort="id",
):
    """The office's account number with a vendor; of one location where that has its own."""

    identity = (("vendor_id", "number", "location_id"),)

    vendor_id: int = ref("vendors.vendor", list_rank=1)
    number: str = field(search=True, list_rank=2)
    location_id: int | None = ref("core.location", default=None, list_rank=3)
    note: str | None = field(default=None, list_rank=4)
