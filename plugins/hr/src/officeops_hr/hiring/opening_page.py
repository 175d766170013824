"""The page of an opening: its candidates by stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.life import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.hiring.opening import Opening


def page(office: Office, opening: Opening) -> Iterator[PageSection]:
    """Yield the candidates, the furthest stage last."""
    rows: list[Candidate] = []
    if office.may_view(Candidate):
        rows += office.all(Candidate, "opening_id = ?", opening.id, order="applied_on, id")
    hired = sum(one.stage == "hired" for one in rows)
    live = sum(one.decided_on is None for one in rows)
    found = f"{hired} of {opening.wanted} hired, {live} in the process"
    yield PageSection("", [PageLine("State", f"{opening.state}: {found}")])
    lines = []
    # In the order of the stages, and by the day of the application within each.
    for stage in STAGES.states:
        for one in rows:
            if one.stage == stage:
                words = f"{one.human_key} {one.name}"
                lines.append(PageLine(stage, words, Subject(one.meta.key, one.id)))
    if lines:
        yield PageSection("Candidates", lines)
