"""The vendors of a made-up practice, their terms, and their documents, some about to expire.

`vendors.csv` has amounts in dollars, `documents.csv` the days from today of issue and end (blank: it
does not end); `contacts.csv` has people. Names are invented, telephone numbers are from the range kept free for fiction
(555-0100 to 555-0199), and addresses end in `.example`.
"""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo, demo_rows, working_again
from officeops.values import phone_digits
from officeops_vendors.contacts import Account, Contact, Phone
from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from random import Random

    from officeops import Office

#: The number of the agreement whose paper was scanned.
SCANNED: Final = "BAA-CSH-1"
#: Days after which an insurance is renewed; the document before the present one is kept.
YEAR: Final = 365


def build(office: Office, seed: int) -> None:
    """Write the vendors and their documents, as one action."""
    demo = Demo(office, seed, "vendors")
    random = demo.random("vendors")
    rows = demo_rows(__package__, "vendors.csv")
    # The range has a hundred numbers; each vendor has another one.
    numbers = random.sample(range(100), len(rows))
    vendors = [_vendor(row, phone, random) for row, phone in zip(rows, numbers, strict=True)]
    with demo.writing():
        reached = [_reached(vendor) for vendor in vendors]
        ids = office.add_many(Vendor, vendors)
        codes = (row["code"] for row in rows)
        by_code = dict(zip(codes, ids, strict=True))
        _add_contacts(office, by_code, reached)
        _add_documents(demo, by_code)
    _attach(demo)


def _attach(demo: Demo) -> None:
    """Attach the paper of one agreement, on the day after it was signed."""
    agreement = next(demo.office.all(Document, "number = ?", SCANNED))
    paper = files(__package__).joinpath("business-associate-agreement.txt").read_bytes()
    if agreement.issued_on:
        with demo.at(working_again(agreement.issued_on + timedelta(days=1)), "ann"):
            demo.office.attach(agreement, paper, name="business-associate-agreement.txt")


def _vendor(
    row: dict[str, str],
    phone: int,
    random: Random,
) -> dict[str, Any]:
    name = row["name"]
    domain = name.lower().replace(" & ", "-").replace(" ", "-") + ".example"
    return {
        "code": row["code"],
        "name": name,
        "account_number": f"{random.randrange(10_000, 99_999)}-{random.randrange(10, 99)}",
        "order_method": row["method"],
        "phone": f"(202) 555-01{phone:02}",
        "email": f"orders@{domain}",
        "website": f"https://www.{domain}",
        "lead_days": int(row["lead"]) if row["lead"] else None,
        "minimum_order": _cents(row["minimum"]),
        "free_freight": _cents(row["free_freight"]),
        "status": "on_hold" if row["hold"] else "active",
        "hold_reason": row["hold"] or None,
        "note": row["note"] or None,
    }


def _reached(vendor: dict[str, Any]) -> tuple[str, str]:
    """Take a vendor's account number and its phone out of the values of its own."""
    return vendor.pop("account_number"), vendor.pop("phone")


def _add_contacts(
    office: Office,
    vendors: dict[str, int],
    reached: list[tuple[str, str]],
) -> None:
    """Write the rows of vendors: an account and a phone each, and the people of some."""
    accounts = []
    phones = []
    for vendor, (account, number) in zip(vendors.values(), reached, strict=True):
        accounts.append({"vendor_id": vendor, "number": account})
        phones.append({"vendor_id": vendor, "number": number, "digits": phone_digits(number)})
    office.add_many(Account, accounts)
    office.add_many(Phone, phones)
    people = []
    for row in demo_rows(__package__, "contacts.csv"):
        person = {"vendor_id": vendors[row["vendor"]], "name": row["name"]}
        people.append({**person, "role": row["role"], "call_for": row["call_for"]})
    office.add_many(Contact, people)


def _cents(dollars: str) -> int | None:
    return int(dollars) * 100 if dollars else None


def _add_documents(demo: Demo, vendors: dict[str, int]) -> None:
    """Write the documents: each insurance, and before it the one it renewed."""
    rows = demo_rows(__package__, "documents.csv")
    insurances = [row for row in rows if row["kind"] == "insurance"]
    old_ones = [_document(demo, row, vendors, before=YEAR) for row in insurances]
    codes = (row["vendor"] for row in insurances)
    replaced = dict(zip(codes, demo.office.add_many(Document, old_ones), strict=True))
    documents = []
    for row in rows:
        document = _document(demo, row, vendors)
        is_insurance = row["kind"] == "insurance"
        document["replaces_id"] = replaced[row["vendor"]] if is_insurance else None
        documents.append(document)
    demo.office.add_many(Document, documents)


def _document(
    demo: Demo,
    row: dict[str, str],
    vendors: dict[str, int],
    before: int = 0,
) -> dict[str, Any]:
    """Return a document's values, `before` so many days before the row's."""
    issued, ends = row["issued"], row["ends"]
    return {
        "vendor_id": vendors[row["vendor"]],
        "kind": row["kind"],
        "number": row["number"] or None,
        "issued_on": demo.day(int(issued) - before).isoformat(),
        "expires_on": demo.day(int(ends) - before).isoformat() if ends else None,
    }
