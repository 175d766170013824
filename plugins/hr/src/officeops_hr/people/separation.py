"""Hire and separation: the first and the last day of somebody's employment."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a parameter
from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, Refused, action, param
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person  # noqa: TC001 - what the actions are about
from officeops_hr.people.position import Position
from officeops_hr.people.status import status_on

if TYPE_CHECKING:
    from officeops import Action, Office

#: The core's action that sets the last day of a login.
_LIMIT: Final = "core.user.limit"
_OF: Final = "person_id = ?"
_LOGIN: Final = "SELECT login, until FROM core_user WHERE id = ? AND archived_at IS NULL"


def _spans(office: Office, person: Person) -> list[Employment]:
    return list(office.all(Employment, _OF, person.id, order="hired_on"))


def _works_here(office: Office, person: Person) -> str | None:
    status = status_on(_spans(office, person), office.today)
    if status in {"left", "not_employed"}:
        return None
    # Scripts decide by facts, and never by the sentence.
    facts = {"state": status, "needed": ["left", "not_employed"]}
    return Reason("they work here, or will", code="wrong-state", facts=facts)


def why_kept(office: Office, person: Person) -> str | None:
    """Return why a person is not archived, who would be in no list of gaps any more; None if left."""
    why = _works_here(office, person)
    if why is None:
        return None
    leave = f"`officeops person separate {person.human_key} --on DAY`"
    return f"{why}; enter the last day with {leave}, or archive an employment that is an error"


def _does_not_work_here(office: Office, person: Person) -> str | None:
    if _works_here(office, person):
        return None
    facts = {"state": "left", "needed": ["active", "on_leave", "future"]}
    return Reason("they do not work here", code="wrong-state", facts=facts)


@action("hr.person.hire", unless=_works_here)
def hire(
    office: Office,
    person: Person,
    on: date = param(help="The first day", example="2026-04-01"),  # noqa: B008 - declared once
    role_id: int | None = param(target="hr.job-role", default=None, help="What they work as"),
    title: str | None = param(default=None),
    department: str | None = param(default=None),
    manager_id: int | None = param(target="hr.person", default=None),
) -> str:
    """Hire a person, or hire them again; earlier employments stay."""
    # Asked before the new one is added.
    again = bool(_spans(office, person))
    office.add(Employment(person_id=person.id, hired_on=on))
    if role_id is not None:
        position = Position(
            person_id=person.id,
            role_id=role_id,
            # A first position counts from the first day, whenever that is moved to.
            starts_on=on if again else None,
            title=title,
            department=department,
            manager_id=manager_id,
        )
        office.add(position)
    return f"{person.name} is hired{' again' if again else ''} for {on}."


@action("hr.person.separate", danger=True, unless=_does_not_work_here)
def separate(
    office: Office,
    person: Person,
    on: date = param(help="The last day", example="2026-04-30"),  # noqa: B008 - likewise
    end_login: bool = param(default=False, help="End their login with that day, too"),  # noqa: FBT001 - a parameter of an action
) -> str:
    """Enter the last day of a person; they stay in the file."""
    # The action is refused for people without an employment, so there is a last one.
    last = _spans(office, person)[-1]
    office.edit(last, last_day=on)
    access = (_end_login if end_login else _access_after)(office, person, on)
    return f"The last day of {person.name} is {on}.{access}"


def _end_login(
    office: Office,
    person: Person,
    on: date,
) -> str:
    """End the login of a person with their last day, by the core's own action and its rules.

    Raises Forbidden without the permission to limit logins, Refused where nobody has one.
    """
    user_id = person.user_id
    if user_id is None:
        raise Refused("they have no login to end", office.about(person), code="nothing-to-do")
    office.allow(_LIMIT)
    limit = next(known for _, known in office.plugins.registered("actions") if known.name == _LIMIT)
    user = office.get(office.records["core.user"], user_id)
    # Of a day that is past, today is the first on which access can end.
    until = max(on, office.today)
    if doubt := limit.doubt(office, user, {"until": until}):
        cure = f"`officeops access until LOGIN {until} --despite` does it all the same"
        raise Refused(f"{doubt}; {cure}", office.about(person), code="needs-consent")
    return f" {limit(office, user, until=until)}"


def _access_after(
    office: Office,
    person: Person,
    on: date,
) -> str:
    """Return that the person's login outlasts their last day; blank where it ends with it."""
    with office.lifted():
        login, until = next(iter(office.rows(_LOGIN, person.user_id)), (None, None))
    if login is None or (until and until <= on.isoformat()):
        return ""
    return (
        f" The login {login} works after it, too: `officeops access until {login} {on}` ends it "
        "(`--end-login` does at once), "
        f"and `officeops user show {login}` lists what goes with it."
    )


ACTIONS: Final[list[Action[..., Any]]] = [hire, separate]
