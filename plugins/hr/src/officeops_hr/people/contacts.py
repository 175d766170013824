"""What belongs to a person and is edited with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Child, Record, choice, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Office

CHILDREN: Final = (
    Child(
        "hr.employment",
        by="person_id",
        option="employment",
        form="hired_on last_day leave_from leave_until",
        most=20,
        first_by="c.hired_on",
        example="2024-03-01",
        words={
            "hire date": "employment",
            "hired": "employment",
            "doh": "employment",
            "date of hire": "employment",
            "date hired": "employment",
            "original hire date": "employment",
            "start date": "employment",
            "termination date": "employment:last_day",
            "terminated": "employment:last_day",
            "term date": "employment:last_day",
            "last day": "employment:last_day",
            "separation date": "employment:last_day",
        },
    ),
    Child(
        "hr.position",
        by="person_id",
        option="position",
        form="role title department manager location starts_on weekly exempt reason",
        most=60,
        example="MA; department=Clinical; manager=P-1",
    ),
    Child(
        "hr.phone",
        by="person_id",
        option="phone",
        form="kind number note",
        most=10,
        first="number",
        example="mobile=202-555-0111",
        words={
            "telephone": "phone",
            "phone number": "phone",
            "cell": "phone:mobile",
            "cell phone": "phone:mobile",
            "mobile": "phone:mobile",
            "mobile phone": "phone:mobile",
            "home phone": "phone:home",
            "work phone": "phone:work",
            "extension": "phone:work",
        },
    ),
    Child(
        "hr.emergency-contact",
        by="person_id",
        option="emergency-contact",
        form="name relation phone other_phone note",
        most=6,
        example="Luis Alvarez; relation=husband; phone=202-555-0144",
        words={
            "emergency name": "emergency-contact",
            "emergency contact name": "emergency-contact",
            "emergency relationship": "emergency-contact:relation",
            "emergency contact relationship": "emergency-contact:relation",
            "emergency phone": "emergency-contact:phone",
            "emergency contact phone": "emergency-contact:phone",
        },
    ),
    Child(
        "hr.former-name",
        by="person_id",
        option="former-name",
        form="name until",
        most=10,
        example="Ana Ruiz; until=2022-06-04",
        words={"maiden name": "former-name", "other names": "former-name"},
    ),
    Child(
        "hr.person-role",
        by="person_id",
        option="also-role",
        form="role",
        most=10,
        example="FD",
        words={"other roles": "also-role", "secondary role": "also-role"},
    ),
)


class Phone(
    Record,
    key="hr.phone",
    child=True,
    label="Person's phone",
    display="number",
    sort="id",
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A number of a person's, with its kind."""

    identity = (("person_id", "kind", "number"),)

    person_id: int = ref("hr.person")
    kind: str = choice("mobile", "home", "work", "other", default="mobile")
    number: str = field(kind="phone", search=True)
    note: str | None = field(default=None)
    digits: str | None = field(default=None, managed=True, hidden=True, search=True)

    # Stored, so that a search compares digits and plans no number for every row.
    def filled(self, office: Office) -> Mapping[str, object]:  # noqa: ARG002 - the hook's signature
        """Return the digits by which the number is found."""
        from officeops.values import phone_digits

        return {"digits": phone_digits(self.number or "") or None}


class EmergencyContact(
    Record,
    key="hr.emergency-contact",
    child=True,
    label="Person's emergency contact",
    display="name",
    sort="id",
    scope=PEOPLE.by("person_id", all="manage"),
):
    """Whom to call when something happens to a person. It says nothing of their health."""

    identity = (("person_id", "name"),)

    person_id: int = ref("hr.person")
    name: str = field()
    relation: str | None = field(default=None)
    phone: str | None = field(kind="phone", default=None)
    other_phone: str | None = field(kind="phone", default=None)
    note: str | None = field(default=None)


class FormerName(
    Record,
    key="hr.former-name",
    child=True,
    label="Person's former name",
    display="name",
    sort="id",
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A name that a person had, by which papers and exclusion lists may have them."""

    identity = (("person_id", "name"),)

    person_id: int = ref("hr.person")
    name: str = field(search=True)
    until: date | None = field(default=None)
    typed_wrong: str | None = field(
        default=None, managed=True, hidden=True, help="Why it never was their name"
    )


class PersonRole(
    Record,
    key="hr.person-role",
    child=True,
    label="Person's further role",
    display="role_id",
    sort="id",
    unique_together=(("person_id", "role_id"),),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A role that a person can take beside that of their position."""

    person_id: int = ref("hr.person")
    # The role of their position is not here: it changes with the position.
    role_id: int = ref("hr.job-role")
