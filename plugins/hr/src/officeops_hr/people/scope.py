"""Whose rows a person reaches: their own, those of the people under them, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Scope
from officeops_hr.people.as_of import MANAGER_NOW

if TYPE_CHECKING:
    from officeops import Office, Record

#: Who reports to whom today, over any number of levels.
_TEAM = f"""
WITH RECURSIVE reports_to (person_id, manager_id) AS ({MANAGER_NOW}),
led (id) AS (
    SELECT r.person_id FROM reports_to r JOIN hr_person m ON m.id = r.manager_id WHERE m.user_id = ?
    UNION SELECT r.person_id FROM reports_to r JOIN led ON led.id = r.manager_id)
SELECT id FROM led
"""
#: The scope of everything about one person. Where only the person and HR may look, such as pay:
#: `PEOPLE.by("person_id", team="sensitive", all="sensitive")`; else `PEOPLE.by("person_id", all="manage")`.
PEOPLE: Final = Scope("people", own="SELECT id FROM hr_person WHERE user_id = ?", team=_TEAM)


def reaches(office: Office, row: Record) -> bool:
    """Whether rows such as this one are within the acting person's reach, if there are any.

    To people who reach none, a list of missing ones would say more than they may know, or less
    than is true.
    """
    return office.may_view(type(row)) and not any(office.whose(row))
