"""Person: somebody who works at the office, did, or will."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Record, computed, field, named, ref
from officeops_hr.people.as_of import current
from officeops_hr.people.contacts import CHILDREN
from officeops_hr.people.names import SORTED_AS
from officeops_hr.people.scope import PEOPLE
from officeops_hr.people.status import STATUS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

_ROLE = f"(SELECT r.code FROM hr_job_role r WHERE r.id = {current('hr_position', 'role_id')})"
_MANAGER = f"(SELECT m.name FROM hr_person m WHERE m.id = {current('hr_position', 'manager_id')})"
#: A trigger, so that no road that changes a name loses it: the edit, a file, an undo, SQL.
_KEEPS_NAMES: Final = """
CREATE TRIGGER hr_person_keeps_names AFTER UPDATE OF name, legal_name, family_name ON hr_person
BEGIN
    INSERT INTO hr_former_name (person_id, name)
    SELECT NEW.id, was.name FROM (SELECT OLD.name AS name UNION SELECT OLD.legal_name
        UNION SELECT OLD.name || ' ' || OLD.family_name
            WHERE NEW.family_name IS NOT OLD.family_name
            AND instr(OLD.name, OLD.family_name) = 0) was
    WHERE was.name IS NOT NULL
        AND officeops_fold(CAST(was.name AS BLOB)) NOT IN (
            officeops_fold(CAST(NEW.name AS BLOB)),
            officeops_fold(CAST(ifnull(NEW.legal_name, '') AS BLOB)))
        AND NOT EXISTS (SELECT 1 FROM hr_former_name f
            WHERE f.person_id = NEW.id AND f.archived_at IS NULL
            AND officeops_fold(CAST(f.name AS BLOB)) = officeops_fold(CAST(was.name AS BLOB)));
END
"""
_HIRED = """(SELECT min(e.hired_on) FROM hr_employment e
WHERE e.person_id = t.id AND e.archived_at IS NULL)"""


class Person(
    Record,
    key="hr.person",
    plural="People",
    prefix="P",
    display="name",
    sort="sorted_as,id",
    also=("employee", "staff", "staff member"),
    scope=PEOPLE.by("id", all="manage"),
    triggers=(_KEEPS_NAMES,),
):
    """An employee, locum or student who works here."""

    # A person who is entered twice becomes one, with the rows of both.
    merges = True
    children = CHILDREN

    name: str = field(
        search=True,
        list_rank=1,
        example="Ana Alvarez",
        help="As colleagues call them",
        also=(
            "person",
            "staff name",
            "preferred name",
            "employee",
            "employee name",
            "full name",
            "display name",
        ),
    )
    legal_name: str | None = field(
        default=None, search=True, hidden=True, also=("full legal name", "name on license")
    )
    family_name: str | None = field(
        default=None,
        hidden=True,
        help="Lists go by it; without it, by the last word of the name",
    )
    number: str | None = field(
        default=None,
        unique=True,
        search=True,
        list_rank=7,
        label="Employee number",
        help="As payroll has it",
        also=(
            "employee id",
            "employee no",
            "emp id",
            "emp #",
            "ee #",
            "ee id",
            "file number",
            "payroll id",
        ),
    )
    npi: str | None = field(
        default=None,
        unique=True,
        hidden=True,
        label="NPI",
        example="1234567893",
        help="National Provider Identifier: ten digits",
        also=("npi number", "national provider identifier"),
    )
    # Most people of an office need no login of their own.
    user_id: int | None = ref(
        "core.user",
        default=None,
        unique=True,
        hidden=True,
        label="Login",
        also=("login", "username"),
    )
    email: str | None = field(
        default=None, search=True, list_rank=6, also=("e-mail", "email address", "work email")
    )
    languages: str | None = field(
        default=None, search=True, list_rank=8, example="Spanish, Vietnamese", also=("language",)
    )
    address: str | None = field(
        kind="long_text", default=None, hidden=True, label="Home address", also=("home address",)
    )
    birthday: str | None = field(
        default=None, hidden=True, example="03-14", help="Month and day alone, for congratulations"
    )
    # Nobody agrees by default.
    birthday_shown: bool = field(
        default=False, hidden=True, help="Whether they agree that colleagues see their birthday"
    )
    # The date of birth is sealed, and who plans a week has to keep to the hours of minors.
    adult_on: date | None = field(
        default=None,
        hidden=True,
        label="Turns 18 on",
        help="Only of minors: the schedule warns by their rules",
    )
    # It can be looked up, so that nobody is entered twice under two names.
    ssn: str | None = field(
        default=None,
        sealed=True,
        lookup=True,
        unique=True,
        hidden=True,
        label="SSN",
        help="Social Security number",
        also=("social security number", "social security no", "ss#"),
    )
    ssn_last_four: str | None = field(
        default=None, sealed=True, hidden=True, label="Last four of the SSN", also=("ssn last 4",)
    )
    born_on: date | None = field(
        default=None, sealed=True, hidden=True, label="Date of birth", also=("dob", "birth date")
    )
    bank_account: str | None = field(
        default=None, sealed=True, hidden=True, help="Routing and account number"
    )
    barred_on: date | None = field(
        default=None,
        managed=True,
        hidden=True,
        label="May not work since",
        help="HR knows why; a confirmed hit of an exclusion list sets it",
    )
    note: str | None = field(
        kind="long_text", default=None, hidden=True, also=("notes", "comments")
    )

    page = "officeops_hr.overview.person_page:page"
    importer = "officeops_hr.people.person_import:PersonImport"
    computed = (
        computed("sorted_as", SORTED_AS, kind="text", hidden=True),
        computed("status", STATUS, kind="choice", choices=STATUSES, list_rank=2),
        computed("role", _ROLE, kind="text", list_rank=2, help="What they work as today"),
        computed("department", current("hr_position", "department"), kind="text", list_rank=5),
        computed("manager", _MANAGER, kind="text", list_rank=4),
        computed("hired_on", _HIRED, kind="date", list_rank=7, label="First hired"),
    )

    @classmethod
    def also_found(cls, office: Office, text: str) -> Iterable[int]:
        """Find a person by a legal or former name, or by a phone number in any spelling."""
        from officeops_hr.people.known_names import people_called

        return people_called(office, text)

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - as above
        """Refuse a birthday that is no day of the year, and an NPI that is mistyped."""
        from officeops_hr.people.birthday import is_birthday
        from officeops_hr.people.npi import is_npi

        # The year stays out: it would be an age, which the sealed date of birth has.
        if self.birthday and not is_birthday(self.birthday):
            yield Problem("is no month and day such as 03-14", "birthday", code="malformed")
        if self.npi and not is_npi(self.npi):
            yield Problem("is no NPI: ten digits with a check digit", "npi", code="malformed")

    def keep(self, office: Office) -> str | None:
        """Keep somebody who works here, or will: their leaving has a day, and keys to take back."""
        why: str | None = named("officeops_hr.people.separation:why_kept")(office, self)
        return why

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Say that a name which changed is kept, and how to correct one that was typed wrong."""
        was = [name for field in ("name", "legal_name") if (name := before.get(field))]
        yield from named("officeops_hr.people.kept_names:remarks")(office, self, was)

    def after_merge(self, office: Office, gone: Person) -> Iterable[str]:
        """Keep the names of a record that was merged into this one; look at their leave and weeks."""
        names = (gone.name, gone.legal_name)
        for name in named("officeops_hr.people.kept_names:add_names")(office, self, *names):
            yield f"{name} is a former name of {self.name} now."
        yield from named("officeops_hr.leave.merged_person:remarks")(office, self, gone)
        yield from named("officeops_hr.roster.merged_person:remarks")(office, self)
