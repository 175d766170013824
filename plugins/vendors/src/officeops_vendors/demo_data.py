"""The vendors of a made-up practice, their terms, and their documents, some about to expire.

Names are invented, telephone numbers are from the range kept free for fiction (555-0100 to
555-0199), and addresses end in `.example`.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office

#: Code, name, order method, lead days, minimum order, free freight from (both in dollars).
VENDORS: Final = """
HGM | Harrowgate Medical Supply       | portal | 2 | 100 | 400
PCD | Pellinore Clinical Distributors | portal | 3 | 150 | 500
TVC | Tamarack Vaccine Company        | portal | 4 |     |
OBP | Osprey Bend Pharmaceutical      | edi    | 2 | 200 | 350
QBD | Quillback Diagnostics           | portal | 4 |  75 | 300
LKR | Larkspur Reagents               | email  | 6 |     | 250
BWO | Bramblewood Office & Paper      | portal | 2 |  50 |  75
CFO | Cinderford Office Goods         | phone  | 3 |  40 | 100
MRJ | Millrace Janitorial             | phone  | 3 |  60 | 150
ASG | Aldersgate Surgical             | email  | 5 | 120 | 400
WGW | Wintergreen Wound Products      | portal | 4 |  90 | 300
STC | Stonecrop Safety                | portal | 3 | 100 | 250
MOB | Marrowstone Bracing             | fax    | 6 | 175 | 450
CLI | Copperline Instruments          | email  | 7 |     | 500
KPL | Kestrel Print & Labels          | email  | 8 |  80 |
DWC | Driftless Water & Coffee        | phone  | 2 |     |
HAL | Harborlight Allergy Laboratory  | fax    | 9 |     |
OQT | Old Quarry Toner                | portal | 3 |     |  60
AMW | Ashgrove Medical Waste          | phone  |   |     |
CSH | Cloudberry Secure Shredding     | phone  |   |     |
LIT | Lanternfish IT Services         | email  |   |     |
BCT | Bluebell Specimen Couriers      | phone  |   |     |
"""

#: Code and note of the vendors that have one.
NOTES: Final = """
HGM | Main distributor. Order by 3 pm for delivery on the second day.
PCD | Second distributor; asked when Harrowgate is out.
TVC | Ships Monday to Wednesday alone. Open the box at once and read the temperature.
OBP | Needs the physician's license on file.
QBD | Rapid tests run short from November on: order early.
LKR | Cold packs; no Friday shipments.
MRJ | Delivers to the back door on Thursdays.
MOB | Faxes a confirmation; file it with the order.
KPL | Proofs for every reprint.
DWC | Standing visit every other Tuesday.
AMW | Pick-up every fourth Wednesday.
CSH | Two consoles, emptied monthly.
LIT | After hours: the mobile number in the sealed envelope.
BCT | Daily at 5:30 pm.
"""

#: Vendor, kind, number, and the days from today of its issue and its end (blank: it does not end).
DOCUMENTS: Final = """
HGM | insurance | GL-4471902   | -285 |   80
HGM | w9        |              | -700 |
HGM | contract  | MSA-2231     | -410 |  320
PCD | insurance | CPP-118245   | -150 |  215
PCD | w9        |              | -690 |
TVC | license   | WDD-07714    | -230 |  135
TVC | insurance | GL-90312-B   | -100 |  265
OBP | license   | WDD-11806    | -377 |  -12
OBP | insurance | PL-5520114   | -200 |  165
QBD | insurance | GL-3302871   | -120 |  245
LKR | insurance | GL-7719-44   |  -90 |  275
MRJ | insurance | BOP-60217    | -271 |   94
MRJ | w9        |              | -400 |
ASG | insurance | GL-204418    |  -60 |  305
WGW | quote     | Q-11893      |  -80 |  100
MOB | w9        |              | -520 |
CLI | contract  | SVC-0093     | -250 |  480
HAL | license   | BLA-3319     | -180 |  550
AMW | contract  | AMW-778      | -640 |  455
AMW | license   | RMW-20415    | -210 |  155
AMW | insurance | ENV-118-7    | -130 |  235
CSH | baa       | BAA-CSH-1    | -705 |  390
CSH | insurance | GL-6620013   | -160 |  205
LIT | baa       | BAA-LIT-2    | -685 |   45
LIT | insurance | CY-889120    | -140 |  225
BCT | baa       | BAA-BCT-1    | -350 | 1110
BCT | insurance | AU-450092    | -110 |  255
"""

ON_HOLD: Final = "CFO"
HOLD_REASON: Final = "invoice 20713 billed twice; credit promised"
#: Days after which an insurance is renewed; the document before the present one is kept.
YEAR: Final = 365


def build(office: Office, seed: int) -> None:
    """Write the vendors and their documents, as one action."""
    random = Random(f"{seed}/vendors")  # noqa: S311 - made-up data
    with office.acting("demo.build", {"plugin": "vendors"}, bulk="building the demo's vendors"):
        rows = table(VENDORS)
        # The range has a hundred numbers; each vendor has another one.
        numbers = random.sample(range(100), len(rows))
        vendors = []
        notes = dict(table(NOTES))
        for row, phone in zip(rows, numbers, strict=True):
            vendors.append(_vendor(row, notes.get(row[0]), phone, random))
        ids = office.add_many(Vendor, vendors)
        codes = (row[0] for row in rows)
        _add_documents(office, dict(zip(codes, ids, strict=True)))


def table(text: str) -> list[list[str]]:
    """Return the cells of a table written with bars, line by line."""
    rows = []
    for line in text.strip().splitlines():
        cells = line.split("|")
        rows.append([cell.strip() for cell in cells])
    return rows


def _vendor(
    row: list[str],
    note: str | None,
    phone: int,
    random: Random,
) -> dict[str, Any]:
    code, name, method, lead, least, free = row
    domain = name.lower().replace(" & ", "-").replace(" ", "-") + ".example"
    held = code == ON_HOLD
    return {
        "code": code,
        "name": name,
        "account_number": f"{random.randrange(10_000, 99_999)}-{random.randrange(10, 99)}",
        "order_method": method,
        "phone": f"(202) 555-01{phone:02}",
        "email": f"orders@{domain}",
        "website": f"https://www.{domain}",
        "lead_days": int(lead) if lead else None,
        "minimum_order": int(least) * 100 if least else None,
        "free_freight": int(free) * 100 if free else None,
        "status": "on_hold" if held else "active",
        "hold_reason": HOLD_REASON if held else None,
        "note": note,
    }


def _add_documents(office: Office, vendors: dict[str, int]) -> None:
    """Write the documents: each insurance, and before it the one it renewed."""
    rows = table(DOCUMENTS)
    insurances = [row for row in rows if row[1] == "insurance"]
    old_ones = [_document(row, vendors, office.today, before=YEAR) for row in insurances]
    codes = (row[0] for row in insurances)
    replaced = dict(zip(codes, office.add_many(Document, old_ones), strict=True))
    documents = []
    for row in rows:
        document = _document(row, vendors, office.today)
        document["replaces_id"] = replaced[row[0]] if row[1] == "insurance" else None
        documents.append(document)
    office.add_many(Document, documents)


def _document(
    row: list[str],
    vendors: dict[str, int],
    today: date,
    before: int = 0,
) -> dict[str, Any]:
    """Return a document's values, `before` so many days before the row's."""
    code, kind, number, issued, ends = row
    issued_on = today + timedelta(days=int(issued) - before)
    expires_on = today + timedelta(days=int(ends) - before) if ends else None
    return {
        "vendor_id": vendors[code],
        "kind": kind,
        "number": number or None,
        "issued_on": issued_on.isoformat(),
        "expires_on": expires_on.isoformat() if expires_on else None,
    }
