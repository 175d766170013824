"""Skills on a person's page: what they can do, on one line for each level."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from officeops import PageLine, PageSection
from officeops_hr.skills.competence import LEVELS, Competence
from officeops_hr.skills.matrix import matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield a person's skills, the highest level first; those that have lapsed say so."""
    if not office.may_view(Competence):
        return
    table = matrix(office, office.today)
    by_level: dict[str, list[str]] = defaultdict(list)
    for skill in table.skills:
        shown = table.cells.get((person_id, skill.id))
        # Skills that nobody watched yet would be most of the list.
        if shown is not None:
            lapsed = " (lapsed)" if shown.has_lapsed else ""
            by_level[shown.level].append(f"{skill.name}{lapsed}")
    lines = []
    # The highest first: it is the one that plans ask for.
    for level in reversed(LEVELS):
        if by_level[level]:
            label = level.replace("_", " ").capitalize()
            lines.append(PageLine(label, ", ".join(by_level[level])))
    if lines:
        yield PageSection("Skills", lines)
