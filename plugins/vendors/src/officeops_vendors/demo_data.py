"""The vendors of a made-up practice: whom it buys from, on what terms, and which of their papers are about to end.

Names are invented, telephone numbers come from the range kept free for fiction, addresses end in `.example`.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from officeops_vendors.model import Document, Vendor

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office

#: Code, name, how it is ordered from, lead days, minimum order, free freight from (dollars), note.
VENDORS: Final = """
HGM | Harrowgate Medical Supply      | portal | 2 | 100 | 400 | Main distributor. Order by 3 pm for delivery on the second day.
PCD | Pellinore Clinical Distributors| portal | 3 | 150 | 500 | Second distributor; asked when Harrowgate is out.
TVC | Tamarack Vaccine Company       | portal | 4 |     |     | Ships Monday to Wednesday alone. Open the box at once and read the temperature.
OBP | Osprey Bend Pharmaceutical     | edi    | 2 | 200 | 350 | Needs the physician's licence on file.
QBD | Quillback Diagnostics          | portal | 4 |  75 | 300 | Rapid tests run short from November on: order early.
LKR | Larkspur Reagents              | email  | 6 |     | 250 | Cold packs; no Friday shipments.
BWO | Bramblewood Office & Paper     | portal | 2 |  50 |  75 |
CFO | Cinderford Office Goods        | phone  | 3 |  40 | 100 |
MRJ | Millrace Janitorial            | phone  | 3 |  60 | 150 | Delivers to the back door on Thursdays.
ASG | Aldersgate Surgical            | email  | 5 | 120 | 400 |
WGW | Wintergreen Wound Products     | portal | 4 |  90 | 300 |
STC | Stonecrop Safety               | portal | 3 | 100 | 250 |
MOB | Marrowstone Bracing            | fax    | 6 | 175 | 450 | Faxes a confirmation; file it with the order.
CLI | Copperline Instruments         | email  | 7 |     | 500 |
KPL | Kestrel Print & Labels         | email  | 8 |  80 |     | Proofs for every reprint.
DWC | Driftless Water & Coffee       | phone  | 2 |     |     | Standing visit every other Tuesday.
HAL | Harborlight Allergy Laboratory | fax    | 9 |     |     |
OQT | Old Quarry Toner               | portal | 3 |     |  60 |
AMW | Ashgrove Medical Waste         | phone  |   |     |     | Pick-up every fourth Wednesday.
CSH | Cloudberry Secure Shredding    | phone  |   |     |     | Two consoles, emptied monthly.
LIT | Lanternfish IT Services        | email  |   |     |     | After hours: the mobile number in the sealed envelope.
BCT | Bluebell Specimen Couriers     | phone  |   |     |     | Daily at 5:30 pm.
"""

#: Vendor, paper, number, days from today on which it was issued and ends (blank: it does not end).
PAPERS: Final = """
HGM | insurance | GL-4471902   | -285 |   80
HGM | w9        |              | -700 |
HGM | contract  | MSA-2231     | -410 |  320
PCD | insurance | CPP-118245   | -150 |  215
PCD | w9        |              | -690 |
TVC | licence   | WDD-07714    | -230 |  135
TVC | insurance | GL-90312-B   | -100 |  265
OBP | licence   | WDD-11806    | -377 |  -12
OBP | insurance | PL-5520114   | -200 |  165
QBD | insurance | GL-3302871   | -120 |  245
LKR | insurance | GL-7719-44   |  -90 |  275
MRJ | insurance | BOP-60217    | -271 |   94
MRJ | w9        |              | -400 |
ASG | insurance | GL-204418    |  -60 |  305
WGW | quote     | Q-11893      |  -80 |  100
MOB | w9        |              | -520 |
CLI | contract  | SVC-0093     | -250 |  480
HAL | licence   | BLA-3319     | -180 |  550
AMW | contract  | AMW-778      | -640 |  455
AMW | licence   | RMW-20415    | -210 |  155
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
#: Insurances are renewed every year; the paper before the present one is kept.
YEAR: Final = 365


def build(office: Office, seed: int) -> None:
    """Write the vendors and their papers, as one action."""
    random = Random(f"{seed}/vendors")  # noqa: S311 - made-up data
    with office.acting("demo.build", {"plugin": "vendors"}, bulk="building the demo's vendors"):
        rows = table(VENDORS)
        numbers = random.sample(range(100), len(rows))
        ids = office.add_many(
            Vendor, [_vendor(row, n, random) for row, n in zip(rows, numbers, strict=True)]
        )
        _papers(office, {row[0]: id_ for row, id_ in zip(rows, ids, strict=True)})


def table(text: str) -> list[list[str]]:
    """Return the cells of a table written with bars, line by line."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def _vendor(row: list[str], phone: int, random: Random) -> dict[str, Any]:
    code, name, method, lead, least, free, note = row
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
        "note": note or None,
    }


def _papers(office: Office, vendors: dict[str, int]) -> None:
    """Write the papers; before each present insurance stands the one it renewed."""
    papers = table(PAPERS)
    renewed = [row for row in papers if row[1] == "insurance"]
    old = office.add_many(
        Document, [_paper(row, vendors, office.today, before=YEAR) for row in renewed]
    )
    replaced = {row[0]: id_ for row, id_ in zip(renewed, old, strict=True)}
    rows = [_paper(row, vendors, office.today) for row in papers]
    for row, values in zip(papers, rows, strict=True):
        values["replaces_id"] = replaced[row[0]] if row[1] == "insurance" else None
    office.add_many(Document, rows)


def _paper(row: list[str], vendors: dict[str, int], today: date, before: int = 0) -> dict[str, Any]:
    code, kind, number, issued, ends = row
    issue = today + timedelta(days=int(issued) - before)
    end = today + timedelta(days=int(ends) - before) if ends else None
    return {
        "vendor_id": vendors[code],
        "kind": kind,
        "number": number or None,
        "issued_on": issue.isoformat(),
        "expires_on": end.isoformat() if end else None,
    }
