"""People from a file: an export of payroll, a spreadsheet, or an office's own export.

Such a file has one row a person, with what their position is today. It may name a manager who comes
later in the file, so managers are looked up at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Field, Reason, folded
from officeops.exchange import Importer, Row
from officeops_hr.other_names import other_names
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.names import in_order
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: The role of a job title that is no role's code or name.
_OTHER: Final = "OTHER"
_LOGIN: Final = "user_id"
_ROLES: Final = "SELECT id, code, name FROM hr_job_role WHERE archived_at IS NULL"
#: An undo and a merge archive people, too: their names are free.
_GONE: Final = """
SELECT p.id, p.name, p.number FROM hr_person p
JOIN core_change c ON c.record = 'hr_person' AND c.record_id = p.id
JOIN core_action a ON a.id = c.action_id AND a.verb = 'hr.person.archive'
WHERE p.archived_at = json_extract(c.after, '$.archived_at')
"""
_PEOPLE: Final = "SELECT id, name, number FROM hr_person WHERE archived_at IS NULL"


def _text(name: str, label: str, *also: str) -> Field:
    return Field("text", default=None, label=label, also=also).named(name, "str")


class PersonImport(Importer):
    """Reads names in two columns or with a comma, and makes a position of a job title."""

    extra = (
        _text("first", "First name", "given name", "forename", "first"),
        _text("middle", "Middle name", "middle initial", "mi"),
        _text("last", "Last name", "surname", "last"),
        _text("role", "Role", "job title", "job", "occupation", "title", "position title"),
        _text("department", "Department", "dept", "division", "home department"),
        _text("manager", "Manager", "supervisor", "reports to", "manager name", "supervisor name"),
    )
    # A file need not have the numbers of payroll.
    keys = (("number",), ("name",))
    fills = ("name",)
    follow = ("role", "department", "manager")
    # Employments and positions may come in files of their own.
    later = ("status", "hired_on")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._roles: dict[str, int] = dict(other_names(office, JobRole))
        for number, code, name in office.rows(_ROLES):
            self._roles[folded(name)] = number
            # Payroll exports have either of them in the same column.
            self._roles[folded(code)] = number
        #: The titles of people whose role is the one for all others.
        self._titles: list[str] = []
        #: Words for logins that this office does not have.
        self._no_logins: list[str] = []
        #: The rows whose position is written at the end.
        self._waiting: list[Row] = []

    def missing(self, name: str, text: str) -> int | None:
        """Note a login that this office does not have: people come in without it."""
        if name != _LOGIN:
            return None
        # A file hands out no logins, and a person is a person without one.
        self._no_logins.append(text)
        return -len(self._no_logins)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Put names together, and refuse a job title where the office has no roles at all."""
        for row in rows:
            self._name(row)
            self._leave_login(row)
            if row.extra.get("role") and self._role(row.extra["role"]) is None:
                cure = "add the usual job roles first: officeops add-job-roles"
                why = f"{row.extra['role']!r} is no job role; {cure}"
                yield row, "role", Reason(why, code="not-found")

    def leave_out(self, rows: list[Row]) -> Iterable[tuple[Row, str]]:
        """Leave out people who are archived: payroll goes on listing people who left."""
        gone: dict[str, int] = {}
        # Who archived them is history, which not everybody may read; reach is asked below.
        with self.office.lifted():
            archived = list(self.office.rows(_GONE))
        for person_id, name, number in archived:
            # A name is nobody's own once a file has the numbers of payroll.
            gone[folded(number or name)] = person_id
        for row in rows:
            key = "number" if row.values.get("number") else "name"
            person_id = gone.get(folded(row.values[key] or ""))
            if person_id is not None and self.office.in_reach(Person, person_id):
                cure = f"`officeops person unarchive P-{person_id}` brings them back"
                why = f"{row.values['name']} is P-{person_id}, who is archived; {cure}"
                yield row, Reason(why, code="archived")

    @staticmethod
    def _leave_login(row: Row) -> None:
        if (row.values[_LOGIN] or 0) < 0:
            row.values[_LOGIN] = None
            # Somebody who has a login here keeps it.
            row.blank = (*row.blank, _LOGIN)

    def _name(self, row: Row) -> None:
        values = row.values
        # A whole name goes before its parts, which some exports have too.
        if values["name"]:
            values["name"], family = in_order(values["name"])
            values["family_name"] = values["family_name"] or family
            return
        parts = [row.extra.get(part) for part in ("first", "middle", "last")]
        values["name"] = " ".join(filter(None, parts)) or None
        last = row.extra.get("last")
        if last and " " in last:
            # Lists go by the last word, unless the family name has several.
            values["family_name"] = values["family_name"] or last

    def _role(self, title: str) -> tuple[int, str | None] | None:
        """Return the role of a job title, and the title where it says more than the role."""
        known = self._roles.get(folded(title))
        if known is not None:
            return known, None
        # A title of the office's own stays a title, under the role for all others.
        other = self._roles.get(folded(_OTHER))
        return (other, title) if other is not None else None

    def added(self, rows: list[Row]) -> None:
        """Note the positions that the rows of new people say."""
        for row in rows:
            # A file of our own has the positions themselves.
            has_position = any(child.record == Position.meta.key for child, *_ in row.children)
            if not has_position and any(row.extra.get(name) for name in self.follow):
                self._waiting.append(row)

    def finish(self) -> Iterable[str]:
        """Write the positions, now that everybody of the file is there."""
        people: dict[str, list[int]] = {}
        for number, name, code in self.office.rows(_PEOPLE) if self._waiting else ():
            for word in filter(None, (name, code)):
                people.setdefault(folded(word), []).append(number)
        unknown: list[str] = []
        for row in self._waiting:
            manager = row.extra.get("manager")
            called = people.get(folded(in_order(manager)[0]), []) if manager else []
            # A wrong manager would see a team that is not theirs, so a doubtful one is left out.
            if manager and len(called) != 1:
                unknown.append(manager)
            self._add_position(row, called[0] if len(called) == 1 else None)
        if unknown:
            # Each name once, though many rows may have it.
            named = ", ".join(dict.fromkeys(unknown))
            self.left.append(f"No manager is set where the file says {named}: nobody, or several.")
        if self._no_logins:
            words = ", ".join(self._no_logins)
            cure = "Add them with officeops add-user, then import this file with --update"
            self.left.append(f"No login here is called {words}; nobody was linked. {cure}.")
        if self._titles:
            titles = ", ".join(dict.fromkeys(self._titles))
            yield (
                f"No job role is called {titles}: these people have the role {_OTHER}. "
                'If it is one, say so: officeops job-role edit CODE --other-names "TITLE"'
            )

    def _add_position(self, row: Row, manager_id: int | None) -> None:
        role = self._role(row.extra.get("role") or _OTHER)
        if role is None:
            return
        if role[1]:
            self._titles.append(role[1])
        self.office.add(
            Position(
                person_id=row.id,
                role_id=role[0],
                title=role[1],
                department=row.extra.get("department"),
                manager_id=manager_id,
            )
        )
