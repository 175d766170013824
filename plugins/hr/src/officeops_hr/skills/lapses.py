"""Skills that lapse: somebody has to watch the person again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.people.logins import logins_of_people
from officeops_hr.skills.competence import Competence
from officeops_hr.skills.matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_LEAD: Final = timedelta(days=30)


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the skills that somebody does alone and that lapse soon, or did."""
    if not office.may_view(Competence):
        return
    table = matrix(office, office.today)
    owners = logins_of_people(office)
    for person in table.people:
        for skill in table.skills:
            shown = table.cell(person, skill)
            # Somebody on a leave of absence is watched when they are back.
            if shown is None or shown.lapses_on is None or not shown.is_alone or person.is_away:
                continue
            # A month is enough to find an hour with an observer.
            if shown.lapses_on > office.today + _LEAD:
                continue
            yield Due(
                key=f"hr.competence:{shown.id}:lapses",
                on=shown.lapses_on,
                what=f"P-{person.id} {person.name}: {skill.name} lapses {shown.lapses_on}",
                owner=owners.get(person.id) or person.name,
                others=("manager",),
                action="observe",
                record=Competence.meta.key,
                record_id=shown.id,
            )
