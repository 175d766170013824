"""The people of a made-up practice: `people.csv` has their days of hire counted from today.

Hours are minutes a week, pay is in cents, and the days of a week are letters, Thursday an R.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.demo import Demo, demo_rows
from officeops.values import phone_digits, phone_text
from officeops_hr.people.contacts import EmergencyContact, FormerName, PersonRole, Phone
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Benefit, Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.usual_roles import add_roles
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from officeops import Office

#: The day, from today, on which the practice entered its people.
_FIRST: Final = -730
_LETTERS: Final = {
    "M": "monday",
    "T": "tuesday",
    "W": "wednesday",
    "R": "thursday",
    "F": "friday",
}
_AREA: Final = "202-"
#: Minutes a week from which the practice offers health insurance.
_INSURED: Final = 1920

Rows = list[dict[str, Any]]


def build(office: Office, seed: int) -> None:
    """Write the people with all that belongs to them, and one raise."""
    demo = Demo(office, seed, "people")
    rows = demo_rows(__package__, "people.csv")
    with demo.at(demo.day(_FIRST), "ann"), demo.writing():
        add_roles(office)
        names = [row["name"] for row in rows]
        added = office.add_many(Person, [_person(row) for row in rows])
        people = dict(zip(names, added, strict=True))
        _add_work(demo, rows, people)
        _add_contacts(office, rows, people)
        _add_pay(demo, rows, people)


def _person(row: dict[str, str]) -> dict[str, Any]:
    first, _, last = row["name"].lower().partition(" ")
    return {
        "name": row["name"],
        "number": row["number"],
        "email": f"{first}.{last}@mainstreet.example",
        "languages": row["languages"] or None,
        "birthday": row["birthday"] or None,
        "birthday_shown": bool(row["birthday"]),
    }


def _add_work(
    demo: Demo,
    rows: list[dict[str, str]],
    people: dict[str, int],
) -> None:
    """Write employments, positions, further roles and work patterns."""
    roles = dict(demo.office.rows("SELECT code, id FROM hr_job_role"))
    employments: Rows = []
    positions: Rows = []
    patterns: Rows = []
    further: Rows = []
    for row in rows:
        person = {"person_id": people[row["name"]]}
        employments.append({**person, **_employment(demo, row)})
        manager = people.get(row["manager"])
        position = {"title": row["title"], "department": row["department"], "manager_id": manager}
        weekly = int(row["weekly"])
        positions.append({**person, **position, "role_id": roles[row["role"]], "weekly": weekly})
        minutes = dict.fromkeys(map(_LETTERS.__getitem__, row["days"]), weekly // len(row["days"]))
        patterns.append({**person, **minutes})
        if row["also"]:
            further.append({**person, "role_id": roles[row["also"]]})
    office = demo.office
    office.add_many(Employment, employments)
    office.add_many(Position, positions)
    office.add_many(WorkPattern, patterns)
    office.add_many(PersonRole, further)


def _employment(demo: Demo, row: dict[str, str]) -> dict[str, Any]:
    last_day = demo.day(row["left"]).isoformat() if row["left"] else None
    return {
        "hired_on": demo.day(row["hired"]).isoformat(),
        "last_day": last_day,
    }


def _add_contacts(
    office: Office,
    rows: list[dict[str, str]],
    people: dict[str, int],
) -> None:
    phones: Rows = []
    contacts: Rows = []
    for row in rows:
        person = {"person_id": people[row["name"]]}
        number = phone_text(_AREA + row["phone"])
        phones.append({**person, "number": number, "digits": phone_digits(number)})
        called = {"name": row["contact"], "relation": row["relation"]}
        contacts.append({**person, **called, "phone": phone_text(_AREA + row["contact_phone"])})
    office.add_many(Phone, phones)
    office.add_many(EmergencyContact, contacts)
    office.add_many(FormerName, [{"person_id": people["Ana Alvarez"], "name": "Ana Ruiz"}])


def _add_pay(
    demo: Demo,
    rows: list[dict[str, str]],
    people: dict[str, int],
) -> None:
    """Write pay and benefits; the owner of a practice is paid otherwise."""
    paid: Rows = []
    benefits: Rows = []
    for row in rows:
        if not row["pay"]:
            continue
        person = {"person_id": people[row["name"]]}
        basis = "hourly" if row["per"] == "hour" else "salary"
        paid.append({**person, "amount": int(row["pay"]), "per": row["per"], "basis": basis})
        if int(row["weekly"]) >= _INSURED:
            start = demo.day(row["hired"]).isoformat()
            benefits.append({**person, "plan": "Health, employee", "starts_on": start})
    demo.office.add_many(Pay, paid)
    demo.office.add_many(Benefit, benefits)
